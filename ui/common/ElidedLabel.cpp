#include "ui/common/ElidedLabel.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>

namespace radpost::ui {

namespace {

constexpr int kLeastWidth = 48;

} // namespace

ElidedLabel::ElidedLabel(const QString& role, QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setProperty("role", role);
}

QSize ElidedLabel::minimumSizeHint() const
{
    const auto whole = QLabel::minimumSizeHint();
    return {std::min(whole.width(), kLeastWidth), whole.height()};
}

bool ElidedLabel::isElided() const
{
    return fontMetrics().horizontalAdvance(text()) > contentsRect().width();
}

bool ElidedLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && isElided()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
        return true;
    }
    return QLabel::event(event);
}

void ElidedLabel::paintEvent(QPaintEvent* event)
{
    if (!isElided()) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    const auto room = contentsRect();
    const auto shown = fontMetrics().elidedText(text(), Qt::ElideRight, room.width());
    const int place = static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment()));
    style()->drawItemText(&painter, room, place, palette(), isEnabled(), shown, foregroundRole());
}

} // namespace radpost::ui
