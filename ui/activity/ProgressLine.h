#pragma once

#include <QWidget>

namespace radpost::ui {

/// A thin bar in two tones: what is done, and what is on the wire.
class ProgressLine final : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget* parent = nullptr);

    /// Shares of the whole, from 0 to 1.
    void set(double done, double moving);
    /// Something failed: the done part is not all well.
    void setTroubled(bool isTroubled);
    [[nodiscard]] double done() const { return m_done; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_done = 0;
    double m_moving = 0;
    bool m_isTroubled = false;
};

} // namespace radpost::ui
