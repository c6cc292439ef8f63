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

void ProgressLine::set(double done, double moving)
{
    m_done = std::clamp(done, 0.0, 1.0);
    m_moving = std::clamp(moving, 0.0, 1.0 - m_done);
    setAccessibleName(QLocale().toString(m_done * 100, 'f', 0) + u'%');
    update();
}

void ProgressLine::setTroubled(bool isTroubled)
{
    m_isTroubled = isTroubled;
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
    const double done = width() * m_done;
    painter.fillRect(QRectF(0, 0, done, kHeight), m_isTroubled ? colors.warning : colors.accent);
    auto moving = colors.accent;
    moving.setAlphaF(0.4F);
    painter.fillRect(QRectF(done, 0, width() * m_moving, kHeight), moving);
}

} // namespace radpost::ui
