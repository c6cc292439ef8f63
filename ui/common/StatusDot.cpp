#include "ui/common/StatusDot.h"

#include "ui/common/Theme.h"

#include <QPainter>
#include <QPainterPath>

namespace radpost::ui {

namespace {

constexpr int kSize = 16;

QColor colorOf(Status status)
{
    const auto& colors = currentColors();
    switch (status) {
    case Status::Unknown:
        return colors.strongBorder;
    case Status::Busy:
        return colors.accent;
    case Status::Good:
        return colors.good;
    case Status::Warning:
        return colors.warning;
    case Status::Bad:
        return colors.bad;
    }
    return {};
}

void strokeSign(QPainter& painter, const QPainterPath& sign)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setCompositionMode(QPainter::CompositionMode_DestinationOut); // cut out: any ground shows through
    painter.drawPath(sign);
}

QPainterPath tick()
{
    QPainterPath path({4.8, 8.3});
    path.lineTo(7.1, 10.6);
    path.lineTo(11.2, 5.8);
    return path;
}

QPainterPath cross()
{
    QPainterPath path({5.5, 5.5});
    path.lineTo(10.5, 10.5);
    path.moveTo(10.5, 5.5);
    path.lineTo(5.5, 10.5);
    return path;
}

void drawRing(QPainter& painter, const QColor& color, int sixteenthsOfADegree)
{
    painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(QRectF(3, 3, 10, 10), 90 * 16, -sixteenthsOfADegree);
}

void drawDisc(QPainter& painter, const QColor& color, const QPainterPath& sign)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(1, 1, 14, 14));
    strokeSign(painter, sign);
}

void drawTriangle(QPainter& painter, const QColor& color)
{
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF{{8, 1.8}, {14.6, 13.6}, {1.4, 13.6}});
    QPainterPath mark({8, 5.8});
    mark.lineTo(8, 9.2);
    mark.moveTo(8, 11.6);
    mark.lineTo(8, 11.7);
    strokeSign(painter, mark);
}

// On a field of 16 by 16.
void draw(QPainter& painter, Status status)
{
    const auto color = colorOf(status);
    switch (status) {
    case Status::Unknown:
        return drawRing(painter, color, 360 * 16);
    case Status::Busy:
        return drawRing(painter, color, 270 * 16);
    case Status::Good:
        return drawDisc(painter, color, tick());
    case Status::Bad:
        return drawDisc(painter, color, cross());
    case Status::Warning:
        return drawTriangle(painter, color);
    }
}

} // namespace

QPixmap statusPixmap(Status status, int size, qreal devicePixelRatio)
{
    QPixmap pixmap((QSizeF(size, size) * devicePixelRatio).toSize());
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / qreal{kSize}, size / qreal{kSize});
    draw(painter, status);
    return pixmap;
}

StatusDot::StatusDot(QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(kSize, kSize);
}

void StatusDot::set(Status status, const QString& word)
{
    m_status = status;
    setToolTip(word);
    setAccessibleName(word);
    update();
}

QSize StatusDot::sizeHint() const
{
    return {kSize, kSize};
}

void StatusDot::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    QPainter(this).drawPixmap(0, 0, statusPixmap(m_status, kSize, devicePixelRatioF()));
}

} // namespace radpost::ui
