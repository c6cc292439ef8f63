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

#else

namespace {

constexpr char kPulled = 'p';
constexpr char kHangup = 'h';
constexpr char kQuit = 'q';

std::atomic<int> g_writeEnd{-1};
std::atomic<int> g_pulls{0};

void wake(char what)
{
    while (write(g_writeEnd.load(), &what, 1) < 0 && errno == EINTR) {
    }
}

// Only what is safe in a signal handler: the token is pulled on the watcher's thread.
void onSignal(int)
{
    const int saved = errno;
    if (g_pulls.fetch_add(1) > 0) {
        _exit(static_cast<int>(ExitCode::Interrupted));
    }
    wake(kPulled);
    errno = saved;
}

void onHangupSignal(int)
{
    const int saved = errno;
    wake(kHangup);
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

struct Interrupt::Private
{
    CancelSource source;
    std::function<void()> onHangup;
    int pipeEnds[2] = {-1, -1};
    std::thread watcher;

    void watch()
    {
        char what = 0;
        while (what != kQuit) {
            const auto count = read(pipeEnds[0], &what, 1);
            if (count == 0 || (count < 0 && errno != EINTR)) {
                return;
            }
            if (count == 1 && what == kPulled) {
                source.cancel();
            }
            if (count == 1 && what == kHangup && onHangup) {
                onHangup();
            }
        }
    }
};

Interrupt::Interrupt(std::function<void()> onHangup)
    : d(std::make_unique<Private>())
{
    d->onHangup = std::move(onHangup);
    g_pulls = 0;
    if (pipe(d->pipeEnds) != 0) {
        return; // no descriptors left: Ctrl-C ends the process as it always does
    }
    g_writeEnd = d->pipeEnds[1];
    d->watcher = std::thread([state = d.get()] { state->watch(); });
    setHandler(SIGINT, onSignal);
    setHandler(SIGTERM, onSignal);
    if (d->onHangup) {
        setHandler(SIGHUP, onHangupSignal);
    }
}

Interrupt::~Interrupt()
{
    if (!d->watcher.joinable()) {
        return;
    }
    setHandler(SIGINT, SIG_DFL);
    setHandler(SIGTERM, SIG_DFL);
    if (d->onHangup) {
        setHandler(SIGHUP, SIG_DFL);
    }
    wake(kQuit);
    d->watcher.join();
    g_writeEnd = -1;
    close(d->pipeEnds[0]);
    close(d->pipeEnds[1]);
}

#endif

CancelToken Interrupt::token() const
{
    return d->source.token();
}

bool Interrupt::wasPulled() const
{
    return g_pulls.load() > 0;
}

} // namespace radpost::cli
