#include "ui/destinations/DestinationEditor.h"

#include "ui/common/Icons.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/destinations/DestinationForm.h"
#include "ui/destinations/DestinationTexts.h"
#include "ui/doctor/DoctorRun.h"
#include "ui/doctor/DoctorView.h"
#include "ui/forms/FoldSection.h"
#include "ui/forms/UnsavedQuestion.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

using Section = DestinationSection;
constexpr std::array kFolded{Section::Security, Section::Identity, Section::Transfer, Section::Patience};

QFrame* makeCard(QVBoxLayout*& column)
{
    auto* card = makeFrame(u"card"_s);
    column = new QVBoxLayout(card);
    column->setContentsMargins(4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit);
    column->setSpacing(3 * metrics::kUnit);
    return card;
}

} // namespace

DestinationEditor::DestinationEditor(const config::Destination& initial, std::vector<config::Destination> others,
    AeTitle callingAeTitle, Background& network, Purpose purpose, QWidget* parent)
    : QWidget(parent)
    , m_purpose(purpose)
    , m_initialName(initial.name)
    , m_callingAeTitle(std::move(callingAeTitle))
    , m_network(network)
    , m_form(new DestinationForm(initial, std::move(others), this))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_scroll(new QScrollArea)
    , m_doctor(new DoctorView)
    , m_back(makeIconButton(u"back"_s))
    , m_addressTitle(makeLabel(u"heading"_s))
    , m_testTitle(makeLabel(u"heading"_s))
    , m_testText(makeText(u"muted"_s))
    , m_test(makeButton(u"test"_s))
    , m_save(makePrimaryButton({}))
    , m_cancel(makeButton({}))
{
    layOut();
    connect(m_back, &QToolButton::clicked, this, &DestinationEditor::leave);
    connect(m_cancel, &QPushButton::clicked, this, &DestinationEditor::leave);
    connect(m_save, &QPushButton::clicked, this, &DestinationEditor::save);
    connect(m_test, &QPushButton::clicked, this, &DestinationEditor::testOrCancel);
    connect(m_form, &FieldForm::judged, this, &DestinationEditor::showRelevant);
    m_doctor->hide();
    showRelevant();
    onLanguage(*this, [this] { retranslate(); });
}

DestinationEditor::~DestinationEditor() = default;

void DestinationEditor::layOut()
{
    m_header->addLeading(m_back);
    m_header->addAction(m_cancel);
    m_header->addAction(m_save);
    auto* content = new QWidget;
    content->setProperty("role", u"content"_s);
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    columns->setSpacing(4 * metrics::kUnit);
    columns->addWidget(buildFields(), 3, Qt::AlignTop);
    columns->addWidget(buildTest(), 2, Qt::AlignTop);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(4 * metrics::kUnit);
    all->addWidget(m_header);
    all->addWidget(m_problems);
    all->addWidget(m_scroll, 1);
    // First what is filled in, then what is done with it, although the buttons stand above.
    setTabOrder(m_test, m_doctor->copyButton());
    setTabOrder(m_doctor->copyButton(), m_cancel);
    setTabOrder(m_cancel, m_save);
}

QWidget* DestinationEditor::buildFields()
{
    QVBoxLayout* column = nullptr;
    auto* card = makeCard(column);
    column->addWidget(m_addressTitle);
    const auto makeRow = [this](const QString& key) {
        auto* row = new FieldRow(*m_form, key, [key] { return destinationFieldTexts(key); });
        m_rows.insert(key, row);
        return row;
    };
    for (const auto& key : sectionKeys(Section::Address)) {
        column->addWidget(makeRow(key));
    }
    for (const auto section : kFolded) {
        column->addWidget(makeFrame(u"line"_s));
        auto* fold = new FoldSection;
        for (const auto& key : sectionKeys(section)) {
            fold->add(makeRow(key));
        }
        m_sections.append(fold);
        column->addWidget(fold);
    }
    return card;
}

QWidget* DestinationEditor::buildTest()
{
    QVBoxLayout* column = nullptr;
    auto* card = makeCard(column);
    column->addWidget(m_testTitle);
    column->addWidget(m_testText);
    column->addWidget(m_test, 0, Qt::AlignLeft);
    column->addWidget(m_doctor);
    return card;
}

void DestinationEditor::retranslate()
{
    const bool isNew = m_purpose == Purpose::Add;
    m_header->setTitle(isNew ? tr("Add a destination") : tr("Edit %1").arg(m_initialName));
    m_addressTitle->setText(sectionTitle(Section::Address));
    for (qsizetype i = 0; i < m_sections.size(); ++i) {
        m_sections[i]->setTitle(sectionTitle(kFolded[static_cast<size_t>(i)]));
    }
    setIconText(*m_back, tr("Back to the destinations"));
    m_save->setText(isNew ? tr("Add destination") : tr("Save changes"));
    m_cancel->setText(tr("Cancel"));
    m_testTitle->setText(tr("Test"));
    m_testText->setText(tr("Examines what is entered here, before it is saved. No image is sent."));
    showTestButton();
}

void DestinationEditor::showRelevant()
{
    for (auto* row : std::as_const(m_rows)) {
        row->setVisible(m_form->isRelevant(row->key()));
    }
    UnsavedQuestion::withdraw(*m_problems);
}

void DestinationEditor::showTestButton()
{
    const bool isRunning = m_run && !m_run->isOver();
    m_test->setText(isRunning ? tr("Cancel the test") : tr("Test (C-ECHO)"));
    m_test->setIcon(icon(isRunning ? u"stop"_s : u"test"_s));
}

// Unfolds and focuses the first field with a problem.
bool DestinationEditor::checkFields()
{
    const auto key = m_form->touchAll();
    if (key.isEmpty()) {
        return true;
    }
    for (size_t i = 0; i < kFolded.size(); ++i) {
        if (sectionKeys(kFolded[i]).contains(key)) {
            m_sections[static_cast<qsizetype>(i)]->setUnfolded(true);
        }
    }
    auto* row = m_rows.value(key);
    row->setFocus(Qt::OtherFocusReason);
    m_scroll->ensureWidgetVisible(row);
    return false;
}

void DestinationEditor::save()
{
    const auto destination = checkFields() ? m_form->destination() : std::nullopt;
    if (destination) {
        Q_EMIT saveAsked(*destination);
    }
}

void DestinationEditor::testOrCancel()
{
    if (m_run && !m_run->isOver()) {
        m_run->cancel();
        return;
    }
    const auto destination = checkFields() ? m_form->destination() : std::nullopt;
    if (!destination) {
        return;
    }
    m_run = std::make_unique<DoctorRun>(m_network, *destination, m_callingAeTitle, m_traces);
    m_doctor->setRun(m_run.get());
    m_doctor->show();
    connect(m_run.get(), &DoctorRun::changed, this, &DestinationEditor::showTestButton);
    showTestButton();
}

void DestinationEditor::leave()
{
    UnsavedQuestion::leave(m_form->isChanged(), *m_problems, [this] { Q_EMIT left(); });
}

void DestinationEditor::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        leave();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        save();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace radpost::ui
