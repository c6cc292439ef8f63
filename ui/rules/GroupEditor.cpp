#include "ui/rules/GroupEditor.h"

#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/forms/UnsavedQuestion.h"
#include "ui/rules/LabelledField.h"
#include "ui/rules/RuleWords.h"

#include "app/common/Format.h"

#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kListHeight = 200;

} // namespace

GroupEditor::GroupEditor(
    const config::DestinationGroup& initial, QStringList destinations, QStringList otherGroups, QWidget* parent)
    : QWidget(parent)
    , m_initial(initial)
    , m_destinations(std::move(destinations))
    , m_otherGroups(std::move(otherGroups))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_name(new QLineEdit(initial.name))
    , m_nameField(new LabelledField(*m_name))
    , m_kind(new QComboBox)
    , m_kindField(new LabelledField(*m_kind))
    , m_members(new QListWidget)
    , m_membersField(new LabelledField(*m_members))
    , m_up(makeIconButton(u"up"_s))
    , m_down(makeIconButton(u"down"_s))
    , m_back(makeIconButton(u"back"_s))
    , m_cancel(makeButton({}))
    , m_save(makePrimaryButton({}))
{
    layOut();
    fillMembers();
    connect(m_back, &QToolButton::clicked, this, &GroupEditor::leave);
    connect(m_cancel, &QPushButton::clicked, this, &GroupEditor::leave);
    connect(m_save, &QPushButton::clicked, this, &GroupEditor::save);
    connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(1); });
    onLanguage(*this, [this] { retranslate(); });
}

void GroupEditor::layOut()
{
    m_header->addLeading(m_back);
    m_header->addAction(m_cancel);
    m_header->addAction(m_save);
    m_members->setFixedHeight(kListHeight);
    auto* buttons = new QVBoxLayout;
    buttons->addSpacing(6 * metrics::kUnit);
    buttons->addWidget(m_up);
    buttons->addWidget(m_down);
    buttons->addStretch();
    auto* list = new QHBoxLayout;
    list->addWidget(m_membersField, 1);
    list->addLayout(buttons);
    auto* card = makeFrame(u"card"_s);
    card->setMaximumWidth(metrics::kMeasure);
    auto* column = makeCardColumn(*card, 3 * metrics::kUnit);
    column->addWidget(m_nameField);
    column->addWidget(m_kindField);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &GroupEditor::showKind);
    column->addLayout(list);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(4 * metrics::kUnit);
    all->addWidget(m_header);
    all->addWidget(m_problems);
    all->addWidget(card);
    all->addStretch();
}

// Members first, in their order.
void GroupEditor::fillMembers()
{
    QStringList names = m_initial.members;
    for (const auto& name : std::as_const(m_destinations)) {
        if (!names.contains(name, Qt::CaseInsensitive)) {
            names.append(name);
        }
    }
    for (const auto& name : names) {
        auto* item = new QListWidgetItem(name, m_members);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(m_initial.members.contains(name, Qt::CaseInsensitive) ? Qt::Checked : Qt::Unchecked);
    }
}

config::DestinationGroup GroupEditor::group() const
{
    config::DestinationGroup group{m_name->text().trimmed(), m_initial.kind, {}};
    group.kind = m_kind->currentIndex() == 1 ? config::GroupKind::Balance : config::GroupKind::Failover;
    for (int row = 0; row < m_members->count(); ++row) {
        if (m_members->item(row)->checkState() == Qt::Checked) {
            group.members.append(m_members->item(row)->text());
        }
    }
    return group;
}

void GroupEditor::move(int by)
{
    const int from = m_members->currentRow();
    const int to = from + by;
    if (from >= 0 && to >= 0 && to < m_members->count()) {
        m_members->insertItem(to, m_members->takeItem(from));
        m_members->setCurrentRow(to);
    }
}

void GroupEditor::save()
{
    const auto wanted = group();
    const auto wrong = judgeGroup(wanted, m_destinations, m_otherGroups);
    const bool isOfMembers = wrong && wrong->key == u"group.members";
    const QString text = wrong ? problemWords({{}, 0, false, *wrong}) : QString();
    m_nameField->setProblem(isOfMembers ? QString() : text);
    m_membersField->setProblem(wrong && wrong->fault == config::RuleFault::EmptyGroup
            ? tr("Tick one destination at least.")
            : isOfMembers ? text
                          : QString());
    if (!wrong) {
        Q_EMIT saveAsked(wanted);
    } else if (isOfMembers) {
        m_members->setFocus();
    } else {
        m_name->setFocus();
    }
}

void GroupEditor::leave()
{
    UnsavedQuestion::leave(group() != m_initial, *m_problems, [this] { Q_EMIT left(); });
}

void GroupEditor::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        leave();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        save();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void GroupEditor::retranslate()
{
    m_header->setTitle(
        m_initial.name.isEmpty() ? tr("Add a group") : tr("Edit %1").arg(app::printable(m_initial.name)));
    setIconText(*m_back, tr("Back to the rules"));
    m_cancel->setText(tr("Cancel"));
    m_save->setText(m_initial.name.isEmpty() ? tr("Add group") : tr("Save changes"));
    m_nameField->setTexts(tr("Name"));
    m_membersField->setTexts(tr("Members"), tr("In this order."));
    setIconText(*m_up, tr("Earlier"));
    setIconText(*m_down, tr("Later"));
    const int kind = m_kind->count() > 0 ? m_kind->currentIndex() : static_cast<int>(m_initial.kind);
    m_kind->clear();
    m_kind->addItems({groupKindWord(config::GroupKind::Failover), groupKindWord(config::GroupKind::Balance)});
    m_kind->setCurrentIndex(kind);
    showKind();
}

void GroupEditor::showKind()
{
    const bool isShared = m_kind->currentIndex() == static_cast<int>(config::GroupKind::Balance);
    m_kindField->setTexts(tr("Who gets it"),
        isShared ? tr("A study that is shared out stays together as long as its member can be reached.") : QString());
}

} // namespace radpost::ui
