#include "ui/preview/PictureView.h"

#include "ui/common/Theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <cmath>

namespace radpost::ui {

namespace {

constexpr int kWheelStep = 120; // eighths of a degree, QWheelEvent::angleDelta
constexpr int kFocusFrame = 2;

} // namespace

PictureView::PictureView(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PictureView::setPicture(QImage picture, double pixelAspect)
{
    m_picture = std::move(picture);
    m_scaled = {};
    m_pixelAspect = pixelAspect;
    setCursor(m_picture.isNull() ? Qt::ArrowCursor : Qt::CrossCursor);
    update();
}

void PictureView::setCorners(const QString& left, const QString& right)
{
    m_left = left;
    m_right = right;
    update();
}

void PictureView::setBusyText(const QString& text)
{
    m_busy = text;
    update();
}

QRect PictureView::pictureArea() const
{
    if (m_picture.isNull()) {
        return {};
    }
    const QSizeF natural(m_picture.width(), m_picture.height() * m_pixelAspect);
    const QSize size = natural.scaled(this->size(), Qt::KeepAspectRatio).toSize().expandedTo({1, 1});
    return {QPoint((width() - size.width()) / 2, (height() - size.height()) / 2), size};
}

QSize PictureView::sizeHint() const
{
    return {320, 320};
}

QSize PictureView::minimumSizeHint() const
{
    return {160, 120};
}

void PictureView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::black);
    const QRect area = pictureArea();
    if (!area.isEmpty()) {
        const QSize pixels = (QSizeF(area.size()) * devicePixelRatioF()).toSize();
        if (m_scaled.size() != pixels) {
            m_scaled = QPixmap::fromImage(m_picture.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
        }
        painter.drawPixmap(area, m_scaled);
    }
    paintCorners(painter);
    if (hasFocus()) {
        QPen pen(colorsOf(Appearance::Dark).accent, kFocusFrame);
        pen.setJoinStyle(Qt::MiterJoin);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void PictureView::paintCorners(QPainter& painter) const
{
    QFont small = font();
    small.setPixelSize(metrics::kSmallFont);
    painter.setFont(small);
    paintText(painter, Qt::AlignBottom | Qt::AlignLeft, m_left);
    paintText(painter, Qt::AlignBottom | Qt::AlignRight, m_right);
    paintText(painter, Qt::AlignTop | Qt::AlignLeft, m_busy);
}

void PictureView::paintText(QPainter& painter, Qt::Alignment corner, const QString& text) const
{
    if (text.isEmpty()) {
        return;
    }
    constexpr int kPadding = metrics::kUnit;
    // The picture below may be white; on a ground of its own the text can be read anyway.
    const QRect room = rect().adjusted(2 * kPadding, 2 * kPadding, -2 * kPadding, -2 * kPadding);
    const QRect box = painter.boundingRect(room, int(corner), text);
    QColor ground(Qt::black);
    ground.setAlphaF(0.65F);
    painter.fillRect(box.adjusted(-kPadding, -2, kPadding, 2), ground);
    painter.setPen(colorsOf(Appearance::Dark).text);
    painter.drawText(box, int(corner), text);
}

void PictureView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_picture.isNull()) {
        event->ignore();
        return;
    }
    m_isDragging = true;
    m_pressedAt = event->pos();
    Q_EMIT dragBegan();
}

void PictureView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_isDragging) {
        Q_EMIT dragged(event->pos() - m_pressedAt);
    }
}

void PictureView::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_isDragging && event->button() == Qt::LeftButton) {
        m_isDragging = false;
        Q_EMIT dragEnded();
    }
}

void PictureView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        Q_EMIT doubleClicked();
    }
}

void PictureView::wheelEvent(QWheelEvent* event)
{
    m_wheel += event->angleDelta().y();
    const int steps = m_wheel / kWheelStep;
    m_wheel -= steps * kWheelStep;
    if (steps != 0) {
        Q_EMIT stepped(-steps); // towards oneself is onwards, as in a page of text
    }
    event->accept();
}

void PictureView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void PictureView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace radpost::ui
