#include "app/desktop/QuitSignals.h"

#include <QSocketNotifier>

#ifndef Q_OS_WIN
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <unistd.h>
#endif

namespace radpost::app {

#ifdef Q_OS_WIN

QuitSignals::QuitSignals(QObject* parent)
    : QObject(parent)
{
}

QuitSignals::~QuitSignals() = default;

#else

namespace {

constexpr std::array kSignals{SIGTERM, SIGINT, SIGHUP};
std::atomic<int> g_writeEnd{-1};

// Only what is safe in a signal handler.
void onSignal(int number)
{
    const int saved = errno;
    std::signal(number, SIG_DFL);
    const char byte = 'q';
    (void)!write(g_writeEnd.load(), &byte, 1);
    errno = saved;
}

} // namespace

QuitSignals::QuitSignals(QObject* parent)
    : QObject(parent)
{
    if (pipe(m_ends) != 0) {
        return; // no descriptors left: the signals end the process as they always do
    }
    g_writeEnd = m_ends[1];
    auto* notifier = new QSocketNotifier(m_ends[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        Q_EMIT received();
    });
    for (const int number : kSignals) {
        std::signal(number, onSignal);
    }
}

QuitSignals::~QuitSignals()
{
    if (m_ends[0] < 0) {
        return;
    }
    for (const int number : kSignals) {
        std::signal(number, SIG_DFL);
    }
    g_writeEnd = -1;
    close(m_ends[0]);
    close(m_ends[1]);
}

#endif

} // namespace radpost::app
