#include "ui/rules/RuleEditor.h"

#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/forms/UnsavedQuestion.h"
#include "ui/rules/RuleFields.h"
#include "ui/rules/RuleForm.h"
#include "ui/rules/RuleTextView.h"

#include "app/common/Format.h"

#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kTextKey = u"text"_s;

} // namespace

RuleEditor::RuleEditor(
    const config::Rule& initial, QString name, RuleSurroundings surroundings, Background& background, QWidget* parent)
    : QWidget(parent)
    , m_name(std::move(name))
    , m_form(new RuleForm(initial, std::move(surroundings), background, this))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_body(new QStackedWidget)
    , m_fields(new RuleFields(*m_form))
    , m_text(new RuleTextView(*m_form))
    , m_scroll(new QScrollArea)
    , m_back(makeIconButton(u"back"_s))
    , m_mode(makeButton(u"edit"_s))
    , m_try(makeButton(u"test"_s))
    , m_cancel(makeButton({}))
    , m_save(makePrimaryButton({}))
{
    layOut();
    connect(m_back, &QToolButton::clicked, this, &RuleEditor::leave);
    connect(m_cancel, &QPushButton::clicked, this, &RuleEditor::leave);
    connect(m_save, &QPushButton::clicked, this, &RuleEditor::save);
    connect(m_mode, &QPushButton::clicked, this, &RuleEditor::switchMode);
    connect(m_try, &QPushButton::clicked, this, [this] {
        m_isTrying = true;
        m_form->finish();
    });
    connect(m_form, &RuleForm::finished, this, [this](const config::Rule& rule) {
        if (m_isTrying) {
            Q_EMIT tryAsked(rule);
        } else {
            Q_EMIT saveAsked(rule);
        }
    });
    connect(m_form, &RuleForm::refused, this, &RuleEditor::focusProblem);
    connect(m_form, &RuleForm::modeChanged, this, &RuleEditor::showMode);
    onLanguage(*this, [this] { retranslate(); });
}

void RuleEditor::layOut()
{
    m_header->addLeading(m_back);
    for (auto* button : {m_mode, m_try, m_cancel, m_save}) {
        m_header->addAction(button);
    }
    m_fields->setProperty("role", u"content"_s);
    m_scroll->setWidget(m_fields);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_body->addWidget(m_scroll);
    m_body->addWidget(m_text);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4 * metrics::kUnit);
    column->addWidget(m_header);
    column->addWidget(m_problems);
    column->addWidget(m_body, 1);
    // First what is filled in, then what is done with it, although the buttons stand above.
    setTabOrder(m_body, m_mode);
    setTabOrder(m_mode, m_try);
    setTabOrder(m_try, m_cancel);
    setTabOrder(m_cancel, m_save);
}

void RuleEditor::retranslate()
{
    m_header->setTitle(m_name.isEmpty() ? tr("Add a rule") : tr("Edit %1").arg(app::printable(m_name)));
    setIconText(*m_back, tr("Back to the rules"));
    m_try->setText(tr("Try it"));
    m_cancel->setText(tr("Cancel"));
    m_save->setText(m_name.isEmpty() ? tr("Add rule") : tr("Save changes"));
    showMode();
}

void RuleEditor::showMode()
{
    const bool isText = m_form->mode() == RuleForm::Mode::Text;
    m_body->setCurrentIndex(isText ? 1 : 0);
    m_mode->setText(isText ? tr("As fields") : tr("As text"));
    m_problems->remove(kTextKey);
}

void RuleEditor::switchMode()
{
    if (m_form->mode() == RuleForm::Mode::Fields) {
        m_form->setMode(RuleForm::Mode::Text);
        m_text->setFocus();
    } else if (m_form->canShowFields()) {
        m_form->setMode(RuleForm::Mode::Fields);
        focusFirst();
    } else {
        Notice notice;
        notice.heading = [] { return tr("This rule cannot be shown as fields."); };
        notice.text = [] {
            return tr("Mend what is wrong in the text, or keep it as text: fields have no room for conditions in "
                      "conditions, parts of names, private creators and several expressions in one test.");
        };
        m_problems->show(kTextKey, std::move(notice));
    }
}

void RuleEditor::save()
{
    m_isTrying = false;
    m_form->finish();
}

void RuleEditor::focusProblem()
{
    if (m_form->mode() == RuleForm::Mode::Text) {
        m_text->focusProblem();
        return;
    }
    m_fields->focusProblem();
    if (auto* focused = m_fields->focusWidget()) {
        m_scroll->ensureWidgetVisible(focused);
    }
}

void RuleEditor::focusFirst()
{
    if (m_form->mode() == RuleForm::Mode::Text) {
        m_text->setFocus();
    } else {
        m_fields->focusFirst();
    }
}

void RuleEditor::leave()
{
    UnsavedQuestion::leave(m_form->isChanged(), *m_problems, [this] { Q_EMIT left(); });
}

void RuleEditor::keyPressEvent(QKeyEvent* event)
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
