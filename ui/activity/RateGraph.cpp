#include "ui/activity/RateGraph.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include "app/common/Format.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace radpost::ui {

namespace {

constexpr QSize kSize{150, 40};

} // namespace

RateGraph::RateGraph(QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(kSize);
    onLanguage(*this, [this] { describe(); });
}

void RateGraph::setHistory(const RateHistory& history)
{
    m_history = history;
    describe();
    update();
}

void RateGraph::describe()
{
    const auto peak = m_history.peak();
    setToolTip(tr("The last minute: bytes as an area, at most %1; instances as a line, at most %2 a second")
                   .arg(app::rateText(peak.bytesPerSecond), app::countText(std::lround(peak.instancesPerSecond))));
    setAccessibleName(toolTip());
}

QPolygonF RateGraph::curve(double RateHistory::Sample::*value, double peak) const
{
    constexpr double kTop = 3;
    const double step = width() / double(RateHistory::kSeconds - 1);
    const double low = height() - 1.5;
    const auto& samples = m_history.samples();
    QPolygonF points;
    double x = width() - step * double(samples.size() - 1);
    for (const auto& sample : samples) {
        points.append({x, peak > 0 ? low - (low - kTop) * (sample.*value / peak) : low});
        x += step;
    }
    return points;
}

void RateGraph::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    const auto& colors = currentColors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.border, 1));
    painter.drawLine(QPointF(0, height() - 0.5), QPointF(width(), height() - 0.5));
    if (m_history.samples().size() < 2) {
        return;
    }
    const auto peak = m_history.peak();
    auto area = curve(&RateHistory::Sample::bytesPerSecond, peak.bytesPerSecond);
    area.append({double(width()), double(height())});
    area.append({area.first().x(), double(height())});
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.accentSoft);
    painter.drawPolygon(area);
    painter.setPen(QPen(colors.accent, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(curve(&RateHistory::Sample::instancesPerSecond, peak.instancesPerSecond));
}

} // namespace radpost::ui
