#include "tests/e2e/Pointer.h"

#include <QProcess>
#include <QTest>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace radpost::test {

namespace {

constexpr int kPatienceMs = 20'000;
constexpr QPoint kSource{40, 40};

/// Waits for @p process with the event loop alive: the window under test must answer the window system.
bool awaitText(QProcess& process, QByteArray& output, const QByteArray& text)
{
    return QTest::qWaitFor(
               [&] {
                   output += process.readAllStandardOutput();
                   return output.contains(text) || process.state() == QProcess::NotRunning;
               },
               kPatienceMs) &&
        output.contains(text);
}

QStringList moveTo(QPoint point)
{
    return {u"mousemove"_s, QString::number(point.x()), QString::number(point.y())};
}

QStringList pressed(const QString& action)
{
    return {action, u"1"_s};
}

} // namespace

bool Pointer::run(const QStringList& arguments)
{
    QProcess process;
    process.start(u"xdotool"_s, arguments);
    return QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, kPatienceMs) &&
        process.error() == QProcess::UnknownError && process.exitCode() == 0;
}

QPoint Pointer::middleOf(QWidget& widget)
{
    return widget.mapToGlobal(widget.rect().center());
}

bool Pointer::click(QWidget& widget)
{
    return click(widget, widget.rect().center());
}

bool Pointer::click(QWidget& widget, QPoint at)
{
    return run(moveTo(widget.mapToGlobal(at)) + pressed(u"click"_s));
}

bool Pointer::key(const QString& name)
{
    return run({u"key"_s, u"--clearmodifiers"_s, name});
}

bool Pointer::type(const QString& text)
{
    return run({u"type"_s, u"--clearmodifiers"_s, text});
}

bool Pointer::drop(const QStringList& paths, QWidget& target, const std::function<bool()>& hasArrived)
{
    QProcess source;
    source.start(qEnvironmentVariable("RADPOST_BIN_DIR") + u"/tests/e2e/radpost_drag_source"_s, paths);
    QByteArray output;
    const auto end = middleOf(target);
    // Small steps: the drag begins with the first, and the target is told of those over it before the drop.
    const bool isDropped = awaitText(source, output, "shown") && run(moveTo(kSource) + pressed(u"mousedown"_s)) &&
        run(moveTo(kSource + QPoint(12, 12))) && run(moveTo(kSource + QPoint(24, 24))) &&
        run(moveTo(end - QPoint(8, 8))) && run(moveTo(end)) && run(pressed(u"mouseup"_s)) &&
        QTest::qWaitFor(hasArrived, kPatienceMs);
    source.kill();
    source.waitForFinished();
    return isDropped;
}

} // namespace radpost::test
