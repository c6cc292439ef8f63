#include "app/cli/Terminal.h"

#include <QtGlobal>

#ifdef Q_OS_WIN
#include <io.h>
#include <windows.h>
#else
#include <sys/ioctl.h>
#include <unistd.h>
#endif

namespace radpost::cli {

namespace {

constexpr int kDefaultWidth = 80;
constexpr int kNarrowest = 20;

} // namespace

#ifdef Q_OS_WIN

bool isTerminal(Stream stream)
{
    return _isatty(stream == Stream::Output ? 1 : 2) != 0;
}

int terminalWidth()
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (GetConsoleScreenBufferInfo(GetStdHandle(STD_ERROR_HANDLE), &info) == 0) {
        return kDefaultWidth;
    }
    const int width = info.srWindow.Right - info.srWindow.Left + 1;
    return width < kNarrowest ? kDefaultWidth : width;
}

#else

bool isTerminal(Stream stream)
{
    return isatty(stream == Stream::Output ? STDOUT_FILENO : STDERR_FILENO) == 1;
}

int terminalWidth()
{
    winsize size{};
    const bool isKnown = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= kNarrowest;
    return isKnown ? size.ws_col : kDefaultWidth;
}

#endif

} // namespace radpost::cli
