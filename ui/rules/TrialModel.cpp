#include "ui/rules/TrialModel.h"

#include "ui/common/Theme.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/RouteText.h"
#include "app/common/Sentences.h"

#include <QFileInfo>

#include <optional>

using namespace Qt::StringLiterals;

namespace radpost::ui {

/// A row: texts made once, so that painting costs nothing.
struct TrialModel::Node
{
    QString what;
    QString outcome;
    QString toolTip;
    std::optional<Status> status;
    bool opens = false;
    Node* parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> parts;

    Node& add(const QString& text, const QString& result, std::optional<Status> state, bool isOpen = false)
    {
        auto part = std::make_unique<Node>();
        part->what = text;
        part->outcome = result;
        part->status = state;
        part->opens = isOpen;
        part->parent = this;
        part->row = static_cast<int>(parts.size());
        parts.push_back(std::move(part));
        return *parts.back();
    }
};

namespace {

// A test that does not fit is no trouble; one that cannot be judged is.
Status statusOf(route::Verdict verdict)
{
    switch (verdict) {
    case route::Verdict::Yes:
        return Status::Good;
    case route::Verdict::No:
        return Status::Unknown;
    case route::Verdict::Undecided:
        return Status::Warning;
    }
    return Status::Unknown;
}

Status statusOf(route::RuleState state)
{
    switch (state) {
    case route::RuleState::Matched:
        return Status::Good;
    case route::RuleState::Undecided:
        return Status::Warning;
    default:
        return Status::Unknown;
    }
}

QString resultText(const route::Routing& routing)
{
    QStringList parts;
    for (const auto& delivery : routing.deliveries) {
        parts.append(app::printable(delivery.destination));
    }
    if (!routing.held.empty()) {
        const auto sent = parts.join(TrialModel::tr(", "));
        //: %1: names of destinations
        parts = {sent.isEmpty() ? TrialModel::tr("held for review")
                                : TrialModel::tr("sent to %1; the rest is held for review").arg(sent)};
    }
    if (routing.dropped) {
        parts.append(TrialModel::tr("dropped"));
    }
    return parts.isEmpty() ? TrialModel::tr("goes nowhere") : parts.join(TrialModel::tr(", "));
}

bool looksInside(route::RuleState state)
{
    return state != route::RuleState::Disabled && state != route::RuleState::NotReached;
}

template <typename Node>
void addCondition(Node& parent, const route::ConditionReport& report)
{
    auto& node =
        parent.add(app::conditionText(report), app::verdictText(report.verdict), statusOf(report.verdict), true);
    for (const auto& part : report.parts) {
        addCondition(node, part);
    }
}

template <typename Node>
void addRouting(Node& file, const route::Routing& routing)
{
    // Of routingLines(): deliveries, then what holds it, then what drops it.
    const auto holdsFrom = routing.deliveries.size();
    const std::size_t holdsTo = holdsFrom + routing.held.size();
    std::size_t place = 0;
    for (const auto& line : app::routingLines(routing)) {
        const bool isHold = place >= holdsFrom && place < holdsTo;
        file.add(line, {}, isHold || routing.isUnmatched() ? Status::Warning : Status::Good);
        ++place;
    }
    int number = 0;
    for (const auto& rule : routing.rules) {
        const QString title = TrialModel::tr("Rule %1: %2").arg(++number).arg(app::printable(rule.rule));
        auto& node = file.add(title, app::ruleStateText(rule.state), statusOf(rule.state), true);
        if (looksInside(rule.state)) {
            addCondition(node, rule.condition);
        }
    }
}

template <typename Node>
void addFile(Node& root, const TrialOutcome& outcome, bool showsPersonal, bool isOnly)
{
    const QString name = app::printable(QFileInfo(outcome.path).fileName());
    if (!outcome.trial) {
        const auto text = app::errorText(*outcome.error);
        auto& file = root.add(name, text.happened, Status::Bad);
        file.toolTip = app::printable(outcome.path);
        return;
    }
    const auto routing = showsPersonal ? outcome.trial->routing : route::masked(outcome.trial->routing);
    const bool isSent = !routing.deliveries.empty() && routing.held.empty();
    auto& file = root.add(name, resultText(routing), isSent ? Status::Good : Status::Warning, isOnly);
    file.toolTip = app::printable(outcome.path);
    if (!outcome.trial->unreadable.isEmpty()) {
        file.add(
            TrialModel::tr("The data set cannot be read: tests of attributes cannot be judged."), {}, Status::Warning);
    }
    addRouting(file, routing);
}

} // namespace

TrialModel::TrialModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

TrialModel::~TrialModel() = default;

void TrialModel::setOutcomes(std::vector<TrialOutcome> outcomes)
{
    m_outcomes = std::move(outcomes);
    rebuild();
}

void TrialModel::showPersonal(bool shows)
{
    m_showsPersonal = shows;
    rebuild();
}

void TrialModel::rebuild()
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    for (const auto& outcome : m_outcomes) {
        addFile(*m_root, outcome, m_showsPersonal, m_outcomes.size() == 1);
    }
    endResetModel();
}

const TrialModel::Node& TrialModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? *static_cast<const Node*>(index.internalPointer()) : *m_root;
}

QModelIndex TrialModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, nodeOf(parent).parts[static_cast<size_t>(row)].get());
}

QModelIndex TrialModel::parent(const QModelIndex& index) const
{
    auto* above = index.isValid() ? nodeOf(index).parent : nullptr;
    return above == nullptr || above == m_root.get() ? QModelIndex() : createIndex(above->row, 0, above);
}

int TrialModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent).parts.size());
}

int TrialModel::columnCount(const QModelIndex& /*parent*/) const
{
    return ColumnCount;
}

QVariant TrialModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const auto& node = nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == What ? node.what : node.outcome;
    case Qt::ToolTipRole:
        return index.column() == What && !node.toolTip.isEmpty() ? node.toolTip
            : index.column() == What                             ? node.what
                                                                 : node.outcome;
    case Qt::AccessibleTextRole:
        return index.column() != What || node.outcome.isEmpty() ? QVariant() : app::labelled(node.what, node.outcome);
    case Qt::DecorationRole:
        return index.column() == What && node.status ? QVariant(statusPixmap(*node.status, 16, 1.0)) : QVariant();
    case kStatusRole:
        return node.status ? QVariant(static_cast<int>(*node.status)) : QVariant();
    case kOpensRole:
        return node.opens;
    default:
        return {};
    }
}

QVariant TrialModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return QStringList{tr("File, rule and test"), tr("Outcome")}.value(section);
}

void TrialModel::retranslate()
{
    rebuild();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

} // namespace radpost::ui
