#include "ui/rules/RuleListView.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/rules/RuleListModel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kGroupsHeight = 116;
constexpr int kSearchWidth = 220;

QTreeView* makeList(QAbstractItemModel& model, std::initializer_list<int> widths, int stretched, const QString& memory)
{
    auto* view = makeTable(model, widths);
    view->setRootIsDecorated(false);
    view->header()->setStretchLastSection(false);
    view->header()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    view->setProperty("memory", memory);
    return view;
}

} // namespace

RuleListView::RuleListView(RuleListModel& rules, GroupListModel& groups, QWidget* parent)
    : QWidget(parent)
    , m_ruleModel(rules)
    , m_groupModel(groups)
    , m_rules(makeList(rules, {76, 150, 200, 190, 64}, RuleListModel::When, u"rules"_s))
    , m_search(new QLineEdit)
    , m_noMatch(makeLabel(u"muted"_s))
    , m_edit(makeIconButton(u"edit"_s))
    , m_copy(makeIconButton(u"copy"_s))
    , m_up(makeIconButton(u"up"_s))
    , m_down(makeIconButton(u"down"_s))
    , m_remove(makeIconButton(u"remove"_s))
    , m_count(makeLabel(u"heading"_s))
    , m_groupTitle(makeLabel(u"heading"_s))
    , m_groupHint(makeText(u"muted"_s))
    , m_groups(makeList(groups, {160, 220, 200}, GroupListModel::Members, u"rule-groups"_s))
    , m_editGroup(makeIconButton(u"edit"_s))
    , m_removeGroup(makeIconButton(u"remove"_s))
    , m_addGroup(makeButton(u"add"_s))
{
    layOut();
    addKeys();
    const auto onCurrent = [this](const std::function<void(int)>& act) {
        return [this, act] {
            if (currentRow() >= 0 && m_isEditable) {
                act(currentRow());
            }
        };
    };
    connect(m_edit, &QToolButton::clicked, this, onCurrent([this](int row) { Q_EMIT editWanted(row); }));
    connect(m_copy, &QToolButton::clicked, this, onCurrent([this](int row) { Q_EMIT copyWanted(row); }));
    connect(m_remove, &QToolButton::clicked, this, onCurrent([this](int row) { Q_EMIT removeWanted(row); }));
    connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(1); });
    connect(m_rules, &QTreeView::activated, this, [this](const QModelIndex& index) { Q_EMIT editWanted(index.row()); });
    connect(m_groups, &QTreeView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT editGroupWanted(index.row()); });
    connect(m_addGroup, &QPushButton::clicked, this, &RuleListView::addGroupWanted);
    connect(
        m_editGroup, &QToolButton::clicked, this, [this] { Q_EMIT editGroupWanted(m_groups->currentIndex().row()); });
    connect(m_removeGroup, &QToolButton::clicked, this,
        [this] { Q_EMIT removeGroupWanted(m_groups->currentIndex().row()); });
    connect(m_search, &QLineEdit::textChanged, this, &RuleListView::showMatches);
    connect(&m_ruleModel, &QAbstractItemModel::modelReset, this, &RuleListView::showMatches);
    connect(&m_ruleModel, &QAbstractItemModel::dataChanged, this, &RuleListView::showMatches);
    for (auto* view : {m_rules, m_groups}) {
        connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RuleListView::showChoice);
        connect(view->model(), &QAbstractItemModel::modelReset, this, &RuleListView::showChoice);
        connect(view->model(), &QAbstractItemModel::dataChanged, this, &RuleListView::showChoice);
    }
    onLanguage(*this, [this] { retranslate(); });
}

void RuleListView::layOut()
{
    m_rules->setDragDropMode(QAbstractItemView::InternalMove);
    m_rules->setDropIndicatorShown(true);
    m_groups->setFixedHeight(kGroupsHeight);
    m_search->setProperty("search", true);
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(kSearchWidth);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::kUnit);
    head->addWidget(m_count, 1);
    head->addWidget(m_search);
    for (auto* button : {m_up, m_down, m_edit, m_copy, m_remove}) {
        head->addWidget(button);
    }
    auto* groupHead = new QHBoxLayout;
    groupHead->setSpacing(metrics::kUnit);
    groupHead->addWidget(m_groupTitle, 1);
    groupHead->addWidget(m_editGroup);
    groupHead->addWidget(m_removeGroup);
    groupHead->addWidget(m_addGroup);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    column->setSpacing(2 * metrics::kUnit);
    column->addLayout(head);
    column->addWidget(m_rules, 1);
    column->addWidget(m_noMatch);
    column->addSpacing(metrics::kUnit);
    column->addLayout(groupHead);
    column->addWidget(m_groupHint);
    column->addWidget(m_groups);
}

void RuleListView::addKeys()
{
    const auto add = [this](const QKeySequence& keys, std::function<void()> act) {
        auto* shortcut = new QShortcut(keys, m_rules, nullptr, nullptr, Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, std::move(act));
    };
    add(Qt::ALT | Qt::Key_Up, [this] { move(-1); });
    add(Qt::ALT | Qt::Key_Down, [this] { move(1); });
    add(Qt::Key_Delete, [this] { m_remove->click(); });
}

void RuleListView::retranslate()
{
    setIconText(*m_edit, tr("Edit the selected rule"));
    setIconText(*m_copy, tr("Duplicate the selected rule"));
    setIconText(*m_up, tr("Move the selected rule up"));
    setIconText(*m_down, tr("Move the selected rule down"));
    setIconText(*m_remove, tr("Remove the selected rule"));
    m_rules->setAccessibleName(tr("Rules in their order"));
    m_search->setPlaceholderText(tr("Search rules"));
    m_search->setAccessibleName(tr("Search rules"));
    m_noMatch->setText(tr("No rule matches. Change the words, or look at all rules."));
    m_groupTitle->setText(tr("Groups"));
    m_groupHint->setText(tr(
        "A group stands for several destinations: a backup while the first cannot be reached, or studies shared out."));
    m_groups->setAccessibleName(tr("Groups of destinations"));
    setIconText(*m_editGroup, tr("Edit the selected group"));
    setIconText(*m_removeGroup, tr("Remove the selected group"));
    m_addGroup->setText(tr("Add group"));
    m_ruleModel.retranslate();
    m_groupModel.retranslate();
    showMatches();
    showChoice();
}

int RuleListView::currentRow() const
{
    const auto rows = m_rules->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

void RuleListView::selectRow(int row)
{
    m_rules->setCurrentIndex(m_ruleModel.index(std::clamp(row, 0, m_ruleModel.rowCount() - 1), 0));
}

void RuleListView::setEditable(bool isEditable)
{
    m_isEditable = isEditable;
    showChoice();
}

void RuleListView::showChoice()
{
    const int row = currentRow();
    const bool isChosen = row >= 0 && m_isEditable;
    for (auto* button : {m_edit, m_copy, m_remove}) {
        button->setEnabled(isChosen);
    }
    // Where a rule would go between those that are not on show, nobody can see.
    m_up->setEnabled(isChosen && row > 0 && !isFiltered());
    m_down->setEnabled(isChosen && row + 1 < m_ruleModel.rowCount() && !isFiltered());
    const bool isGroupChosen = m_groups->selectionModel()->hasSelection() && m_isEditable;
    m_editGroup->setEnabled(isGroupChosen);
    m_removeGroup->setEnabled(isGroupChosen);
    m_addGroup->setEnabled(m_isEditable);
    const bool hasGroups = m_groupModel.rowCount() > 0;
    m_groups->setVisible(hasGroups);
    m_editGroup->setVisible(hasGroups);
    m_removeGroup->setVisible(hasGroups);
    m_groupHint->setVisible(!hasGroups);
    m_count->setText(tr("%n rule(s), looked at from the top", nullptr, m_ruleModel.rowCount()));
}

bool RuleListView::isFiltered() const
{
    return !m_search->text().trimmed().isEmpty();
}

/// Each word in the name, the conditions or the actions, as they are shown.
bool RuleListView::isMatch(int row) const
{
    QStringList texts;
    for (int column = RuleListModel::Name; column < RuleListModel::ColumnCount; ++column) {
        texts.append(m_ruleModel.index(row, column).data().toString());
    }
    const auto all = texts.join(u'\n');
    const auto words = m_search->text().simplified().split(u' ', Qt::SkipEmptyParts);
    return std::all_of(
        words.begin(), words.end(), [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

/// What is not on show is not chosen, so that nothing unseen is changed.
void RuleListView::showMatches()
{
    bool isAny = false;
    for (int row = 0; row < m_ruleModel.rowCount(); ++row) {
        const bool isShown = isMatch(row);
        m_rules->setRowHidden(row, {}, !isShown);
        isAny = isAny || isShown;
        if (!isShown && row == currentRow()) {
            m_rules->setCurrentIndex({});
        }
    }
    m_noMatch->setVisible(!isAny && isFiltered());
    m_rules->setDragEnabled(!isFiltered());
    showChoice();
}

void RuleListView::move(int by)
{
    const int from = currentRow();
    const int to = from + by;
    if (from >= 0 && to >= 0 && to < m_ruleModel.rowCount() && m_isEditable && !isFiltered()) {
        Q_EMIT moveWanted(from, to);
    }
}

} // namespace radpost::ui
