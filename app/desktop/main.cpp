#include "app/desktop/DesktopProgram.h"
#include "app/desktop/OneCopy.h"
#include "app/desktop/QuitSignals.h"

#include "core/config/Paths.h"
#include "core/observe/Journal.h"

#include <QApplication>
#include <QByteArrayList>
#include <QFileInfo>

#include <chrono>

#include <csignal>
#include <cstdio>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

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

// Copies that share neither configuration nor ledger have nothing to tell each other.
QString placeOf(const app::DesktopOptions& options)
{
    const auto config = options.configFile.isEmpty() ? config::defaultConfigFile() : options.configFile;
    const auto data = options.dataFolder.isEmpty() ? QString() : QFileInfo(options.dataFolder).absoluteFilePath();
    return QFileInfo(config).absoluteFilePath() + u'\n' + data;
}

int run(QApplication& application, const app::DesktopOptions& options)
{
    const auto folder = app::OneCopy::usualFolder();
    app::OneCopy copy(folder, placeOf(options));
    const auto role = folder.isEmpty() ? app::OneCopy::Role::First : copy.begin(options.paths, 5s);
    if (role == app::OneCopy::Role::HandedOver) {
        return 0;
    }
    if (role == app::OneCopy::Role::NoAnswer) {
        std::fputs("Radpost is running already, but does not answer.\n", stderr);
        return 1;
    }
    // Before anything that could have something to say; its files begin when the configuration has named their folder.
    observe::JournalParams params;
    params.awaitsFolder = true;
    observe::Journal journal(params);
    journal.takeLog(observe::LogLevel::Info);
    app::DesktopProgram program(application, options, nullptr, &journal);
    const app::QuitSignals signals;
    QObject::connect(&signals, &app::QuitSignals::received, &program, &app::DesktopProgram::quit);
    QObject::connect(&copy, &app::OneCopy::given, &program, &app::DesktopProgram::give);
    program.start();
    return QApplication::exec();
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
    return run(application, std::get<app::DesktopOptions>(parsed));
}
