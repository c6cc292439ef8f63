#include "ui/rules/LabelledField.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

LabelledField::LabelledField(QWidget& field, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_label(makeLabel({}))
    , m_below(makeText(u"small"_s))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kUnit);
    column->addWidget(m_label);
    column->addWidget(&field);
    column->addWidget(m_below);
    column->addStretch();
    m_label->setBuddy(&field);
    setFocusProxy(&field);
    showBelow();
}

void LabelledField::setTexts(const QString& label, const QString& hint)
{
    m_label->setText(label);
    m_field.setAccessibleName(label);
    m_hint = hint;
    showBelow();
}

void LabelledField::setProblem(const QString& text)
{
    m_problem = text;
    m_field.setProperty("state", text.isEmpty() ? QString() : u"bad"_s);
    m_field.style()->unpolish(&m_field);
    m_field.style()->polish(&m_field);
    showBelow();
}

void LabelledField::showBelow()
{
    setRole(*m_below, m_problem.isEmpty() ? u"small"_s : u"problem"_s);
    m_below->setText(m_problem.isEmpty() ? m_hint : m_problem);
    m_below->setVisible(!m_below->text().isEmpty());
}

} // namespace radpost::ui
