#include "ui/rules/RuleEditor.h"

#include "ui/common/Background.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/rules/RuleWords.h"

#include "app/common/ConfigText.h"
#include "app/common/Format.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr auto kPause = 250ms; // after the last letter
constexpr qsizetype kMostFaults = 4;

} // namespace

RuleEditor::RuleEditor(const QString& initialName, const QByteArray& toml, RuleSurroundings surroundings,
    Background& checks, QWidget* parent)
    : QWidget(parent)
    , m_initialName(initialName)
    , m_surroundings(std::move(surroundings))
    , m_checks(checks)
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_text(new QPlainTextEdit)
    , m_faults(new QWidget)
    , m_state(makeText({}))
    , m_help(makeText(u"muted"_s))
    , m_cancel(makePlainButton({}))
    , m_save(makePrimaryButton({}))
{
    layOut();
    m_text->setPlainText(QString::fromUtf8(toml));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &RuleEditor::check);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_save->setEnabled(false); // until it is known to be right
        m_pause.start();
    });
    connect(m_cancel, &QPushButton::clicked, this, &RuleEditor::left);
    connect(m_save, &QPushButton::clicked, this, [this] {
        if (m_checked.rule) {
            Q_EMIT saveAsked(*m_checked.rule);
        }
    });
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &RuleEditor::left);
    auto* save = new QShortcut(Qt::CTRL | Qt::Key_Return, this);
    save->setContext(Qt::WidgetWithChildrenShortcut);
    connect(save, &QShortcut::activated, m_save, &QPushButton::click);
    onLanguage(*this, [this] { retranslate(); });
    check();
}

void RuleEditor::layOut()
{
    m_header->addAction(m_cancel);
    m_header->addAction(m_save);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setProperty("role", u"code"_s);
    auto* faults = new QVBoxLayout(m_faults);
    faults->setContentsMargins(0, 0, 0, 0);
    faults->setSpacing(metrics::kUnit);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    column->setSpacing(3 * metrics::kUnit);
    column->addWidget(m_header);
    column->addWidget(m_problems);
    column->addWidget(m_help);
    column->addWidget(m_text, 1);
    column->addWidget(m_state);
    column->addWidget(m_faults);
}

void RuleEditor::retranslate()
{
    m_header->setTitle(m_initialName.isEmpty() ? tr("New rule") : tr("Rule \"%1\"").arg(app::printable(m_initialName)));
    m_text->setAccessibleName(tr("The rule as text"));
    m_help->setText(
        tr("Tests under [rule.when]: calling_ae, called_ae, address, modality, sop_class, "
           "study_description, hours, weekday, attribute. The page \"rules\" of the manual has all of them, "
           "with examples."));
    m_cancel->setText(tr("Cancel"));
    m_save->setText(m_initialName.isEmpty() ? tr("Add rule") : tr("Save rule"));
    showFaults();
}

void RuleEditor::check()
{
    m_checks.run(
        this, [toml = m_text->toPlainText().toUtf8(), around = m_surroundings] { return checkRule(toml, around); },
        [this, round = ++m_round](const CheckedRule& checked) {
            if (round == m_round && !m_pause.isActive()) {
                take(checked);
            }
        });
}

void RuleEditor::take(const CheckedRule& checked)
{
    m_checked = checked;
    m_save->setEnabled(m_checked.rule.has_value());
    showFaults();
    Q_EMIT RuleEditor::checked();
}

QString RuleEditor::faultText() const
{
    switch (m_checked.fault) {
    case CheckedRule::Fault::NotOneRule:
        return tr("Here stands one rule, as one [[rule]].");
    case CheckedRule::Fault::NameTaken:
        return tr("Another rule or group has this name.");
    case CheckedRule::Fault::None:
        break;
    }
    return {};
}

QStringList RuleEditor::problemTexts() const
{
    QStringList texts{faultText()};
    for (const auto& problem : m_checked.problems) {
        auto here = problem;
        here.line = 0; // said before it
        texts.append(problem.line > 0 ? tr("Line %1: %2").arg(QString::number(problem.line), app::problemText(here))
                                      : app::problemText(here));
    }
    texts.removeAll(QString());
    return texts;
}

void RuleEditor::showFaults()
{
    while (auto* item = m_faults->layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto texts = problemTexts();
    for (qsizetype i = 0; i < std::min(texts.size(), kMostFaults); ++i) {
        auto* button = makePlainButton(u"warning"_s);
        button->setText(literalText(texts[i]));
        const auto place = static_cast<size_t>(i);
        const int line = place < m_checked.problems.size() ? m_checked.problems[place].line : 0;
        connect(button, &QPushButton::clicked, this, [this, line] { goTo(line); });
        m_faults->layout()->addWidget(button);
        static_cast<QVBoxLayout*>(m_faults->layout())->setAlignment(button, Qt::AlignLeft);
    }
    m_faults->setHidden(texts.isEmpty());
    m_state->setVisible(m_checked.rule.has_value());
    if (m_checked.rule) {
        m_state->setText(tr("%1 → %2").arg(ruleWhenText(*m_checked.rule), ruleThenText(*m_checked.rule)));
    }
}

void RuleEditor::goTo(int line)
{
    const auto block = m_text->document()->findBlockByNumber(line - 1);
    if (block.isValid()) {
        m_text->setTextCursor(QTextCursor(block));
    }
    m_text->setFocus();
}

} // namespace radpost::ui
