#pragma once

#include <QPoint>
#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace radpost::test {

/// The mouse and the keyboard of the X server, moved by xdotool as a hand would: the window system decides who hears of
/// it. Events are processed meanwhile. False: xdotool failed.
class Pointer final
{
public:
    [[nodiscard]] static bool click(QWidget& widget);
    [[nodiscard]] static bool click(QWidget& widget, QPoint at); ///< in its own coordinates
    [[nodiscard]] static bool key(const QString& name);          ///< "Tab", "ctrl+a"
    [[nodiscard]] static bool type(const QString& text);

    /// Drags @p paths out of another program's window, lets them go over @p target and waits until @p hasArrived: the
    /// data are fetched from that program after the drop.
    [[nodiscard]] static bool drop(const QStringList& paths, QWidget& target, const std::function<bool()>& hasArrived);

private:
    [[nodiscard]] static bool run(const QStringList& arguments);
    [[nodiscard]] static QPoint middleOf(QWidget& widget);
};

} // namespace radpost::test
