#pragma once

#include <QToolButton>

namespace radpost::ui {

/// An entry of the rail; paints its badge in the corner.
class RailButton final : public QToolButton
{
    Q_OBJECT

public:
    RailButton(const QIcon& icon, QWidget* parent);

    void setBadge(int count);
    [[nodiscard]] int badge() const { return m_badge; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_badge = 0;
};

} // namespace radpost::ui
