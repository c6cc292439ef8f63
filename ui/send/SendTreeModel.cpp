#include "ui/send/SendTreeModel.h"

#include "app/common/DicomNames.h"
#include "app/common/Format.h"
#include "ui/common/StatusDot.h"
#include "ui/common/Theme.h"
#include "ui/send/SendNode.h"
#include "ui/send/SendTexts.h"

#include <QColor>
#include <QGuiApplication>
#include <QPixmap>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace radpost::ui {

using engine::InspectionNews;

namespace {

using Nodes = std::vector<std::unique_ptr<SendNode>>;

constexpr int kMarkSize = 14;

template <typename Visit>
void forEachSeries(const SendNode& node, const Visit& visit)
{
    if (node.series() != nullptr) {
        visit(node);
    }
    for (const auto& child : node.children) {
        forEachSeries(*child, visit);
    }
}

qint64 instancesOf(const SendNode& node)
{
    return std::visit(
        [](const auto& value) -> qint64 {
            if constexpr (requires { value.instances; }) {
                return value.instances;
            } else {
                return 0;
            }
        },
        node.value);
}

qint64 bytesOf(const SendNode& node)
{
    return std::visit(
        [](const auto& value) -> qint64 {
            if constexpr (requires { value.bytes; }) {
                return value.bytes;
            } else {
                return 0;
            }
        },
        node.value);
}

engine::TreeWarnings warningsOf(const SendNode& node)
{
    return std::visit(
        [](const auto& value) -> engine::TreeWarnings {
            if constexpr (requires { value.warnings; }) {
                return value.warnings;
            } else {
                return {};
            }
        },
        node.value);
}

void setValue(SendNode& node, SendNode::Value value)
{
    node.value = std::move(value);
    node.searchText = searchTextOf(node);
}

SendNode& append(Nodes& nodes, SendNode::Value value, SendNode* parent, size_t row)
{
    auto node = std::make_unique<SendNode>(std::monostate{}, parent);
    setValue(*node, std::move(value));
    node->row = static_cast<int>(row);
    const bool isUnwanted = parent != nullptr && parent->parent != nullptr && parent->ticked == Qt::Unchecked;
    node->ticked = isUnwanted ? Qt::Unchecked : Qt::Checked;
    nodes.push_back(std::move(node));
    return *nodes.back();
}

SendTotals totalsOf(const SendNode& root, bool onlyTicked)
{
    SendTotals totals;
    for (const auto& patient : root.children) {
        const auto before = totals.series;
        for (const auto& study : patient->children) {
            const auto beforeStudy = totals.series;
            for (const auto& series : study->children) {
                if (!onlyTicked || series->ticked == Qt::Checked) {
                    ++totals.series;
                    totals.instances += instancesOf(*series);
                    totals.bytes += bytesOf(*series);
                }
            }
            totals.studies += totals.series > beforeStudy ? 1 : 0;
        }
        totals.patients += totals.series > before ? 1 : 0;
    }
    return totals;
}

} // namespace

QString folded(const QString& text)
{
    QString plain;
    const auto decomposed = text.normalized(QString::NormalizationForm_KD);
    plain.reserve(decomposed.size());
    for (const QChar c : decomposed) {
        if (!c.isMark()) {
            plain += c;
        }
    }
    return plain.toCaseFolded();
}

QString searchTextOf(const SendNode& node)
{
    QStringList texts{nameText(node), idText(node), personText(node)};
    if (const auto* patient = node.patient()) {
        texts.append(app::printable(patient->name).replace(u'^', u' ')); // every group, not only the shown one
        texts.append(patient->birthDate);
    } else if (const auto* study = node.study()) {
        texts.append(study->date);
    } else if (const auto* series = node.series()) {
        texts.append(app::transferSyntaxNames(*series));
    }
    return folded(texts.join(u'\n'));
}

Qt::CheckState stateFromChildren(const SendNode& node)
{
    if (node.children.empty()) {
        return node.ticked;
    }
    const auto first = node.children.front()->ticked;
    const bool areSame = std::all_of(
        node.children.begin(), node.children.end(), [first](const auto& child) { return child->ticked == first; });
    return areSame ? first : Qt::PartiallyChecked;
}

SendTreeModel::SendTreeModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<SendNode>(std::monostate{}))
{
}

SendTreeModel::~SendTreeModel() = default;

void SendTreeModel::add(const InspectionNews& news)
{
    if (news.series.empty()) {
        return;
    }
    updateHeads(news);
    addSeries(news);
    Q_EMIT tickedChanged();
}

void SendTreeModel::updateHeads(const InspectionNews& news)
{
    const auto note = [this](const SendNode& node) { m_hasWarnings = m_hasWarnings || !warningsOf(node).empty(); };
    for (const auto& patient : news.patients) {
        if (patient.index < m_root->children.size()) {
            auto& node = *m_root->children[patient.index];
            setValue(node, patient.head);
            note(node);
        }
    }
    for (const auto& study : news.studies) {
        if (study.patient < m_root->children.size() && study.index < m_root->children[study.patient]->children.size()) {
            auto& node = *m_root->children[study.patient]->children[study.index];
            setValue(node, study.head);
            note(node);
        }
    }
}

// Rows are the indices of the inspection, and news come by index: what is not there yet comes at the end. What is new
// is made whole first, so that a patient with all below is one insertion.
void SendTreeModel::addSeries(const InspectionNews& news)
{
    std::map<std::pair<size_t, size_t>, const engine::StudyNode*> studyHeads;
    for (const auto& study : news.studies) {
        studyHeads[{study.patient, study.index}] = &study.head;
    }
    std::map<size_t, const engine::PatientNode*> patientHeads;
    for (const auto& patient : news.patients) {
        patientHeads[patient.index] = &patient.head;
        m_hasWarnings = m_hasWarnings || !patient.head.warnings.empty();
    }
    std::map<SendNode*, Nodes> fresh; // by their parent
    std::vector<SendNode*> changed;
    const auto child = [&fresh](SendNode& parent, size_t index, const auto& value) -> std::pair<SendNode*, bool> {
        if (index < parent.children.size()) {
            return {parent.children[index].get(), false};
        }
        auto& pending = fresh[&parent];
        const auto at = index - parent.children.size();
        return at < pending.size() ? std::pair{pending[at].get(), true}
                                   : std::pair{&append(pending, value, &parent, index), true};
    };
    for (const auto& [place, value] : news.series) {
        const auto [patient, isFreshPatient] = child(*m_root, place.patient, *patientHeads.at(place.patient));
        const auto [study, isFreshStudy] = child(*patient, place.study, *studyHeads.at({place.patient, place.study}));
        const auto [series, isFresh] = child(*study, place.series, value);
        series->serial = place.serial;
        m_hasWarnings = m_hasWarnings || !value.warnings.empty();
        if (!isFresh) {
            setValue(*series, value);
            changed.push_back(series);
        }
    }
    // From the inside out: what is below a new row is there before the row itself is told of.
    const auto isShown = [this](const SendNode* node) {
        while (node->parent != nullptr) {
            const auto& siblings = node->parent->children;
            const auto row = static_cast<size_t>(node->row);
            if (row >= siblings.size() || siblings[row].get() != node) {
                return false;
            }
            node = node->parent;
        }
        return node == m_root.get();
    };
    for (auto& [parent, nodes] : fresh) {
        if (!isShown(parent)) {
            std::move(nodes.begin(), nodes.end(), std::back_inserter(parent->children));
            nodes.clear();
        }
    }
    for (auto& [parent, nodes] : fresh) {
        if (!nodes.empty()) {
            changed.push_back(parent);
            insertRun(*parent, std::move(nodes));
        }
    }
    for (auto* node : changed) {
        if (node->series() != nullptr) {
            tellRow(*node);
        }
        refreshUpwards(node->series() != nullptr ? node->parent : node);
    }
}

void SendTreeModel::insertRun(SendNode& parent, Nodes fresh)
{
    const int first = static_cast<int>(parent.children.size());
    const auto index = &parent == m_root.get() ? QModelIndex() : indexOf(parent);
    beginInsertRows(index, first, first + static_cast<int>(fresh.size()) - 1);
    std::move(fresh.begin(), fresh.end(), std::back_inserter(parent.children));
    endInsertRows();
}

void SendTreeModel::clear()
{
    beginResetModel();
    m_root->children.clear();
    m_hasWarnings = false;
    endResetModel();
    Q_EMIT tickedChanged();
}

void SendTreeModel::setCheck(const CheckRun* check, const QStringList& destinations)
{
    m_check = check;
    m_destinations = destinations;
    for (const auto& patient : m_root->children) {
        for (const auto& study : patient->children) {
            if (!study->children.empty()) {
                Q_EMIT dataChanged(
                    indexOf(*study->children.front(), CheckColumn), indexOf(*study->children.back(), CheckColumn));
            }
        }
    }
}

void SendTreeModel::retranslate()
{
    const auto renew = [this](auto&& self, SendNode& node) -> void {
        if (node.parent != nullptr) {
            node.searchText = searchTextOf(node);
            tellRow(node);
        }
        for (const auto& child : node.children) {
            self(self, *child);
        }
    };
    renew(renew, *m_root);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

SendNode* SendTreeModel::node(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<SendNode*>(index.internalPointer()) : m_root.get();
}

QModelIndex SendTreeModel::indexOf(const SendNode& node, int column) const
{
    return createIndex(node.row, column, &node);
}

QModelIndex SendTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    return hasIndex(row, column, parent) ? indexOf(*node(parent)->children[static_cast<size_t>(row)], column)
                                         : QModelIndex();
}

QModelIndex SendTreeModel::parent(const QModelIndex& index) const
{
    const auto* above = index.isValid() ? node(index)->parent : nullptr;
    return above == nullptr || above == m_root.get() ? QModelIndex() : indexOf(*above);
}

int SendTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(node(parent)->children.size());
}

int SendTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

Qt::ItemFlags SendTreeModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) {
        return {};
    }
    const auto flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return index.column() == NameColumn ? flags | Qt::ItemIsUserCheckable : flags;
}

QVariant SendTreeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto& row = *node(index);
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::ToolTipRole:
        return display(row, index.column());
    case Qt::CheckStateRole:
        return index.column() == NameColumn ? QVariant(row.ticked) : QVariant();
    case Qt::DecorationRole:
        return decoration(row, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == InstancesColumn || index.column() == SizeColumn
            ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
            : QVariant();
    case LevelRole:
        return static_cast<int>(row.patient() != nullptr ? Level::Patient
                : row.study() != nullptr                 ? Level::Study
                                                         : Level::Series);
    case SortRole:
        return sortKey(row, index.column());
    case SearchRole: {
        QString text;
        for (const auto* at = &row; at->parent != nullptr; at = at->parent) {
            text += at->searchText + u'\n';
        }
        return text;
    }
    default:
        return {};
    }
}

QVariant SendTreeModel::display(const SendNode& node, int column) const
{
    switch (column) {
    case NameColumn:
        return nameText(node);
    case IdColumn:
        return idText(node);
    case PersonColumn:
        return personText(node);
    case InstancesColumn:
        return app::countText(instancesOf(node));
    case SizeColumn:
        return app::bytesText(bytesOf(node));
    case SyntaxColumn:
        return node.series() != nullptr ? app::transferSyntaxNames(*node.series()) : QString();
    case CheckColumn:
        return checkText(verdicts(node), m_destinations.size());
    case NotesColumn:
        return warningNames(warningsOf(node));
    default:
        return {};
    }
}

QVariant SendTreeModel::decoration(const SendNode& node, int column) const
{
    if (column == NotesColumn && !warningsOf(node).empty()) {
        return statusPixmap(Status::Warning, kMarkSize, qGuiApp->devicePixelRatio());
    }
    if (column == CheckColumn) {
        if (const auto said = verdicts(node); !said.empty()) {
            return statusPixmap(checkStatus(said, m_destinations.size()), kMarkSize, qGuiApp->devicePixelRatio());
        }
    }
    return {};
}

QVariant SendTreeModel::sortKey(const SendNode& node, int column) const
{
    if (column == InstancesColumn) {
        return instancesOf(node);
    }
    if (column == SizeColumn) {
        return bytesOf(node);
    }
    if (column == NameColumn) {
        if (const auto* study = node.study()) {
            return QString(study->date + study->time + study->description);
        }
        if (const auto* series = node.series()) {
            return series->number;
        }
    }
    if (column == CheckColumn) {
        const auto verdict = worst(verdicts(node));
        return verdict ? static_cast<int>(verdict->verdict) : -1;
    }
    return display(node, column);
}

QVariant SendTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = section == InstancesColumn || section == SizeColumn;
        return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case NameColumn:
        return tr("Patient, study, series");
    case IdColumn:
        return tr("ID, accession");
    case PersonColumn:
        return tr("Sex, birth date");
    case InstancesColumn:
        return tr("Instances");
    case SizeColumn:
        return tr("Size");
    case SyntaxColumn:
        return tr("Transfer syntax");
    case CheckColumn:
        return tr("Check result");
    default:
        return tr("Notes");
    }
}

bool SendTreeModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::CheckStateRole ||
        index.column() != NameColumn) {
        return false;
    }
    auto* changed = node(index);
    tick(*changed, value.toInt() == Qt::Checked);
    refreshUpwards(changed->parent);
    Q_EMIT tickedChanged();
    return true;
}

void SendTreeModel::setTicked(const QModelIndexList& series, bool isTicked)
{
    for (const auto& index : series) {
        tick(*node(index), isTicked);
        refreshUpwards(node(index)->parent);
    }
    Q_EMIT tickedChanged();
}

void SendTreeModel::tick(SendNode& node, bool isTicked)
{
    node.ticked = isTicked ? Qt::Checked : Qt::Unchecked;
    for (const auto& child : node.children) {
        tick(*child, isTicked);
    }
    tellRow(node);
}

void SendTreeModel::refreshUpwards(SendNode* node)
{
    for (; node != nullptr && node->parent != nullptr; node = node->parent) {
        node->ticked = stateFromChildren(*node);
        tellRow(*node);
    }
}

void SendTreeModel::tellRow(const SendNode& node)
{
    Q_EMIT dataChanged(indexOf(node), indexOf(node, ColumnCount - 1));
}

SendTotals SendTreeModel::totals() const
{
    return totalsOf(*m_root, false);
}

SendTotals SendTreeModel::ticked() const
{
    return totalsOf(*m_root, true);
}

QList<engine::SeriesKey> SendTreeModel::tickedKeys() const
{
    QList<engine::SeriesKey> keys;
    forEachSeries(*m_root, [&keys](const SendNode& node) {
        if (node.ticked == Qt::Checked) {
            const auto& patient = *node.parent->parent->patient();
            keys.append({engine::patientKey(patient.id, patient.name), node.parent->study()->uid, node.series()->uid});
        }
    });
    return keys;
}

std::vector<engine::PatientNode> SendTreeModel::tickedTree() const
{
    std::vector<engine::PatientNode> patients;
    for (const auto& patient : m_root->children) {
        auto made = *patient->patient();
        for (const auto& study : patient->children) {
            auto part = *study->study();
            for (const auto& series : study->children) {
                if (series->ticked == Qt::Checked) {
                    part.series.push_back(*series->series());
                }
            }
            made.studies.push_back(std::move(part));
        }
        patients.push_back(std::move(made));
    }
    return patients;
}

const engine::SeriesNode* SendTreeModel::series(const QModelIndex& index) const
{
    return index.isValid() ? node(index)->series() : nullptr;
}

size_t SendTreeModel::serial(const QModelIndex& index) const
{
    return node(index)->serial;
}

engine::TreeWarnings SendTreeModel::warnings(const QModelIndex& index) const
{
    engine::TreeWarnings all;
    for (const auto* at = node(index); at->parent != nullptr; at = at->parent) {
        const auto own = warningsOf(*at);
        all.insert(all.end(), own.begin(), own.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::vector<SeriesVerdict> SendTreeModel::verdicts(const QModelIndex& series) const
{
    return verdicts(*node(series));
}

std::vector<SeriesVerdict> SendTreeModel::verdicts(const SendNode& node) const
{
    return m_check != nullptr && node.series() != nullptr ? m_check->verdicts(*node.series(), m_destinations)
                                                          : std::vector<SeriesVerdict>();
}

} // namespace radpost::ui
