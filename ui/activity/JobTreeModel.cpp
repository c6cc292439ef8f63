#include "ui/activity/JobTreeModel.h"

#include "ui/activity/JobWords.h"
#include "ui/common/Backend.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "core/queue/ReceiptWriter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

using store::DeliveryState;

struct JobTreeModel::Node
{
    enum class Kind { Root, Study, Series, Instance };
    Kind kind = Kind::Root;
    Node* parent = nullptr;
    int row = 0;
    store::SeriesEntry series; ///< of a study: the text of its first
    store::DeliveryRow delivery;
    std::vector<std::unique_ptr<Node>> children;
    bool isReading = false;
    bool isComplete = false; ///< all its instances are here
};

/// What is not on show yet.
struct JobTreeModel::Fresh
{
    std::vector<std::unique_ptr<Node>> studies;
    std::map<Node*, std::vector<std::unique_ptr<Node>>> series; ///< of studies that are on show
};

namespace {

void addCounts(store::StateCounts& sum, const store::StateCounts& counts)
{
    for (std::size_t state = 0; state < sum.deliveries.size(); ++state) {
        sum.deliveries[state] += counts.deliveries[state];
        sum.bytes[state] += counts.bytes[state];
    }
}

} // namespace

JobTreeModel::JobTreeModel(Backend& backend, JobId job, QObject* parent)
    : QAbstractItemModel(parent)
    , m_backend(backend)
    , m_job(job)
    , m_root(std::make_unique<Node>())
{
}

JobTreeModel::~JobTreeModel() = default;

void JobTreeModel::reload()
{
    m_mustReadAgain = m_isReading;
    if (m_isReading) {
        return;
    }
    m_isReading = m_backend.run(
        this, [job = m_job](engine::Engine& engine) { return engine.history().series(job); },
        [this](const Result<QList<store::SeriesEntry>>& series) {
            m_isReading = false;
            if (series) {
                takeSeries(*series);
                Q_EMIT loaded();
            } else {
                Q_EMIT failed(series.error());
            }
            if (m_mustReadAgain) {
                reload();
            }
        });
}

void JobTreeModel::takeSeries(const QList<store::SeriesEntry>& series)
{
    for (const auto& study : m_root->children) {
        study->series.counts = {};
    }
    Fresh fresh;
    for (const auto& entry : series) {
        const auto known = m_series.find(entry.first);
        if (known == m_series.end()) {
            addSeries(entry, fresh);
        } else {
            updateSeries(*known->second, entry);
        }
    }
    if (!m_root->children.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
    }
    for (auto& [study, nodes] : fresh.series) {
        insert(*study, std::move(nodes));
    }
    insert(*m_root, std::move(fresh.studies));
}

JobTreeModel::Node& JobTreeModel::studyOf(const store::SeriesText& text, Fresh& fresh)
{
    auto*& study = m_studies[{text.studyInstanceUid, text.patientId}];
    if (study == nullptr) {
        study = fresh.studies.emplace_back(std::make_unique<Node>()).get();
        study->kind = Node::Kind::Study;
        study->series.text = text;
    }
    return *study;
}

void JobTreeModel::addSeries(const store::SeriesEntry& entry, Fresh& fresh)
{
    auto& study = studyOf(entry.text, fresh);
    const bool isShown = study.parent != nullptr;
    auto& siblings = isShown ? fresh.series[&study] : study.children;
    auto& node = *siblings.emplace_back(std::make_unique<Node>());
    node.kind = Node::Kind::Series;
    node.parent = &study;
    node.row = static_cast<int>(isShown ? study.children.size() + siblings.size() : siblings.size()) - 1;
    node.series = entry;
    addCounts(study.series.counts, entry.counts);
    m_series.emplace(entry.first, &node);
}

void JobTreeModel::updateSeries(Node& node, const store::SeriesEntry& entry)
{
    addCounts(node.parent->series.counts, entry.counts);
    const bool isOld = node.series.counts != entry.counts;
    node.series = entry;
    if (isOld) {
        Q_EMIT dataChanged(indexOf(node), indexOf(node, kColumns - 1));
        readAgain(node);
    }
}

/// At the end of @p parent.
void JobTreeModel::insert(Node& parent, std::vector<std::unique_ptr<Node>> nodes)
{
    if (nodes.empty()) {
        return;
    }
    const auto first = parent.children.size();
    beginInsertRows(indexOf(parent), static_cast<int>(first), static_cast<int>(first + nodes.size()) - 1);
    for (auto& node : nodes) {
        node->parent = &parent;
        node->row = static_cast<int>(parent.children.size());
        parent.children.push_back(std::move(node));
    }
    endInsertRows();
}

void JobTreeModel::readAgain(Node& series)
{
    series.isComplete = static_cast<qint64>(series.children.size()) >= series.series.counts.total();
    for (std::size_t at = 0; at < series.children.size(); at += kPage) {
        const auto after = at == 0 ? DeliveryId() : series.children[at - 1]->delivery.id;
        readPage(series, after);
    }
}

bool JobTreeModel::canFetchMore(const QModelIndex& parent) const
{
    const auto* node = nodeOf(parent);
    return node->kind == Node::Kind::Series && !node->isReading && !node->isComplete;
}

void JobTreeModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent)) {
        return;
    }
    auto* node = nodeOf(parent);
    node->isReading = true;
    readPage(*node, node->children.empty() ? DeliveryId() : node->children.back()->delivery.id);
}

void JobTreeModel::readPage(Node& series, DeliveryId after)
{
    store::InstanceQuery query{m_job, after, series.series.last, series.series.text.seriesInstanceUid, kPage};
    if (!after.isValid()) {
        query.after = DeliveryId{series.series.first.value - 1};
    }
    m_backend.run(
        this, [query](engine::Engine& engine) { return engine.history().instances(query); },
        [this, node = &series](const Result<QList<store::DeliveryRow>>& page) {
            node->isReading = false;
            if (page) {
                takePage(*node, *page);
            } else {
                Q_EMIT failed(page.error());
            }
        });
}

void JobTreeModel::takePage(Node& series, const QList<store::DeliveryRow>& page)
{
    auto& known = series.children;
    const auto lastKnown = known.empty() ? DeliveryId() : known.back()->delivery.id;
    std::vector<std::unique_ptr<Node>> fresh;
    for (const auto& delivery : page) {
        if (delivery.id > lastKnown) {
            auto& node = *fresh.emplace_back(std::make_unique<Node>());
            node.kind = Node::Kind::Instance;
            node.delivery = delivery;
            continue;
        }
        const auto at = std::lower_bound(known.begin(), known.end(), delivery.id,
            [](const auto& node, DeliveryId id) { return node->delivery.id < id; });
        if (at != known.end() && (*at)->delivery.id == delivery.id) {
            (*at)->delivery = delivery;
            Q_EMIT dataChanged(indexOf(**at), indexOf(**at, kColumns - 1));
        }
    }
    series.isComplete =
        static_cast<qint64>(known.size() + fresh.size()) >= series.series.counts.total() || page.size() < kPage;
    insert(series, std::move(fresh));
}

void JobTreeModel::retranslate()
{
    Q_EMIT layoutChanged();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
}

JobTreeModel::Node* JobTreeModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex JobTreeModel::indexOf(Node& node, int column) const
{
    return node.kind == Node::Kind::Root ? QModelIndex() : createIndex(node.row, column, &node);
}

QModelIndex JobTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    const auto& children = nodeOf(parent)->children;
    const bool isThere =
        row >= 0 && row < static_cast<int>(children.size()) && column >= 0 && column < kColumns && parent.column() <= 0;
    return isThere ? createIndex(row, column, children[static_cast<std::size_t>(row)].get()) : QModelIndex();
}

QModelIndex JobTreeModel::parent(const QModelIndex& child) const
{
    return child.isValid() ? indexOf(*nodeOf(child)->parent) : QModelIndex();
}

int JobTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int JobTreeModel::columnCount(const QModelIndex& parent) const
{
    Q_UNUSED(parent)
    return kColumns;
}

bool JobTreeModel::hasChildren(const QModelIndex& parent) const
{
    return parent.column() <= 0 && nodeOf(parent)->kind != Node::Kind::Instance;
}

QVariant JobTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    const bool isNumber = section > Name && section < State;
    if (role == Qt::TextAlignmentRole) {
        return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Study, series, instance");
    case Instances:
        return tr("Instances");
    case Sent:
        return tr("Sent");
    case Failed:
        return tr("Failed");
    case Size:
        return tr("Size");
    case State:
        return tr("State");
    default:
        return {};
    }
}

QVariant JobTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const auto& node = *nodeOf(index);
    if (role == Qt::TextAlignmentRole && index.column() > Name && index.column() < State) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && index.column() == Name && node.kind == Node::Kind::Instance) {
        return app::printable(node.delivery.sourcePath);
    }
    return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(text(node, index.column())) : QVariant();
}

QString JobTreeModel::text(const Node& node, int column)
{
    const bool isInstance = node.kind == Node::Kind::Instance;
    const auto& counts = node.series.counts;
    switch (column) {
    case Name:
        return nameOf(node);
    case Instances:
        return isInstance ? QString() : app::countText(counts.total());
    case Sent:
        return isInstance
            ? QString()
            : app::countText(counts.of(DeliveryState::Stored) + counts.of(DeliveryState::StoredWithWarning));
    case Failed:
        return isInstance ? QString() : app::countText(counts.of(DeliveryState::Rejected));
    case Size:
        return app::bytesText(isInstance ? node.delivery.bytes : counts.totalBytes());
    case State:
        return stateOf(node);
    default:
        return {};
    }
}

QString JobTreeModel::nameOf(const Node& node)
{
    const auto& text = node.series.text;
    QStringList parts;
    switch (node.kind) {
    case Node::Kind::Study:
        parts = {app::personNameText(text.patientName), text.patientId, app::dicomDateText(text.studyDate),
            text.studyDescription, text.accessionNumber};
        break;
    case Node::Kind::Series:
        parts = {QString(text.modality + u' ' + QString::number(text.seriesNumber)), text.seriesDescription};
        break;
    case Node::Kind::Instance:
        return app::printable(node.delivery.sourcePath.section(u'/', -1));
    case Node::Kind::Root:
        break;
    }
    parts.removeAll(QString());
    return app::printable(parts.join(u"  "_s));
}

QString JobTreeModel::stateOf(const Node& node)
{
    if (node.kind != Node::Kind::Instance) {
        const auto left = node.series.counts.unfinished();
        return left > 0 ? tr("%n to be sent", nullptr, static_cast<int>(left)) : QString();
    }
    const auto& delivery = node.delivery;
    const auto state = JobWords::deliveryState(delivery.state);
    const auto& last = delivery.lastAttempt;
    if (delivery.state == DeliveryState::Stored || !last || (!last->errorCode && !last->dimseStatus)) {
        return state;
    }
    const auto status = queue::statusText(last->dimseStatus);
    return status.isEmpty() ? QString(state + u" · "_s + errorName(*last->errorCode))
                            : QString(state + u" · "_s + status);
}

} // namespace radpost::ui
