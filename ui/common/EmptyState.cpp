#include "ui/common/EmptyState.h"

#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kIconSize = 48;
constexpr int kTextWidth = 460;

} // namespace

EmptyState::EmptyState(const QString& iconName, QWidget* parent)
    : QWidget(parent)
    , m_iconName(iconName)
    , m_icon(new QLabel)
    , m_heading(makeLabel(u"heading"_s))
    , m_text(makeText(u"muted"_s))
    , m_actions(new QHBoxLayout)
{
    m_icon->setAlignment(Qt::AlignCenter);
    m_heading->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_text->setFixedWidth(kTextWidth);
    m_actions->setSpacing(2 * metrics::kUnit);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(2 * metrics::kUnit);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addSpacing(metrics::kUnit);
    column->addWidget(m_heading);
    // Between stretches, not by alignment: only so does the text get the height that its lines need.
    auto* text = new QHBoxLayout;
    text->addStretch();
    text->addWidget(m_text);
    text->addStretch();
    column->addLayout(text);
    column->addSpacing(2 * metrics::kUnit);
    auto* centred = new QHBoxLayout;
    centred->addStretch();
    centred->addLayout(m_actions);
    centred->addStretch();
    column->addLayout(centred);
    column->addStretch(3);
    paintIcon();
}

void EmptyState::setTexts(const QString& heading, const QString& text)
{
    m_heading->setText(heading);
    m_text->setText(text);
}

void EmptyState::addAction(QWidget* action)
{
    m_actions->addWidget(action);
}

void EmptyState::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        paintIcon();
    }
    QWidget::changeEvent(event);
}

void EmptyState::paintIcon()
{
    m_icon->setPixmap(iconPixmap(m_iconName, currentColors().accent, kIconSize, devicePixelRatioF()));
}

} // namespace radpost::ui
