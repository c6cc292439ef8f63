#pragma once

#include "ui/preview/FrameLoader.h"
#include "ui/preview/PreviewSeries.h"
#include "ui/preview/SliceSequence.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QSlider;
class QStackedLayout;
class QToolButton;

namespace radpost::ui {

class PictureView;
class PreviewNotice;

/// The pictures of one series: the slice in the middle at once, the others by slider, wheel and keys, and beside them
/// the facts. Nothing is read or decoded on the GUI thread; until a slice is there, the one before stays.
///
/// Keys: Up, Down, Page Up, Page Down, Home and End go through the slices; Left and Right change the width of the
/// window, Shift with Up or Down its center; R takes the window of the file.
class SeriesPreview final : public QWidget
{
    Q_OBJECT

public:
    explicit SeriesPreview(QWidget* parent = nullptr);
    /// Renders with @p render, which blocks and is called off the GUI thread.
    explicit SeriesPreview(FrameLoader::Render render, QWidget* parent = nullptr);

    /// Begins in the middle, with the window of the file. A series that has grown since, and is set again under the
    /// same title, stays where it is.
    void setSeries(PreviewSeries series);
    void clear();
    void setNote(const QString& note);

    enum class State { Empty, Loading, Picture, NoPicture, Error };
    Q_ENUM(State)
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] int sliceCount() const { return m_slices.count(); }
    [[nodiscard]] int currentSlice() const { return m_index; } ///< from 0; -1: none
    void showSlice(int index);                                 ///< the nearest there is

    [[nodiscard]] PictureView* view() const { return m_view; }
    [[nodiscard]] PreviewNotice* notice() const { return m_notice; }
    [[nodiscard]] QSlider* slider() const { return m_slider; }
    [[nodiscard]] QComboBox* presets() const { return m_presets; }
    [[nodiscard]] QToolButton* resetButton() const { return m_reset; }
    [[nodiscard]] QString factsText() const;
    [[nodiscard]] QString positionText() const;
    /// The window of the picture that is shown; nothing: colour, a VOI LUT, or no picture.
    [[nodiscard]] std::optional<dicom::Window> window() const;

Q_SIGNALS:
    /// A slice, what stands in its place, or nothing is shown.
    void shown();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    [[nodiscard]] QWidget* buildSlices();
    [[nodiscard]] QWidget* buildWindow();
    void connectView();
    void setTexts();
    bool handleKey(const QKeyEvent& event);
    bool handleWindowKey(const QKeyEvent& event);
    void request();
    void take(const LoadedFrame& frame);
    void showPicture(const dicom::RenderedFrame& frame);
    void showPresets();
    void foresee();
    void setWindow(const dicom::WindowChoice& window);
    void beginDrag();
    void drag(QPoint distance);
    void setState(State state);
    void showInStack(QWidget* widget);
    void showMessage();
    [[nodiscard]] const dicom::RenderedFrame* frame() const;
    [[nodiscard]] dicom::FrameRequest requestFor(int index) const;

    SliceSequence m_slices;
    QString m_seriesTitle;
    FrameLoader m_loader;
    QTimer m_patience; ///< until it is said that a slice takes long
    State m_state = State::Empty;
    int m_index = -1;
    int m_direction = 1;
    dicom::WindowChoice m_window;
    LoadedFrame m_shown;   ///< null: none
    int m_shownIndex = -1; ///< the slice that m_shown is
    std::optional<dicom::NoPicture> m_noPicture;
    std::optional<dicom::Window> m_dragFrom;

    QLabel* m_title = nullptr;
    QStackedLayout* m_stack = nullptr;
    PictureView* m_view = nullptr;
    PreviewNotice* m_notice = nullptr;
    QWidget* m_sliceRow = nullptr;
    QSlider* m_slider = nullptr;
    QLabel* m_position = nullptr;
    QWidget* m_windowRow = nullptr;
    QComboBox* m_presets = nullptr;
    QToolButton* m_reset = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_note = nullptr;
};

} // namespace radpost::ui
