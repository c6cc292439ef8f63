#pragma once

#include "core/engine/Inspection.h"

#include "ui/send/CheckRun.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace radpost::ui {

struct SendNode;

/// How much is ticked, or there.
struct SendTotals
{
    qint64 patients = 0;
    qint64 studies = 0;
    qint64 series = 0;
    qint64 instances = 0;
    qint64 bytes = 0;
    friend bool operator==(const SendTotals&, const SendTotals&) = default;
};

/// Patients > studies > series with tri-state check boxes; grows by the news of an inspection. What is new is ticked,
/// unless it comes into a study that was unticked.
class SendTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,   ///< patient's name; date and description; modality, number and description
        IdColumn,     ///< Patient ID; Accession Number
        PersonColumn, ///< sex and birth date
        InstancesColumn,
        SizeColumn,
        SyntaxColumn,
        CheckColumn, ///< what the destinations make of it
        NotesColumn, ///< warnings
        ColumnCount,
    };
    enum class Level { Patient, Study, Series };
    enum Role {
        LevelRole = Qt::UserRole,
        SortRole,
        SearchRole, ///< every text of the row and those above it, folded: see folded()
    };

    explicit SendTreeModel(QObject* parent = nullptr);
    ~SendTreeModel() override;
    Q_DISABLE_COPY_MOVE(SendTreeModel)

    void add(const engine::InspectionNews& news);
    void clear();
    /// @p check may be nullptr and outlives this; its answers for @p destinations are shown.
    void setCheck(const CheckRun* check, const QStringList& destinations);
    void retranslate();

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

    /// Ticks or unticks series; each is one of this model's indexes.
    void setTicked(const QModelIndexList& series, bool isTicked);

    [[nodiscard]] SendTotals totals() const;
    [[nodiscard]] SendTotals ticked() const;
    [[nodiscard]] QList<engine::SeriesKey> tickedKeys() const;
    [[nodiscard]] std::vector<engine::PatientNode> tickedTree() const;
    [[nodiscard]] bool hasWarnings() const { return m_hasWarnings; }

    /// Of a series; nullptr for others.
    [[nodiscard]] const engine::SeriesNode* series(const QModelIndex& index) const;
    [[nodiscard]] size_t serial(const QModelIndex& index) const;
    /// The warnings of the row and of those above it.
    [[nodiscard]] engine::TreeWarnings warnings(const QModelIndex& index) const;
    [[nodiscard]] std::vector<SeriesVerdict> verdicts(const QModelIndex& series) const;

Q_SIGNALS:
    void tickedChanged();

private:
    [[nodiscard]] SendNode* node(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const SendNode& node, int column = 0) const;
    void insertRun(SendNode& parent, std::vector<std::unique_ptr<SendNode>> fresh);
    void addSeries(const engine::InspectionNews& news);
    void updateHeads(const engine::InspectionNews& news);
    void tick(SendNode& node, bool isTicked);
    void refreshUpwards(SendNode* node);
    void tellRow(const SendNode& node);
    [[nodiscard]] QVariant display(const SendNode& node, int column) const;
    [[nodiscard]] QVariant sortKey(const SendNode& node, int column) const;
    [[nodiscard]] QVariant decoration(const SendNode& node, int column) const;
    [[nodiscard]] std::vector<SeriesVerdict> verdicts(const SendNode& node) const;

    std::unique_ptr<SendNode> m_root;
    const CheckRun* m_check = nullptr;
    QStringList m_destinations;
    bool m_hasWarnings = false;
};

/// Without accents and case, for comparing what is typed with what is there.
[[nodiscard]] QString folded(const QString& text);

} // namespace radpost::ui
