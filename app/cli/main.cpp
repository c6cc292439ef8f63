#include "app/cli/Application.h"
#include "app/cli/Help.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <cstring>

int main(int argc, char** argv)
{
    // Scripts ask for the version often: answered without any set-up.
    if (argc == 2 && (std::strcmp(argv[1], "--version") == 0 || std::strcmp(argv[1], "-V") == 0)) {
        std::puts(radpost::cli::versionText());
        return 0;
    }
#ifdef SIGPIPE
    // A closed pipe or connection is a write error where it happens, not the end of the process.
    std::signal(SIGPIPE, SIG_IGN);
#endif
    // Qt warns on standard error when the locale is not UTF-8, and then does the right thing.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    QCoreApplication application(argc, argv);
    qInstallMessageHandler(nullptr);
    return radpost::cli::runApplication(QCoreApplication::arguments().mid(1));
}
