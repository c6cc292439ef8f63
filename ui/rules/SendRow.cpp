#include "ui/rules/SendRow.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include "app/common/RuleText.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

using config::Priority;
constexpr std::array kPriorities{Priority::Urgent, Priority::High, Priority::Normal, Priority::Low};
constexpr int kSmallestTarget = 160;
constexpr int kSmallestField = 96;

} // namespace

SendRow::SendRow(const DraftSend& send, const QStringList& destinations, const QStringList& groups, QWidget* parent)
    : QWidget(parent)
    , m_target(new QComboBox)
    , m_priority(new QComboBox)
    , m_delay(new QLineEdit(send.delay))
    , m_hours(new QLineEdit(send.hours))
    , m_onlyMissing(new QCheckBox)
    , m_remove(makeIconButton(u"close"_s))
    , m_problem(makeText(u"problem"_s))
    , m_groupsFrom(static_cast<int>(destinations.size()))
{
    for (const auto& name : destinations + groups) {
        m_target->addItem(name, name);
    }
    if (!send.to.isEmpty() && m_target->findData(send.to) < 0) {
        m_target->addItem(send.to, send.to); // gone meanwhile; the parser says so
    }
    m_target->setCurrentIndex(m_target->findData(send.to));
    for (const auto priority : kPriorities) {
        m_priority->addItem({}, static_cast<int>(priority));
    }
    m_priority->setCurrentIndex(m_priority->findData(static_cast<int>(send.priority)));
    m_onlyMissing->setChecked(send.onlyMissing);
    layOut();
    m_problem->hide();
    onLanguage(*this, [this] { retranslate(); });
    for (auto* box : {m_target, m_priority}) {
        connect(box, &QComboBox::currentIndexChanged, this, &SendRow::changed);
    }
    for (auto* field : {m_delay, m_hours}) {
        connect(field, &QLineEdit::textChanged, this, &SendRow::changed);
    }
    connect(m_onlyMissing, &QCheckBox::toggled, this, &SendRow::changed);
    connect(m_remove, &QToolButton::clicked, this, &SendRow::removeAsked);
}

void SendRow::layOut()
{
    m_target->setMinimumWidth(kSmallestTarget);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(2 * metrics::kUnit);
    fields->addWidget(m_target, 2);
    fields->addWidget(m_priority);
    fields->addWidget(m_remove);
    auto* times = new QHBoxLayout;
    times->setSpacing(2 * metrics::kUnit);
    times->addWidget(m_delay, 1);
    times->addWidget(m_hours, 1);
    times->addSpacing(m_remove->sizeHint().width());
    for (auto* field : {m_delay, m_hours}) {
        field->setMinimumWidth(kSmallestField);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kUnit);
    column->addLayout(fields);
    column->addLayout(times);
    column->addWidget(m_onlyMissing);
    column->addWidget(m_problem);
    setFocusProxy(m_target);
}

void SendRow::retranslate()
{
    m_target->setPlaceholderText(tr("Destination or group"));
    m_target->setAccessibleName(tr("Destination or group"));
    for (int i = m_groupsFrom; i < m_target->count(); ++i) {
        m_target->setItemData(i, tr("Group"), Qt::ToolTipRole);
    }
    for (int i = 0; i < m_priority->count(); ++i) {
        const auto priority = static_cast<Priority>(m_priority->itemData(i).toInt());
        m_priority->setItemText(i, tr("Priority: %1").arg(app::priorityText(priority)));
    }
    m_priority->setAccessibleName(tr("Priority"));
    m_delay->setPlaceholderText(tr("Delay, e.g. 10min"));
    m_delay->setAccessibleName(tr("Delay"));
    m_hours->setPlaceholderText(tr("Hours, e.g. 22:00-06:00"));
    m_hours->setAccessibleName(tr("Hours in which it is sent"));
    m_onlyMissing->setText(tr("Only what is not there yet"));
    m_onlyMissing->setToolTip(
        tr("The destination is asked first; what it has is not sent again. When it cannot be asked, "
           "everything is sent."));
    setIconText(*m_remove, tr("Do not send it there"));
}

DraftSend SendRow::send() const
{
    return {m_target->currentData().toString(), m_delay->text(), m_hours->text(),
        static_cast<Priority>(m_priority->currentData().toInt()), m_onlyMissing->isChecked()};
}

void SendRow::setProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

QString SendRow::problem() const
{
    return m_problem->text();
}

} // namespace radpost::ui
