#include "ui/forms/FoldSection.h"

#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

FoldSection::FoldSection(QWidget* parent)
    : QWidget(parent)
    , m_button(makePlainButton(u"right"_s))
    , m_body(new QWidget)
    , m_column(new QVBoxLayout(m_body))
{
    m_button->setProperty("role", u"fold"_s);
    m_button->setCheckable(true);
    m_column->setContentsMargins(0, metrics::kUnit, 0, 2 * metrics::kUnit);
    m_column->setSpacing(3 * metrics::kUnit);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(metrics::kUnit);
    all->addWidget(m_button);
    all->addWidget(m_body);
    connect(m_button, &QPushButton::toggled, this, &FoldSection::setUnfolded);
    m_body->hide();
}

void FoldSection::setTitle(const QString& title)
{
    m_button->setText(title);
}

void FoldSection::add(QWidget* widget)
{
    m_column->addWidget(widget);
}

void FoldSection::setUnfolded(bool isUnfolded)
{
    m_button->setChecked(isUnfolded);
    m_button->setIcon(icon(isUnfolded ? u"down"_s : u"right"_s));
    m_body->setVisible(isUnfolded);
}

} // namespace radpost::ui
