#include "ui/forms/FieldRow.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/forms/FieldForm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kInputWidth = 360;

bool isFolderKey(const QString& key)
{
    return key.endsWith(u"folder");
}

} // namespace

FieldRow::FieldRow(FieldForm& form, const QString& key, std::function<FieldTexts()> texts, QWidget* parent)
    : QWidget(parent)
    , m_form(form)
    , m_key(key)
    , m_texts(std::move(texts))
    , m_label(makeLabel({}))
    , m_below(makeText(u"small"_s))
{
    setObjectName(key);
    build();
    connect(&form, &FieldForm::textChanged, this, [this](const QString& changed) {
        if (changed == m_key) {
            showText();
        }
    });
    connect(&form, &FieldForm::judged, this, &FieldRow::showJudgement);
    showText();
    onLanguage(*this, [this] { retranslate(); });
}

void FieldRow::build()
{
    const auto expects = m_form.expectation(m_key);
    QWidget* field = nullptr;
    switch (expects.kind) {
    case config::ExpectedKind::Choice:
        field = buildChoice(expects.choices);
        break;
    case config::ExpectedKind::Language:
        field = buildChoice({u"auto"_s, u"en"_s, u"zh_CN"_s});
        break;
    case config::ExpectedKind::Boolean:
        field = buildSwitch();
        break;
    case config::ExpectedKind::Path:
        field = buildPath();
        break;
    default:
        field = buildText();
        break;
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kUnit);
    column->addWidget(m_label);
    column->addWidget(field);
    column->addWidget(m_below);
    m_label->setBuddy(input());
    setFocusProxy(input());
}

QWidget* FieldRow::buildText()
{
    m_line = new QLineEdit;
    m_line->setMaximumWidth(kInputWidth);
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString& text) { m_form.setText(m_key, ofFile(text)); });
    connect(m_line, &QLineEdit::editingFinished, this, &FieldRow::committed);
    return m_line;
}

QWidget* FieldRow::buildPath()
{
    auto* both = new QWidget;
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * metrics::kUnit);
    row->addWidget(buildText(), 1);
    m_line->setMaximumWidth(QWIDGETSIZE_MAX);
    m_browse = makeButton(u"folder"_s);
    row->addWidget(m_browse);
    connect(m_browse, &QPushButton::clicked, this, &FieldRow::browse);
    return both;
}

QWidget* FieldRow::buildChoice(const QStringList& words)
{
    m_choice = new QComboBox;
    m_choice->setMaximumWidth(kInputWidth);
    for (const auto& word : words) {
        m_choice->addItem(word, word);
    }
    connect(m_choice, &QComboBox::activated, this, [this](int index) {
        m_form.setText(m_key, m_choice->itemData(index).toString());
        Q_EMIT committed();
    });
    return m_choice;
}

QWidget* FieldRow::buildSwitch()
{
    m_switch = new QCheckBox;
    connect(m_switch, &QCheckBox::clicked, this, [this](bool isOn) {
        m_form.setText(m_key, isOn ? u"true"_s : u"false"_s);
        Q_EMIT committed();
    });
    m_label->hide();
    return m_switch;
}

QWidget* FieldRow::input() const
{
    return m_line ? static_cast<QWidget*>(m_line) : m_choice ? static_cast<QWidget*>(m_choice) : m_switch;
}

QString FieldRow::problem() const
{
    return m_form.problem(m_key);
}

/// The word that stands for no number in the file, and what the person reads and writes for it; empty: there is none.
FieldRow::Word FieldRow::word() const
{
    switch (m_form.expectation(m_key).kind) {
    case config::ExpectedKind::IntegerOrAuto:
        return {u"auto"_s, tr("auto")};
    case config::ExpectedKind::IntegerOrUnlimited:
    case config::ExpectedKind::Rate:
    case config::ExpectedKind::SizeOrUnlimited:
        return {u"unlimited"_s, tr("unlimited")};
    default:
        return {};
    }
}

QString FieldRow::ofFile(const QString& text) const
{
    const auto now = word();
    const bool isWord = !now.inFile.isEmpty() && text.trimmed().compare(now.here, Qt::CaseInsensitive) == 0;
    return isWord ? now.inFile : text;
}

QString FieldRow::ofPerson(const QString& text) const
{
    const auto now = word();
    return !now.inFile.isEmpty() && text == now.inFile ? now.here : text;
}

void FieldRow::retranslate()
{
    const auto texts = m_texts();
    m_label->setText(texts.label);
    input()->setAccessibleName(texts.label);
    if (m_line) {
        m_line->setText(ofPerson(m_form.text(m_key)));
        m_line->setPlaceholderText(texts.placeholder);
        m_line->setToolTip(texts.placeholder); // long ones are cut
    }
    if (m_switch) {
        m_switch->setText(texts.label);
    }
    if (m_browse) {
        m_browse->setText(tr("Browse…"));
        m_browse->setAccessibleName(tr("Browse for: %1").arg(texts.label));
    }
    for (int i = 0; m_choice && texts.choice && i < m_choice->count(); ++i) {
        m_choice->setItemText(i, texts.choice(m_choice->itemData(i).toString()));
    }
    showJudgement();
}

void FieldRow::showText()
{
    const auto text = m_form.text(m_key);
    if (m_line && ofFile(m_line->text()) != text) {
        m_line->setText(ofPerson(text));
    }
    if (m_choice) {
        m_choice->setCurrentIndex(m_choice->findData(text));
    }
    if (m_switch) {
        m_switch->setChecked(text == u"true");
    }
}

void FieldRow::showJudgement()
{
    const auto problem = m_form.problem(m_key);
    const auto note = m_form.note(m_key);
    const auto hint = m_texts().hint;
    setRole(*m_below, !problem.isEmpty() ? u"problem"_s : !note.isEmpty() ? u"note"_s : u"small"_s);
    const auto below = !problem.isEmpty() ? problem : !note.isEmpty() ? note : hint;
    m_below->setText(below);
    m_below->setHidden(below.isEmpty());
    input()->setAccessibleDescription(below);
    const auto state = problem.isEmpty() ? QString() : u"bad"_s;
    if (m_line && m_line->property("state").toString() != state) {
        m_line->setProperty("state", state);
        m_line->style()->unpolish(m_line);
        m_line->style()->polish(m_line);
    }
}

void FieldRow::browse()
{
    auto* dialog = new QFileDialog(this, m_texts().label);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(isFolderKey(m_key) ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_form.setText(m_key, path);
        Q_EMIT committed();
    });
    dialog->open();
}

} // namespace radpost::ui
