#pragma once

#include "core/base/Error.h"
#include "core/store/SpoolOverviewTypes.h"

#include <QAbstractItemModel>
#include <QHash>

#include <memory>
#include <vector>

namespace radpost::ui {

class Backend;

/// What the gateway received: studies, the newest first, their series, and in these the instances. Each level is
/// fetched by the page when somebody unfolds or scrolls; the index is read on worker threads. GUI thread.
class ArrivalsModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Study, State, Instances, From, LastArrival, Size, kColumns };
    static constexpr int kPage = 100;

    explicit ArrivalsModel(Backend& backend, QObject* parent = nullptr);
    ~ArrivalsModel() override;
    Q_DISABLE_COPY_MOVE(ArrivalsModel)

    /// Which studies are wanted, from the start.
    void show(const QString& text, store::SpoolStandingFilter standing);
    [[nodiscard]] bool isFiltered() const;

    /// Reads again what is on show. While one reading is under way, another is only remembered.
    void reload();
    /// Nothing was read since the last show().
    [[nodiscard]] bool isReadingFirst() const { return m_isFirst; }
    /// The language is another one.
    void retranslate();

    /// Of a study or series; none of an instance.
    [[nodiscard]] const store::SpoolEntry* entry(const QModelIndex& index) const;
    /// What @p rows stand for; a series of a study that is chosen, too, is not named again, and an instance never is.
    [[nodiscard]] store::SpoolChoice choice(const QModelIndexList& rows) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void loaded();
    void failed(const radpost::Error& error);

private:
    struct Node;
    using Nodes = std::vector<std::unique_ptr<Node>>;

    void readStudies(int limit);
    void takeStudies(const QList<store::SpoolEntry>& entries, bool isAll);
    void readChildren(Node& node);
    void takeChildren(Node& node, const QList<store::SpoolEntry>& entries, bool isAll);
    void merge(Node& parent, const QList<store::SpoolEntry>& entries);
    void removeMissing(Node& parent, const QList<store::SpoolEntry>& entries);
    void insert(Node& parent, int row, const store::SpoolEntry& entry);
    void update(Node& node, const store::SpoolEntry& entry);
    void forget(const Node& node);
    [[nodiscard]] Node* nodeOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const Node& node, int column = 0) const;
    [[nodiscard]] static QString text(const Node& node, int column);
    [[nodiscard]] static QString toolTip(const Node& node, int column);

    Backend& m_backend;
    store::SpoolStudyQuery m_query;
    std::unique_ptr<Node> m_root;
    QHash<qint64, Node*> m_studies; // what an answer is for may be gone by then
    QHash<qint64, Node*> m_series;
    quint64 m_round = 0; ///< of show(): an answer to another question is not taken
    bool m_isFirst = true;
    bool m_isReading = false;
    bool m_mustReadAgain = false;
};

} // namespace radpost::ui
