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
#include <vector>
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

Interrupt::Interrupt(std::function<void()> /*onHangup*/)
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

void setHandler(int signalNumber, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(signalNumber, &action, nullptr);
}

} // namespace

// The signals are blocked and waited for, not handled: nothing here has to be safe in a handler, and none is lost
// between two system calls.
struct Interrupt::Private
{
    CancelSource source;
    std::function<void()> onHangup;
    std::atomic<bool> isPulled{false};
    std::atomic<bool> isOver{false};
    sigset_t maskBefore = {};
    std::thread watcher;

    [[nodiscard]] std::vector<int> watched() const
    {
        return onHangup ? std::vector{SIGINT, SIGTERM, SIGHUP} : std::vector{SIGINT, SIGTERM};
    }

    [[nodiscard]] sigset_t signals() const
    {
        sigset_t set;
        sigemptyset(&set);
        for (const int signalNumber : watched()) {
            sigaddset(&set, signalNumber);
        }
        return set;
    }

    void watch()
    {
        const auto waited = signals();
        for (int taken = 0; sigwait(&waited, &taken) == 0 && !isOver;) {
            if (taken == SIGHUP) {
                onHangup();
            } else if (isPulled.exchange(true)) {
                _exit(static_cast<int>(ExitCode::Interrupted));
            } else {
                source.cancel();
            }
        }
    }
};

Interrupt::Interrupt(std::function<void()> onHangup)
    : d(std::make_unique<Private>())
{
    d->onHangup = std::move(onHangup);
    const auto waited = d->signals();
    pthread_sigmask(SIG_BLOCK, &waited, &d->maskBefore); // the threads started from here on inherit it
    d->watcher = std::thread([state = d.get()] { state->watch(); });
    g_watcher = d->watcher.native_handle();
    for (const int signalNumber : d->watched()) {
        setHandler(signalNumber, passOn);
    }
}

Interrupt::~Interrupt()
{
    for (const int signalNumber : d->watched()) {
        setHandler(signalNumber, SIG_DFL);
    }
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
