#pragma once

#include "core/base/Error.h"
#include "core/engine/History.h"

#include <QAbstractItemModel>
#include <QHash>

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace radpost::ui {

class Backend;

/// What a job holds: studies, their series, and in these the instances, which are fetched by the page when somebody
/// unfolds and scrolls. The ledger is read on worker threads. GUI thread.
class JobTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Instances, Sent, Failed, Size, State, kColumns };
    static constexpr int kPage = 200;

    JobTreeModel(Backend& backend, JobId job, QObject* parent = nullptr);
    ~JobTreeModel() override;
    Q_DISABLE_COPY_MOVE(JobTreeModel)

    /// Reads studies and series: counts change, and what is new comes at the end; what is there keeps its place. While
    /// one reading is under way, another is only remembered.
    void reload();
    /// The language is another one.
    void retranslate();

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
    struct Fresh;
    void takeSeries(const QList<store::SeriesEntry>& series);
    [[nodiscard]] Node& studyOf(const store::SeriesText& text, Fresh& fresh);
    void addSeries(const store::SeriesEntry& entry, Fresh& fresh);
    void updateSeries(Node& node, const store::SeriesEntry& entry);
    void insert(Node& parent, std::vector<std::unique_ptr<Node>> nodes);
    void readPage(Node& series, DeliveryId after);
    void takePage(Node& series, const QList<store::DeliveryRow>& page);
    void readAgain(Node& series);
    [[nodiscard]] Node* nodeOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(Node& node, int column = 0) const;
    [[nodiscard]] static QString text(const Node& node, int column);
    [[nodiscard]] static QString nameOf(const Node& node);
    [[nodiscard]] static QString stateOf(const Node& node);

    Backend& m_backend;
    const JobId m_job;
    std::unique_ptr<Node> m_root;
    QHash<std::pair<StudyInstanceUid, QString>, Node*> m_studies; // by UID and Patient ID
    std::map<DeliveryId, Node*> m_series;                         // by the first delivery: a series keeps that
    bool m_isReading = false;
    bool m_mustReadAgain = false;
};

} // namespace radpost::ui
