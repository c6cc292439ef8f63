#include "app/desktop/DesktopProgram.h"

#include <QApplication>
#include <QByteArrayList>

#include <csignal>
#include <cstdio>

using namespace radpost;

namespace {

int print(const app::DesktopNotice& notice)
{
    std::fputs(qPrintable(notice.text), notice.exitCode == 0 ? stdout : stderr);
    return notice.exitCode;
}

bool asksForWordsOnly(int argc, char** argv)
{
    const QByteArrayList words{"-h", "--help", "-V", "--version"};
    return argc == 2 && words.contains(QByteArray(argv[1]));
}

// Where there is no display, a window cannot be had, but an answer can.
int answer(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const auto parsed = app::parseDesktopOptions(QCoreApplication::arguments());
    return print(std::get<app::DesktopNotice>(parsed));
}

} // namespace

int main(int argc, char** argv)
{
    if (asksForWordsOnly(argc, argv)) {
        return answer(argc, argv);
    }
#ifdef SIGPIPE
    // A closed connection is a write error where it happens, not the end of the process.
    std::signal(SIGPIPE, SIG_IGN);
#endif
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Radpost"));
    const auto parsed = app::parseDesktopOptions(QApplication::arguments());
    if (const auto* notice = std::get_if<app::DesktopNotice>(&parsed)) {
        return print(*notice);
    }
    app::DesktopProgram program(application, std::get<app::DesktopOptions>(parsed));
    program.start();
    return QApplication::exec();
}
