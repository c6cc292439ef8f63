#include "ui/receive/ArrivalsModel.h"

#include "ui/common/Backend.h"
#include "ui/receive/ArrivalWords.h"

#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <QGuiApplication>
#include <QPixmap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

struct ArrivalsModel::Node
{
    enum class Kind { Root, Study, Series, Instance };
    Kind kind = Kind::Root;
    Node* parent = nullptr;
    int row = 0;
    store::SpoolEntry entry;
    Nodes children;
    bool isWanted = false; ///< somebody unfolded it
    bool isReading = false;
    bool isComplete = false; ///< all below it is here
};

namespace {

constexpr int kIconSize = 14;

/// The ledger gives the number of a row that left to another one: what it names has to be the same, too, or a selection
/// would pass to another patient.
bool isSame(const store::SpoolEntry& one, const store::SpoolEntry& other)
{
    return one.id == other.id && one.text.patientId == other.text.patientId &&
        one.text.studyInstanceUid == other.text.studyInstanceUid &&
        one.text.seriesInstanceUid == other.text.seriesInstanceUid && one.sopInstanceUid == other.sopInstanceUid;
}

bool isIn(const QList<store::SpoolEntry>& entries, const store::SpoolEntry& wanted)
{
    return std::any_of(entries.begin(), entries.end(), [&wanted](const auto& entry) { return isSame(entry, wanted); });
}

bool isBelow(const store::SpoolEntry& above, const store::SpoolEntry& entry)
{
    return entry.text.studyInstanceUid == above.text.studyInstanceUid &&
        (above.text.seriesInstanceUid.isEmpty() || entry.text.seriesInstanceUid == above.text.seriesInstanceUid);
}

} // namespace

ArrivalsModel::ArrivalsModel(Backend& backend, QObject* parent)
    : QAbstractItemModel(parent)
    , m_backend(backend)
    , m_root(std::make_unique<Node>())
{
    m_root->isComplete = true; // until something was read
}

ArrivalsModel::~ArrivalsModel() = default;

void ArrivalsModel::show(const QString& text, store::SpoolStandingFilter standing)
{
    beginResetModel();
    m_query = {text, standing};
    m_root->children.clear();
    m_root->isComplete = true;
    m_studies.clear();
    m_series.clear();
    m_isFirst = true;
    m_isReading = false;
    ++m_round;
    endResetModel();
    reload();
}

bool ArrivalsModel::isFiltered() const
{
    return !m_query.text.isEmpty() || m_query.standing != store::SpoolStandingFilter::Any;
}

void ArrivalsModel::reload()
{
    readStudies(std::max(kPage, rowCount()));
}

void ArrivalsModel::readStudies(int limit)
{
    m_mustReadAgain = m_isReading;
    if (m_isReading) {
        return;
    }
    auto query = m_query;
    query.limit = limit;
    m_isReading = m_backend.run(
        this, [query](engine::Engine& engine) { return engine.received().studies(query); },
        [this, limit, round = m_round](const Result<QList<store::SpoolEntry>>& studies) {
            if (round != m_round) {
                return;
            }
            m_isReading = false;
            if (studies) {
                takeStudies(*studies, studies->size() < limit);
            } else {
                Q_EMIT failed(studies.error());
            }
            if (m_mustReadAgain) {
                reload();
            }
        });
}

void ArrivalsModel::takeStudies(const QList<store::SpoolEntry>& entries, bool isAll)
{
    m_isFirst = false;
    m_root->isComplete = isAll;
    merge(*m_root, entries);
    Q_EMIT loaded();
}

/// Rows that are there still keep their place: both lists have one order.
void ArrivalsModel::merge(Node& parent, const QList<store::SpoolEntry>& entries)
{
    removeMissing(parent, entries);
    for (int row = 0; row < entries.size(); ++row) {
        const auto& entry = entries.at(row);
        const bool isKnown = row < static_cast<int>(parent.children.size()) &&
            isSame(parent.children[static_cast<size_t>(row)]->entry, entry);
        if (isKnown) {
            update(*parent.children[static_cast<size_t>(row)], entry);
        } else {
            insert(parent, row, entry);
        }
    }
}

void ArrivalsModel::removeMissing(Node& parent, const QList<store::SpoolEntry>& entries)
{
    for (int row = static_cast<int>(parent.children.size()) - 1; row >= 0; --row) {
        const auto at = static_cast<size_t>(row);
        if (isIn(entries, parent.children[at]->entry)) {
            continue;
        }
        beginRemoveRows(indexOf(parent), row, row);
        forget(*parent.children[at]);
        parent.children.erase(parent.children.begin() + row);
        for (auto next = at; next < parent.children.size(); ++next) {
            parent.children[next]->row = static_cast<int>(next);
        }
        endRemoveRows();
    }
}

void ArrivalsModel::insert(Node& parent, int row, const store::SpoolEntry& entry)
{
    auto node = std::make_unique<Node>();
    node->kind = static_cast<Node::Kind>(static_cast<int>(parent.kind) + 1);
    node->parent = &parent;
    node->entry = entry;
    if (node->kind == Node::Kind::Study) {
        m_studies.insert(entry.id, node.get());
    } else if (node->kind == Node::Kind::Series) {
        m_series.insert(entry.id, node.get());
    }
    beginInsertRows(indexOf(parent), row, row);
    parent.children.insert(parent.children.begin() + row, std::move(node));
    for (auto next = static_cast<size_t>(row); next < parent.children.size(); ++next) {
        parent.children[next]->row = static_cast<int>(next);
    }
    endInsertRows();
}

void ArrivalsModel::update(Node& node, const store::SpoolEntry& entry)
{
    if (node.entry == entry) {
        return;
    }
    node.entry = entry;
    Q_EMIT dataChanged(indexOf(node), indexOf(node, kColumns - 1));
    if (node.isWanted) {
        readChildren(node);
    }
}

void ArrivalsModel::forget(const Node& node)
{
    for (const auto& child : node.children) {
        forget(*child);
    }
    if (node.kind == Node::Kind::Study) {
        m_studies.remove(node.entry.id);
    } else if (node.kind == Node::Kind::Series) {
        m_series.remove(node.entry.id);
    }
}

bool ArrivalsModel::canFetchMore(const QModelIndex& parent) const
{
    const auto* node = nodeOf(parent);
    if (node->kind == Node::Kind::Root) {
        return !node->isComplete && !m_isReading;
    }
    return node->kind != Node::Kind::Instance && !node->isReading && !node->isComplete;
}

void ArrivalsModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent)) {
        return;
    }
    auto* node = nodeOf(parent);
    if (node->kind == Node::Kind::Root) {
        readStudies(rowCount() + kPage);
        return;
    }
    node->isWanted = true;
    node->isComplete = false;
    readChildren(*node);
}

void ArrivalsModel::readChildren(Node& node)
{
    if (node.isReading) {
        return;
    }
    const auto id = node.entry.id;
    const bool isStudy = node.kind == Node::Kind::Study;
    const int known = static_cast<int>(node.children.size());
    const int limit = node.isComplete || known == 0 ? std::max(kPage, known + 1) : known + kPage;
    node.isReading = m_backend.run(
        this,
        [id, isStudy, limit](engine::Engine& engine) {
            return isStudy ? engine.received().series(id) : engine.received().instances(id, 0, limit);
        },
        [this, id, isStudy, limit, round = m_round](const Result<QList<store::SpoolEntry>>& children) {
            auto* found = round == m_round ? (isStudy ? m_studies : m_series).value(id) : nullptr;
            if (found == nullptr) {
                return;
            }
            found->isReading = false;
            const auto isStrange = [found](const store::SpoolEntry& entry) { return !isBelow(found->entry, entry); };
            if (children && std::any_of(children->begin(), children->end(), isStrange)) {
                reload(); // its row was given to another one
            } else if (children) {
                takeChildren(*found, *children, isStudy || children->size() < limit);
            } else {
                Q_EMIT failed(children.error());
            }
        });
}

void ArrivalsModel::takeChildren(Node& node, const QList<store::SpoolEntry>& entries, bool isAll)
{
    node.isComplete = isAll;
    merge(node, entries);
    Q_EMIT loaded();
}

void ArrivalsModel::retranslate()
{
    Q_EMIT layoutChanged();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
}

const store::SpoolEntry* ArrivalsModel::entry(const QModelIndex& index) const
{
    const auto* node = nodeOf(index);
    const bool isOne = node->kind == Node::Kind::Study || node->kind == Node::Kind::Series;
    return isOne ? &node->entry : nullptr;
}

store::SpoolChoice ArrivalsModel::choice(const QModelIndexList& rows) const
{
    store::SpoolChoice chosen;
    for (const auto& index : rows) {
        if (const auto* node = nodeOf(index); node->kind == Node::Kind::Study) {
            chosen.studies.append(node->entry.id);
        }
    }
    for (const auto& index : rows) {
        const auto* node = nodeOf(index);
        if (node->kind == Node::Kind::Series && !chosen.studies.contains(node->parent->entry.id)) {
            chosen.series.append(node->entry.id);
        }
    }
    return chosen;
}

ArrivalsModel::Node* ArrivalsModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex ArrivalsModel::indexOf(const Node& node, int column) const
{
    return node.kind == Node::Kind::Root ? QModelIndex() : createIndex(node.row, column, &node);
}

QModelIndex ArrivalsModel::index(int row, int column, const QModelIndex& parent) const
{
    const auto& children = nodeOf(parent)->children;
    const bool isThere =
        row >= 0 && row < static_cast<int>(children.size()) && column >= 0 && column < kColumns && parent.column() <= 0;
    return isThere ? createIndex(row, column, children[static_cast<size_t>(row)].get()) : QModelIndex();
}

QModelIndex ArrivalsModel::parent(const QModelIndex& child) const
{
    return child.isValid() ? indexOf(*nodeOf(child)->parent) : QModelIndex();
}

int ArrivalsModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int ArrivalsModel::columnCount(const QModelIndex& /*parent*/) const
{
    return kColumns;
}

bool ArrivalsModel::hasChildren(const QModelIndex& parent) const
{
    const auto* node = nodeOf(parent);
    return parent.column() <= 0 &&
        (node->kind == Node::Kind::Root ? !node->children.empty() : node->kind != Node::Kind::Instance);
}

QVariant ArrivalsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && (section == Instances || section == Size)) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QStringList names{
        tr("Patient"), tr("Study"), tr("State"), tr("Instances"), tr("From"), tr("Arrived"), tr("Size")};
    return names.value(section);
}

QVariant ArrivalsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const auto& node = *nodeOf(index);
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(node, column);
    case Qt::ToolTipRole:
        return toolTip(node, column);
    case Qt::TextAlignmentRole:
        return column == Instances || column == Size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DecorationRole:
        return column == State
            ? QVariant(statusPixmap(ArrivalWords::status(node.entry), kIconSize, qGuiApp->devicePixelRatio()))
            : QVariant();
    default:
        return {};
    }
}

QString ArrivalsModel::text(const Node& node, int column)
{
    const auto& entry = node.entry;
    const bool isStudy = node.kind == Node::Kind::Study;
    const bool isInstance = node.kind == Node::Kind::Instance;
    switch (column) {
    case Name:
        return isStudy ? ArrivalWords::patient(entry)
            : isInstance
            ? app::printable(entry.instanceNumber.isEmpty() ? QString::fromLatin1(entry.sopInstanceUid.value)
                                                            : tr("Instance %1").arg(entry.instanceNumber))
            : app::printable(QString(entry.text.modality + u' ' + entry.text.seriesNumber).simplified());
    case Study:
        return isStudy   ? ArrivalWords::study(entry)
            : isInstance ? QString::fromLatin1(entry.sopInstanceUid.value)
                         : app::printable(entry.text.seriesDescription);
    case State:
        return ArrivalWords::state(entry);
    case Instances:
        return isInstance ? QString() : app::countText(entry.standing.instances);
    case From:
        return app::printable(app::enumerated(entry.callers));
    case LastArrival:
        return app::momentText(entry.lastAt, app::Precision::Seconds);
    case Size:
        return app::bytesText(entry.standing.bytes);
    default:
        return {};
    }
}

QString ArrivalsModel::toolTip(const Node& node, int column)
{
    const auto& entry = node.entry;
    if (column == State) {
        const auto targets = ArrivalWords::targets(entry);
        return targets.isEmpty() ? ArrivalWords::state(entry) : QString(ArrivalWords::state(entry) + u'\n' + targets);
    }
    if (column == Instances) {
        const auto size = app::bytesText(entry.standing.bytes);
        const int differing = static_cast<int>(entry.standing.differing);
        return differing > 0
            ? QString(size + u'\n' + tr("%n instance(s) came again with another content.", nullptr, differing))
            : size;
    }
    return text(node, column);
}

} // namespace radpost::ui
