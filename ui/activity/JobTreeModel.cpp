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

    Node* add(Kind childKind)
    {
        auto child = std::make_unique<Node>();
        child->kind = childKind;
        child->parent = this;
        child->row = static_cast<int>(children.size());
        children.push_back(std::move(child));
        return children.back().get();
    }
};

namespace {

bool isSameStudy(const store::SeriesText& a, const store::SeriesText& b)
{
    return a.studyInstanceUid == b.studyInstanceUid && a.patientId == b.patientId;
}

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
    m_backend.run(
        this, [job = m_job](engine::Engine& engine) { return engine.history().series(job); },
        [this](const Result<QList<store::SeriesEntry>>& series) {
            if (!series) {
                Q_EMIT failed(series.error());
                return;
            }
            if (!updateCounts(*series)) {
                takeSeries(*series);
            }
            Q_EMIT loaded();
        });
}

void JobTreeModel::takeSeries(const QList<store::SeriesEntry>& series)
{
    beginResetModel();
    ++m_generation;
    m_root = std::make_unique<Node>();
    for (const auto& entry : series) {
        auto& studies = m_root->children;
        const auto found = std::find_if(studies.begin(), studies.end(),
            [&entry](const auto& study) { return isSameStudy(study->series.text, entry.text); });
        Node* study = found != studies.end() ? found->get() : m_root->add(Node::Kind::Study);
        if (study->children.empty()) {
            study->series = entry;
            study->series.counts = {};
        }
        addCounts(study->series.counts, entry.counts);
        study->add(Node::Kind::Series)->series = entry;
    }
    endResetModel();
}

/// @return false: they are not the series that are here.
bool JobTreeModel::updateCounts(const QList<store::SeriesEntry>& series)
{
    std::vector<Node*> nodes;
    for (const auto& study : m_root->children) {
        for (const auto& node : study->children) {
            nodes.push_back(node.get());
        }
    }
    std::sort(nodes.begin(), nodes.end(), [](auto* a, auto* b) { return a->series.first < b->series.first; });
    auto sorted = series;
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    const bool isSame = !nodes.empty() &&
        std::equal(nodes.begin(), nodes.end(), sorted.begin(), sorted.end(), [](const Node* node, const auto& entry) {
            return node->series.first == entry.first && node->series.text == entry.text;
        });
    if (!isSame) {
        return false;
    }
    for (const auto& study : m_root->children) {
        study->series.counts = {};
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        auto& node = *nodes[i];
        addCounts(node.parent->series.counts, sorted[qsizetype(i)].counts);
        const bool isOld = node.series.counts != sorted[qsizetype(i)].counts;
        node.series = sorted[qsizetype(i)];
        if (isOld) {
            Q_EMIT dataChanged(indexOf(node), indexOf(node, kColumns - 1));
            readAgain(node);
        }
    }
    if (!m_root->children.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
    }
    return true;
}

void JobTreeModel::readAgain(Node& series)
{
    series.isComplete = static_cast<qint64>(series.children.size()) >= series.series.counts.total();
    for (std::size_t at = 0; at < series.children.size(); at += kPage) {
        const auto after = at == 0 ? DeliveryId() : series.children[at - 1]->delivery.id;
        readPage(series, after, m_generation);
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
    readPage(*node, node->children.empty() ? DeliveryId() : node->children.back()->delivery.id, m_generation);
}

void JobTreeModel::readPage(Node& series, DeliveryId after, int generation)
{
    store::InstanceQuery query{m_job, after, series.series.last, series.series.text.seriesInstanceUid, kPage};
    if (!after.isValid()) {
        query.after = DeliveryId{series.series.first.value - 1};
    }
    m_backend.run(
        this, [query](engine::Engine& engine) { return engine.history().instances(query); },
        [this, node = &series, generation](const Result<QList<store::DeliveryRow>>& page) {
            if (generation != m_generation) {
                return; // the node is gone
            }
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
    QList<store::DeliveryRow> fresh;
    for (const auto& delivery : page) {
        if (delivery.id > lastKnown) {
            fresh.append(delivery);
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
        static_cast<qint64>(known.size()) + fresh.size() >= series.series.counts.total() || page.size() < kPage;
    if (fresh.isEmpty()) {
        return;
    }
    const int first = static_cast<int>(known.size());
    beginInsertRows(indexOf(series), first, first + static_cast<int>(fresh.size()) - 1);
    for (const auto& delivery : fresh) {
        series.add(Node::Kind::Instance)->delivery = delivery;
    }
    endInsertRows();
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
