#pragma once

#include "ui/common/StatusDot.h"

#include <QWidget>

class QPushButton;

namespace radpost::ui {

/// "RX on": how receiving stands, in the header of each page. A click asks for the page Receive.
class ReceiveSign final : public QWidget
{
    Q_OBJECT

public:
    explicit ReceiveSign(QWidget* parent = nullptr);

    void set(Status status, const QString& text);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void clicked();

private:
    StatusDot* m_dot;
    QPushButton* m_button;
};

} // namespace radpost::ui
