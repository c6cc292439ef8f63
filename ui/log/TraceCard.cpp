#include "ui/log/TraceCard.h"

#include "core/observe/Journal.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/log/LogEvents.h"

#include "app/common/Format.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr auto kLook = 500ms;

} // namespace

TraceCard::TraceCard(std::shared_ptr<engine::Traces> traces, observe::Journal& journal, QWidget* parent)
    : QFrame(parent)
    , m_traces(std::move(traces))
    , m_journal(journal)
    , m_title(makeLabel(u"heading"_s))
    , m_text(makeText(u"muted"_s))
    , m_choice(new QComboBox)
    , m_button(makeButton({}))
    , m_state(makeText({}))
{
    layOut();
    m_timer.setInterval(kLook);
    connect(&m_timer, &QTimer::timeout, this, &TraceCard::refresh);
    connect(m_button, &QPushButton::clicked, this, [this] { isOn() ? end() : begin(); });
    onLanguage(*this, [this] { retranslate(); });
}

void TraceCard::layOut()
{
    setProperty("role", u"card"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit);
    column->setSpacing(2 * metrics::kUnit);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addWidget(m_choice);
    column->addWidget(m_button, 0, Qt::AlignLeft);
    column->addWidget(m_state);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
}

void TraceCard::retranslate()
{
    m_title->setText(tr("Trace a destination"));
    m_text->setText(
        tr("Records what is agreed and said on its associations, PDU by PDU: by jobs, checks and tests. Data "
           "sets are told by their length, and passcodes never."));
    m_choice->setAccessibleName(tr("Destination to trace"));
    refresh();
}

void TraceCard::setDestinations(const QStringList& names)
{
    QStringList shown;
    for (int i = 0; i < m_choice->count(); ++i) {
        shown.append(m_choice->itemText(i));
    }
    if (shown == names) {
        return;
    }
    const auto current = m_choice->currentText();
    m_choice->clear();
    m_choice->addItems(names);
    m_choice->setCurrentIndex(std::max(m_choice->findText(current), names.isEmpty() ? -1 : 0));
    refresh();
}

void TraceCard::begin(const net::TraceLimits& limits)
{
    if (m_choice->currentText().isEmpty()) {
        return;
    }
    end();
    m_traced = m_choice->currentText();
    m_log = m_traces->log(m_traced);
    m_log->begin(limits);
    m_isTold = false;
    auto entry = plainEntry(observe::LogEvent::TraceBegun, observe::LogLevel::Info, u"a trace of %1 began"_s);
    entry.facts = {{m_traced}};
    entry.destination = m_traced;
    m_journal.add(entry);
    m_timer.start();
    refresh();
    Q_EMIT begun();
}

void TraceCard::end()
{
    if (m_log) {
        m_log->end();
        refresh();
    }
}

void TraceCard::tellEnd()
{
    if (std::exchange(m_isTold, true)) {
        return;
    }
    const auto standing = m_log->standing();
    auto entry = plainEntry(observe::LogEvent::TraceEnded, observe::LogLevel::Info, u"a trace of %1 ended, %2 PDUs"_s);
    entry.facts = {{m_traced}, {QString::number(standing.next - standing.first)}};
    entry.destination = m_traced;
    m_journal.add(entry);
}

QString TraceCard::wordsOf(const net::TraceLog::Standing& standing) const
{
    const auto count = tr("%n record(s)", nullptr, static_cast<int>(standing.next - standing.first));
    switch (standing.state) {
    case net::TraceLog::State::Never:
        return {};
    case net::TraceLog::State::On: {
        const auto left = std::chrono::ceil<std::chrono::seconds>(standing.left);
        return tr("Recording %1: %2, %3 left").arg(m_traced, count, app::durationText(left));
    }
    case net::TraceLog::State::Ended:
        return tr("Ended for %1: %2").arg(m_traced, count);
    case net::TraceLog::State::TimeUp:
        return tr("The time for %1 is up: %2").arg(m_traced, count);
    case net::TraceLog::State::TooLong:
        return tr("The trace of %1 is full and was ended: %2").arg(m_traced, count);
    }
    return {};
}

void TraceCard::refresh()
{
    const auto standing = m_log ? m_log->standing() : net::TraceLog::Standing();
    const bool isRunning = standing.state == net::TraceLog::State::On;
    m_state->setText(m_choice->count() == 0 && !m_log ? tr("There is no destination yet.") : wordsOf(standing));
    m_state->setVisible(!m_state->text().isEmpty());
    m_button->setText(isRunning ? tr("Stop tracing") : tr("Trace for 10 minutes"));
    m_button->setEnabled(isRunning || m_choice->count() > 0);
    m_choice->setEnabled(!isRunning && m_choice->count() > 0);
    if (m_log && !isRunning) {
        m_timer.stop();
        tellEnd();
    }
}

QString TraceCard::stateText() const
{
    return m_state->text();
}

} // namespace radpost::ui
