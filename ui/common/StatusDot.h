#pragma once

#include <QWidget>

namespace radpost::ui {

/// How something stands, as a shape and a colour; the word for it stands beside it or is its accessible name.
enum class Status {
    Unknown, ///< a ring
    Busy,    ///< three quarters of a ring
    Good,    ///< a disc with a tick
    Warning, ///< a triangle
    Bad,     ///< a disc with a cross
};

[[nodiscard]] QPixmap statusPixmap(Status status, int size, qreal devicePixelRatio);

class StatusDot final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusDot(QWidget* parent = nullptr);

    /// @p word is read out by screen readers and shown as tool tip.
    void set(Status status, const QString& word);
    [[nodiscard]] Status status() const { return m_status; }

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Status m_status = Status::Unknown;
};

} // namespace radpost::ui
