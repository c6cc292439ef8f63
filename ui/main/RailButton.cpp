#include "ui/main/RailButton.h"

#include "ui/common/Theme.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kMostShown = 99;

} // namespace

RailButton::RailButton(const QIcon& icon, QWidget* parent)
    : QToolButton(parent)
{
    setProperty("role", u"rail"_s);
    setIcon(icon);
    setIconSize({24, 24});
    setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::Fixed);
}

void RailButton::setBadge(int count)
{
    m_badge = count;
    update();
}

void RailButton::paintEvent(QPaintEvent* event)
{
    QToolButton::paintEvent(event);
    if (m_badge <= 0) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = painter.font();
    font.setPixelSize(metrics::kSmallFont);
    font.setBold(true);
    painter.setFont(font);
    const QString text = m_badge > kMostShown ? u"99+"_s : QString::number(m_badge);
    const int height = 4 * metrics::kUnit;
    const int width = std::max(height, painter.fontMetrics().horizontalAdvance(text) + 2 * metrics::kUnit);
    const QRect area(this->width() / 2 + metrics::kUnit, metrics::kUnit, width, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(currentColors().bad);
    painter.drawRoundedRect(area, height / 2.0, height / 2.0);
    painter.setPen(currentColors().surface);
    painter.drawText(area, Qt::AlignCenter, text);
}

} // namespace radpost::ui
