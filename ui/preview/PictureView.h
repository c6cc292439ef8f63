#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace radpost::ui {

/// A picture on black, as large as fits with square millimetres, with a line of text in each of two corners. Dragging
/// it is for the window, the wheel for the slices: both are told, not done here.
class PictureView final : public QWidget
{
    Q_OBJECT

public:
    explicit PictureView(QWidget* parent = nullptr);

    /// @p pixelAspect: height of a pixel by its width.
    void setPicture(QImage picture, double pixelAspect);
    void setCorners(const QString& left, const QString& right);
    /// Stands in the upper corner; empty: nothing.
    void setBusyText(const QString& text);

    [[nodiscard]] const QImage& picture() const { return m_picture; }
    /// Where the picture is painted.
    [[nodiscard]] QRect pictureArea() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void dragBegan();
    void dragged(QPoint distance); ///< from where it began
    void dragEnded();
    void doubleClicked();
    void stepped(int slices);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void paintCorners(QPainter& painter) const;
    void paintText(QPainter& painter, Qt::Alignment corner, const QString& text) const;

    QImage m_picture;
    QPixmap m_scaled; ///< m_picture in pixels of the screen
    double m_pixelAspect = 1;
    QString m_left;
    QString m_right;
    QString m_busy;
    QPoint m_pressedAt;
    bool m_isDragging = false;
    int m_wheel = 0; ///< eighths of a degree that are no step yet
};

} // namespace radpost::ui
