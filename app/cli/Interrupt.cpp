#include "app/cli/Interrupt.h"

#include "app/cli/ExitCode.h"

#include <QtGlobal>

#include <atomic>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <cerrno>
#include <csignal>
#include <thread>
#include <unistd.h>
#endif

namespace radpost::cli {

#ifdef Q_OS_WIN

namespace {

std::atomic<CancelSource*> g_source{nullptr};
std::atomic<int> g_pulls{0};

// Runs on a thread of the system's own, so the source may be pulled right here.
BOOL WINAPI onConsoleEvent(DWORD)
{
    auto* source = g_source.load();
    if (source == nullptr || g_pulls.fetch_add(1) > 0) {
        return FALSE;
    }
    source->cancel();
    return TRUE;
}

} // namespace

struct Interrupt::Private
{
    CancelSource source;
};

Interrupt::Interrupt()
    : d(std::make_unique<Private>())
{
    g_pulls = 0;
    g_source = &d->source;
    SetConsoleCtrlHandler(onConsoleEvent, TRUE);
}

Interrupt::~Interrupt()
{
    SetConsoleCtrlHandler(onConsoleEvent, FALSE);
    g_source = nullptr;
}

bool Interrupt::wasPulled() const
{
    return g_pulls.load() > 0;
}

#else

namespace {

std::atomic<pthread_t> g_watcher{};

// For threads older than the watcher, which do not leave the signals to it.
void passOn(int signalNumber)
{
    const int saved = errno;
    pthread_kill(g_watcher.load(), signalNumber);
    errno = saved;
}

void setHandlers(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

sigset_t endSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

// The signals are blocked and waited for, not handled: nothing here has to be safe in a handler, and none is lost
// between two system calls.
struct Interrupt::Private
{
    CancelSource source;
    std::atomic<bool> isPulled{false};
    std::atomic<bool> isOver{false};
    sigset_t maskBefore = {};
    std::thread watcher;

    void watch()
    {
        const auto signals = endSignals();
        for (int taken = 0; sigwait(&signals, &taken) == 0 && !isOver;) {
            if (isPulled.exchange(true)) {
                _exit(static_cast<int>(ExitCode::Interrupted));
            }
            source.cancel();
        }
    }
};

Interrupt::Interrupt()
    : d(std::make_unique<Private>())
{
    const auto signals = endSignals();
    pthread_sigmask(SIG_BLOCK, &signals, &d->maskBefore); // the threads started from here on inherit it
    d->watcher = std::thread([state = d.get()] { state->watch(); });
    g_watcher = d->watcher.native_handle();
    setHandlers(passOn);
}

Interrupt::~Interrupt()
{
    setHandlers(SIG_DFL);
    d->isOver = true;
    pthread_kill(d->watcher.native_handle(), SIGTERM);
    d->watcher.join();
    pthread_sigmask(SIG_SETMASK, &d->maskBefore, nullptr);
}

bool Interrupt::wasPulled() const
{
    return d->isPulled;
}

#endif

CancelToken Interrupt::token() const
{
    return d->source.token();
}

} // namespace radpost::cli
