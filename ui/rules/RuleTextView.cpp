#include "ui/rules/RuleTextView.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/rules/RuleForm.h"
#include "ui/rules/RuleWords.h"

#include <QFontDatabase>
#include <QFrame>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kLeastHeight = 240;

QTextEdit::ExtraSelection markOf(const QTextDocument& document, int line)
{
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(document.findBlockByNumber(line - 1));
    mark.format.setBackground(currentColors().badSoft);
    mark.format.setProperty(QTextFormat::FullWidthSelection, true);
    return mark;
}

} // namespace

RuleTextView::RuleTextView(RuleForm& form, QWidget* parent)
    : QWidget(parent)
    , m_form(form)
    , m_why(makeText(u"muted"_s))
    , m_text(new QPlainTextEdit)
    , m_problems(makeText(u"problem"_s))
{
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setProperty("role", u"code"_s);
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(kLeastHeight);
    auto* card = makeFrame(u"card"_s);
    auto* column = makeCardColumn(*card, 3 * metrics::kUnit);
    column->addWidget(m_why);
    column->addWidget(m_text, 1);
    column->addWidget(m_problems);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    all->addWidget(card);
    setFocusProxy(m_text);
    fill();
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] { m_form.setText(m_text->toPlainText()); });
    connect(&form, &RuleForm::modeChanged, this, &RuleTextView::fill);
    connect(&form, &RuleForm::judged, this, &RuleTextView::showProblems);
    onLanguage(*this, [this] { retranslate(); });
}

void RuleTextView::fill()
{
    const QSignalBlocker quiet(m_text);
    m_text->setPlainText(m_form.text());
    showProblems();
}

QString RuleTextView::problems() const
{
    return m_problems->text();
}

void RuleTextView::showProblems()
{
    QStringList lines;
    QList<QTextEdit::ExtraSelection> marks;
    if (m_form.mode() == RuleForm::Mode::Text) {
        for (const auto& problem : m_form.problems()) {
            lines.append(problem.line > 0 ? tr("Line %1: %2").arg(problem.line).arg(problemWords(problem))
                                          : problemWords(problem));
            if (problem.line > 0) {
                marks.append(markOf(*m_text->document(), problem.line));
            }
        }
    }
    m_text->setExtraSelections(marks);
    m_problems->setText(lines.join(u'\n'));
    m_problems->setVisible(!lines.isEmpty());
}

void RuleTextView::focusProblem()
{
    for (const auto& problem : m_form.problems()) {
        if (problem.line > 0) {
            m_text->setTextCursor(QTextCursor(m_text->document()->findBlockByNumber(problem.line - 1)));
            break;
        }
    }
    m_text->setFocus();
}

void RuleTextView::retranslate()
{
    m_why->setText(tr("The rule as it stands in the configuration file. Conditions in conditions can be written only "
                      "here. Comments inside the rule are not kept."));
    m_text->setAccessibleName(tr("Text of the rule"));
    showProblems();
}

} // namespace radpost::ui
