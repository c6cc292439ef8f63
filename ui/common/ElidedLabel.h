#pragma once

#include <QLabel>

namespace radpost::ui {

/// One line that gives way: what has no room ends in "…", and the tool tip says the whole. For texts of any length:
/// names, addresses, reasons.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    /// @p role: as makeLabel().
    explicit ElidedLabel(const QString& role, QWidget* parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool isElided() const;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace radpost::ui
