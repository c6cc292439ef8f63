#include "ui/activity/ProgressLine.h"

#include "ui/common/Theme.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kHeight = 6;

} // namespace

ProgressLine::ProgressLine(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(kHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProgressLine::set(double stored, double failed, double moving)
{
    m_stored = std::clamp(stored, 0.0, 1.0);
    m_failed = std::clamp(failed, 0.0, 1.0 - m_stored);
    m_moving = std::clamp(moving, 0.0, 1.0 - m_stored - m_failed);
    setAccessibleName(QLocale().toString(m_stored * 100, 'f', 0) + u'%');
    update();
}

void ProgressLine::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    const auto& colors = currentColors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (layoutDirection() == Qt::RightToLeft) {
        painter.translate(width(), 0);
        painter.scale(-1, 1);
    }
    QPainterPath ground;
    ground.addRoundedRect(rect(), kHeight / 2.0, kHeight / 2.0);
    painter.setClipPath(ground);
    painter.fillRect(rect(), colors.hover);
    auto moving = colors.accent;
    moving.setAlphaF(0.4F);
    double from = 0;
    for (const auto& [share, color] :
        {std::pair(m_stored, colors.accent), std::pair(m_failed, colors.bad), std::pair(m_moving, moving)}) {
        painter.fillRect(QRectF(from, 0, width() * share, kHeight), color);
        from += width() * share;
    }
}

} // namespace radpost::ui
