#include "ui/firststart/FirstStart.h"

#include "ui/common/ConfigStore.h"
#include "ui/common/Icons.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/destinations/DestinationForm.h"
#include "ui/destinations/DestinationTexts.h"
#include "ui/doctor/DoctorRun.h"
#include "ui/doctor/DoctorView.h"
#include "ui/forms/FieldRow.h"
#include "ui/settings/SettingsForm.h"
#include "ui/settings/SettingsTexts.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kColumnWidth = 640;
constexpr int kLogoSize = 40;
constexpr int kStepCount = 3;
const QString kLanguage = u"language"_s;
const QString kAeTitle = u"ae_title"_s; // of the settings; the destination's field has the same key, and its own prefix
const QString kDestinationPrefix = u"destination."_s;
const QString kSaveKey = u"save"_s;

QString titleOf(FirstStart::Step step)
{
    switch (step) {
    case FirstStart::Step::Language:
        return FirstStart::tr("Welcome to Radpost");
    case FirstStart::Step::Identity:
        return FirstStart::tr("What is this workstation called?");
    case FirstStart::Step::Destination:
        break;
    }
    return FirstStart::tr("Where should images go?");
}

QString textOf(FirstStart::Step step)
{
    switch (step) {
    case FirstStart::Step::Language:
        return FirstStart::tr(
            "It sends images to a PACS and shows what arrived. Three short questions, then it is ready; "
            "every answer can be changed later.");
    case FirstStart::Step::Identity:
        return FirstStart::tr("DICOM systems know each other by their AE titles. Ask the PACS administrator which one "
                              "this workstation has, or keep this one and tell it to them.");
    case FirstStart::Step::Destination:
        break;
    }
    return FirstStart::tr(
        "Enter what the PACS administrator gave you, and test it before it is saved. No image is sent.");
}

QFrame* makeCard(QVBoxLayout*& column)
{
    auto* card = makeFrame(u"card"_s);
    column = new QVBoxLayout(card);
    column->setContentsMargins(4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit);
    column->setSpacing(4 * metrics::kUnit);
    return card;
}

} // namespace

FirstStart::FirstStart(ConfigStore& config, Background& network, QWidget* parent)
    : QWidget(parent)
    , m_config(config)
    , m_network(network)
    , m_settings(new SettingsForm(config.config().settings, this))
    , m_destination(new DestinationForm({}, config.config().destinations, this))
    , m_progress(makeLabel(u"muted"_s))
    , m_title(makeLabel(u"title"_s))
    , m_text(makeText(u"muted"_s))
    , m_later(makeText(u"small"_s))
    , m_scroll(new QScrollArea)
    , m_doctor(new DoctorView)
    , m_problems(new ProblemList)
    , m_test(makeButton(u"test"_s))
    , m_skip(makePlainButton({}))
    , m_back(makeButton({}))
    , m_next(makePrimaryButton({}))
{
    m_scroll->setWidget(buildColumn());
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_scroll, 1);
    all->addWidget(buildFoot());
    // What most people press comes first after the answer.
    setTabOrder(m_doctor->copyButton(), m_next);
    setTabOrder(m_next, m_back);
    setTabOrder(m_back, m_skip);
    connectAll();
    showStep(Step::Language);
    onLanguage(*this, [this] { retranslate(); });
}

FirstStart::~FirstStart() = default;

QWidget* FirstStart::buildColumn()
{
    auto* sign = new QLabel;
    sign->setPixmap(logo().pixmap(kLogoSize, kLogoSize));
    auto* content = new QWidget;
    content->setProperty("role", u"content"_s);
    auto* sides = new QHBoxLayout(content);
    sides->setContentsMargins(0, 0, 0, 0);
    auto* body = new QWidget;
    body->setFixedWidth(kColumnWidth);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 2 * metrics::kPageMargin, 0, metrics::kPageMargin);
    column->setSpacing(2 * metrics::kUnit);
    for (auto* widget : std::initializer_list<QWidget*>{sign, m_progress, m_title, m_text}) {
        column->addWidget(widget);
    }
    column->insertSpacing(1, 2 * metrics::kUnit);
    column->addSpacing(2 * metrics::kUnit);
    m_cards = {buildQuestion(kLanguage), buildQuestion(kAeTitle), buildDestination()};
    for (auto* card : m_cards) {
        column->addWidget(card);
    }
    column->addStretch();
    sides->addStretch();
    sides->addWidget(body);
    sides->addStretch();
    return content;
}

QWidget* FirstStart::buildQuestion(const QString& key)
{
    QVBoxLayout* column = nullptr;
    auto* card = makeCard(column);
    auto* row = new FieldRow(*m_settings, key, [key] { return settingsFieldTexts(key); });
    m_rows.insert(key, row);
    column->addWidget(row);
    return card;
}

QWidget* FirstStart::buildDestination()
{
    QVBoxLayout* column = nullptr;
    auto* card = makeCard(column);
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(4 * metrics::kUnit);
    fields->setVerticalSpacing(3 * metrics::kUnit);
    fields->addWidget(makeDestinationRow(u"name"_s), 0, 0, Qt::AlignTop);
    fields->addWidget(makeDestinationRow(kAeTitle), 0, 1, Qt::AlignTop);
    fields->addWidget(makeDestinationRow(u"host"_s), 1, 0, Qt::AlignTop);
    fields->addWidget(makeDestinationRow(u"port"_s), 1, 1, Qt::AlignTop);
    fields->setColumnStretch(0, 1);
    fields->setColumnStretch(1, 1);
    column->addLayout(fields);
    column->addWidget(m_later);
    column->addWidget(m_test, 0, Qt::AlignLeft);
    column->addWidget(m_doctor);
    m_doctor->hide();
    return card;
}

FieldRow* FirstStart::makeDestinationRow(const QString& key)
{
    auto* row = new FieldRow(*m_destination, key, [key] { return destinationFieldTexts(key); });
    m_rows.insert(kDestinationPrefix + key, row);
    return row;
}

// Always in sight, however long the outcome of a test is.
QWidget* FirstStart::buildFoot()
{
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2 * metrics::kUnit);
    buttons->addWidget(m_skip);
    buttons->addStretch();
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto* body = new QWidget;
    body->setFixedWidth(kColumnWidth);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 3 * metrics::kUnit, 0, 3 * metrics::kUnit);
    column->setSpacing(3 * metrics::kUnit);
    column->addWidget(m_problems);
    column->addLayout(buttons);
    auto* foot = makeFrame(u"strip"_s);
    auto* sides = new QHBoxLayout(foot);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->addStretch();
    sides->addWidget(body);
    sides->addStretch();
    return foot;
}

void FirstStart::connectAll()
{
    connect(m_rows[kLanguage], &FieldRow::committed, this, [this] {
        m_language = m_settings->settings().language;
        Q_EMIT languageChosen(*m_language);
    });
    connect(m_next, &QPushButton::clicked, this, &FirstStart::next);
    connect(m_back, &QPushButton::clicked, this, &FirstStart::back);
    connect(m_skip, &QPushButton::clicked, this, [this] { save({}); });
    connect(m_test, &QPushButton::clicked, this, &FirstStart::testOrCancel);
}

void FirstStart::retranslate()
{
    m_back->setText(tr("Back"));
    m_later->setText(tr("Encryption (TLS), user identity and limits are set later, under Destinations."));
    showTestButton();
    const bool isLast = m_step == Step::Destination;
    m_progress->setText(tr("Question %1 of %2").arg(static_cast<int>(m_step) + 1).arg(kStepCount));
    m_title->setText(titleOf(m_step));
    m_text->setText(textOf(m_step));
    m_next->setText(isLast ? tr("Add destination and begin") : tr("Next"));
    m_skip->setText(isLast ? tr("Begin without a destination") : tr("Skip the questions"));
    setAccessibleName(m_title->text());
    setAccessibleDescription(m_text->text());
}

void FirstStart::showStep(Step step)
{
    m_step = step;
    for (size_t i = 0; i < m_cards.size(); ++i) {
        m_cards[i]->setVisible(i == static_cast<size_t>(step));
    }
    m_back->setVisible(step != Step::Language);
    m_problems->remove(kSaveKey);
    retranslate();
    focusQuestion();
}

void FirstStart::focusQuestion()
{
    static const std::array kFirstFields{kLanguage, kAeTitle, QString(kDestinationPrefix + u"name"_s)};
    m_rows[kFirstFields.at(static_cast<size_t>(m_step))]->setFocus(Qt::OtherFocusReason);
}

void FirstStart::next()
{
    if (m_step == Step::Language) {
        showStep(Step::Identity);
    } else if (m_step == Step::Destination) {
        if (const auto destination = checkedDestination()) {
            save(destination);
        }
    } else if (m_settings->problem(kAeTitle).isEmpty()) {
        m_aeTitle = m_settings->settings().aeTitle;
        showStep(Step::Destination);
    } else {
        focusQuestion();
    }
}

void FirstStart::back()
{
    if (m_step != Step::Language) {
        dropTest(); // it was made under the AE title that may change now
        showStep(m_step == Step::Destination ? Step::Identity : Step::Language);
    }
}

// Focuses the first field with a problem; every field that can have one is shown.
std::optional<config::Destination> FirstStart::checkedDestination()
{
    const auto key = m_destination->touchAll();
    if (key.isEmpty()) {
        return m_destination->destination();
    }
    m_rows[kDestinationPrefix + key]->setFocus(Qt::OtherFocusReason);
    return std::nullopt;
}

void FirstStart::showTestButton()
{
    const bool isRunning = m_run && !m_run->isOver();
    m_test->setText(isRunning ? tr("Cancel the test") : tr("Test (C-ECHO)"));
    m_test->setIcon(icon(isRunning ? u"stop"_s : u"test"_s));
}

void FirstStart::testOrCancel()
{
    if (m_run && !m_run->isOver()) {
        m_run->cancel();
        return;
    }
    const auto destination = checkedDestination();
    if (!destination) {
        return;
    }
    m_run =
        std::make_unique<DoctorRun>(m_network, *destination, m_aeTitle.value_or(m_config.config().settings.aeTitle));
    m_doctor->setRun(m_run.get());
    m_doctor->show();
    connect(m_run.get(), &DoctorRun::changed, this, &FirstStart::showTestButton);
    // Queued: the view has its new height by then.
    const auto showOutcome = [this] { m_scroll->ensureWidgetVisible(m_doctor, 0, metrics::kPageMargin); };
    connect(m_run.get(), &DoctorRun::finished, this, showOutcome, Qt::QueuedConnection);
    showTestButton();
}

void FirstStart::dropTest()
{
    m_doctor->hide();
    m_doctor->setRun(nullptr);
    m_run.reset();
    showTestButton();
}

void FirstStart::save(const std::optional<config::Destination>& destination)
{
    setEnabled(false); // once is enough
    auto settings = m_config.config().settings;
    settings.language = m_language.value_or(settings.language);
    settings.aeTitle = m_aeTitle.value_or(settings.aeTitle);
    m_config.changeSettings(settings, this, [this, destination](const Result<>& outcome) {
        if (outcome && destination) {
            m_config.add(*destination, this, [this](const Result<>& added) { takeOutcome(added); });
        } else {
            takeOutcome(outcome);
        }
    });
}

void FirstStart::takeOutcome(const Result<>& outcome)
{
    if (outcome) {
        Q_EMIT finished();
        return;
    }
    setEnabled(true);
    auto notice = errorNotice(outcome.error(), [] { return tr("The answers were not saved."); });
    notice.actions = {{[] { return tr("Go on without saving"); }, [this] { Q_EMIT finished(); }}};
    m_problems->show(kSaveKey, std::move(notice));
    m_next->setFocus(Qt::OtherFocusReason);
}

void FirstStart::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QWidget::keyPressEvent(event);
    } else if (auto* button = qobject_cast<QPushButton*>(focusWidget())) {
        button->click();
    } else {
        next();
    }
}

} // namespace radpost::ui
