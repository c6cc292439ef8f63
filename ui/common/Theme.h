#pragma once

#include "core/config/Settings.h"

#include <QColor>
#include <QObject>
#include <QPalette>
#include <QString>
#include <QTimer>

#include <functional>

class QApplication;

namespace radpost::ui {

enum class Appearance { Light, Dark };

/// Every colour of the program. Grey carries the page, the accent is for action and selection, and the three state
/// colours always stand beside a shape or a word.
struct ThemeColors
{
    QColor window;
    QColor surface; ///< of cards and fields
    QColor hover;
    QColor border;       ///< between surfaces: decoration only
    QColor strongBorder; ///< of fields and buttons: 3:1 against what is around it
    QColor text;
    QColor mutedText;
    QColor accent;
    QColor accentHover;
    QColor onAccent;
    QColor accentSoft; ///< behind what is selected
    QColor good;
    QColor warning;
    QColor bad;
    QColor goodSoft;
    QColor warningSoft;
    QColor badSoft;
};

[[nodiscard]] const ThemeColors& colorsOf(Appearance appearance);
[[nodiscard]] Appearance appearanceOf(const QPalette& palette);

/// Of the palette that the application has now. GUI thread.
[[nodiscard]] const ThemeColors& currentColors();

/// By WCAG 2.1, from 1 to 21.
[[nodiscard]] double contrastRatio(const QColor& one, const QColor& other);

/// Sizes in device-independent pixels.
namespace metrics {
inline constexpr int kUnit = 4;
inline constexpr int kPageMargin = 24;
inline constexpr int kRowHeight = 32;
inline constexpr int kIconSize = 20;
inline constexpr int kSmallFont = 11;
inline constexpr int kBodyFont = 13;
inline constexpr int kHeadingFont = 16;
inline constexpr int kTitleFont = 22;
inline constexpr int kMeasure = 960; ///< text and forms do not get wider
} // namespace metrics

[[nodiscard]] QPalette paletteOf(const ThemeColors& colors);
[[nodiscard]] QString styleSheetOf(const ThemeColors& colors);

/// Gives the application its look: style, font, palette and the one style sheet. GUI thread.
class Theme final : public QObject
{
    Q_OBJECT

public:
    /// System follows the lightness of the platform's palette, also when it changes. @p platformPalette tells it;
    /// without, it is what the application has when no palette is set.
    explicit Theme(QApplication& application, std::function<QPalette()> platformPalette = {});
    Q_DISABLE_COPY_MOVE(Theme)

    void set(config::Theme theme);
    [[nodiscard]] Appearance appearance() const { return m_appearance; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void followPlatform();

    QApplication& m_application;
    std::function<QPalette()> m_platformPalette;
    QTimer m_follow;
    config::Theme m_theme = config::Theme::System;
    Appearance m_system;
    Appearance m_appearance;
};

} // namespace radpost::ui
