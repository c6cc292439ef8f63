#pragma once

#include <QWidget>

namespace radpost::ui {

/// A thin bar: what is stored, what failed in red, and in a lighter tone what is on the wire; the rest stays grey.
class ProgressLine final : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget* parent = nullptr);

    /// Shares of the whole, from 0 to 1.
    void set(double stored, double failed, double moving);
    [[nodiscard]] double stored() const { return m_stored; }
    [[nodiscard]] double failed() const { return m_failed; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_stored = 0;
    double m_failed = 0;
    double m_moving = 0;
};

} // namespace radpost::ui
