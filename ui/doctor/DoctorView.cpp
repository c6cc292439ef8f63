#include "ui/doctor/DoctorView.h"

#include "ui/common/StatusDot.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/doctor/AdministratorText.h"
#include "ui/doctor/DoctorRun.h"

#include "app/common/DoctorText.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

using net::DoctorStep;
using net::StepState;

constexpr std::array kSteps{DoctorStep::Resolve, DoctorStep::Connect, DoctorStep::Tls, DoctorStep::Association,
    DoctorStep::Echo, DoctorStep::Contexts};
constexpr int kMarkSize = 16;
constexpr int kLineHeight = 20; // the mark stands in the middle of the first line

const net::DoctorFinding* findingOf(const DoctorRun& run, DoctorStep step)
{
    for (const auto& finding : run.findings()) {
        if (finding.step == step) {
            return &finding;
        }
    }
    return nullptr;
}

Status markOf(StepState state)
{
    switch (state) {
    case StepState::Passed:
        return Status::Good;
    case StepState::Warning:
        return Status::Warning;
    case StepState::Failed:
        return Status::Bad;
    case StepState::Skipped:
        break;
    }
    return Status::Unknown;
}

QString wordOf(StepState state)
{
    switch (state) {
    case StepState::Passed:
        return DoctorView::tr("passed");
    case StepState::Warning:
        return DoctorView::tr("with a note");
    case StepState::Failed:
        return DoctorView::tr("failed");
    case StepState::Skipped:
        break;
    }
    return DoctorView::tr("not done");
}

// Findings begin with a small letter, as in a line of the command line; here each is a line of its own.
QString capitalised(QString text)
{
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text;
}

} // namespace

DoctorView::DoctorView(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(3 * metrics::kUnit);
    buildSteps();
    buildOutcome();
    onLanguage(*this, [this] {
        setAccessibleName(tr("Steps of the test"));
        m_copy->setText(tr("Copy for the administrator"));
        m_copied->clear();
        refresh();
    });
}

void DoctorView::buildSteps()
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(3 * metrics::kUnit);
    grid->setVerticalSpacing(metrics::kUnit + 2);
    grid->setColumnStretch(1, 1);
    for (size_t i = 0; i < kSteps.size(); ++i) {
        const StepRow row{makeLabel({}), makeText({}), makeLabel(u"muted"_s)};
        row.mark->setFixedSize(kMarkSize, kLineHeight);
        row.time->setAlignment(Qt::AlignRight | Qt::AlignTop);
        const int line = static_cast<int>(i);
        grid->addWidget(row.mark, line, 0, Qt::AlignTop);
        grid->addWidget(row.text, line, 1);
        grid->addWidget(row.time, line, 2, Qt::AlignTop);
        m_steps.push_back(row);
    }
    m_column->addLayout(grid);
    m_notes = makeText(u"small"_s);
    m_notes->setContentsMargins(kMarkSize + 3 * metrics::kUnit, 0, 0, 0);
    m_column->addWidget(m_notes);
}

void DoctorView::buildOutcome()
{
    m_outcome = makeFrame(u"banner-bad"_s);
    m_heading = makeText(u"strong"_s);
    m_meaning = makeText({});
    m_advice = makeText({});
    m_code = makeText(u"small"_s);
    m_copy = makeButton(u"copy"_s);
    m_copied = makeLabel(u"good"_s);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(3 * metrics::kUnit);
    actions->addWidget(m_copy);
    actions->addWidget(m_copied);
    actions->addStretch();
    auto* column = new QVBoxLayout(m_outcome);
    column->setContentsMargins(3 * metrics::kUnit, 3 * metrics::kUnit, 3 * metrics::kUnit, 3 * metrics::kUnit);
    column->setSpacing(metrics::kUnit);
    for (auto* label : {m_heading, m_meaning, m_advice, m_code}) {
        column->addWidget(label);
    }
    column->addSpacing(metrics::kUnit);
    column->addLayout(actions);
    m_column->addWidget(m_outcome);
    connect(m_copy, &QPushButton::clicked, this, &DoctorView::copy);
}

void DoctorView::setRun(DoctorRun* run)
{
    if (m_run == run) {
        refresh();
        return;
    }
    if (m_run) {
        disconnect(m_run, nullptr, this, nullptr);
    }
    m_run = run;
    m_copied->clear();
    if (run != nullptr) {
        connect(run, &DoctorRun::changed, this, &DoctorView::refresh);
    }
    refresh();
}

void DoctorView::refresh()
{
    if (m_run) {
        showSteps();
        showNotes();
        showOutcome();
    }
}

void DoctorView::showSteps()
{
    const auto done = m_run->findings().size();
    for (size_t i = 0; i < kSteps.size(); ++i) {
        const auto* finding = findingOf(*m_run, kSteps[i]);
        const bool isNext = finding == nullptr && i == done && m_run->state() == DoctorRun::State::Running;
        const auto& row = m_steps[i];
        const auto mark = finding != nullptr ? markOf(finding->state) : isNext ? Status::Busy : Status::Unknown;
        row.mark->setPixmap(statusPixmap(mark, kMarkSize, devicePixelRatioF()));
        const bool isDim = finding == nullptr || finding->state == StepState::Skipped;
        setRole(*row.text, isDim ? u"muted"_s : QString());
        const auto text = finding != nullptr ? app::findingText(*finding, m_run->report()) : app::stepName(kSteps[i]);
        row.text->setText(capitalised(text));
        const bool isTimed = finding != nullptr && finding->state != StepState::Skipped;
        row.time->setText(isTimed ? app::millisecondsText(finding->duration) : QString());
        const auto word = finding != nullptr ? wordOf(finding->state) : isNext ? tr("running") : tr("to come");
        row.text->setAccessibleName(app::labelled(word, row.text->text()));
    }
}

void DoctorView::showNotes()
{
    QStringList lines;
    for (const auto& note : app::contextNotes(m_run->report())) {
        lines.append(u"%1 %2"_s.arg(note.isRefused ? u"✖"_s : u"⚠"_s, note.text));
    }
    m_notes->setText(lines.join(u'\n'));
    m_notes->setHidden(lines.isEmpty());
}

void DoctorView::showOutcome()
{
    const auto& error = m_run->error();
    const bool isFailed = m_run->state() == DoctorRun::State::Failed && error.has_value();
    m_outcome->setVisible(isFailed);
    if (!isFailed) {
        return;
    }
    const auto text = app::errorText(*error);
    m_heading->setText(tr("The test failed"));
    m_meaning->setText(tr("What it means: %1").arg(text.happened));
    m_advice->setText(tr("What to do: %1").arg(text.next));
    m_code->setText(u"%1 %2 · %3"_s.arg(errorName(error->code))
                        .arg(static_cast<int>(error->code))
                        .arg(app::printable(error->detail)));
    m_copy->setVisible(m_run->report().firstFailure() != nullptr);
}

void DoctorView::copy()
{
    QGuiApplication::clipboard()->setText(administratorText(*m_run));
    m_copied->setText(tr("Copied, in Chinese and English"));
}

QStringList DoctorView::lines() const
{
    QStringList all;
    for (const auto& row : m_steps) {
        all.append(row.text->text());
    }
    return all + QStringList{m_notes->text(), m_meaning->text(), m_advice->text()};
}

void DoctorView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        refresh();
    }
    QWidget::changeEvent(event);
}

} // namespace radpost::ui
