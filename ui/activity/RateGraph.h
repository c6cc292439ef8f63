#pragma once

#include "ui/activity/RateHistory.h"

#include <QWidget>

namespace radpost::ui {

/// A minute of MB/s as an area and of instances/s as a line, each to its own peak.
class RateGraph final : public QWidget
{
    Q_OBJECT

public:
    explicit RateGraph(QWidget* parent = nullptr);

    void setHistory(const RateHistory& history);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void describe();
    [[nodiscard]] QPolygonF curve(double RateHistory::Sample::*value, double peak) const;

    RateHistory m_history;
};

} // namespace radpost::ui
