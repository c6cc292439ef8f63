#include "tests/ui/support/InputProbe.h"

#include <QEventLoop>
#include <QMetaEnum>
#include <QStringList>
#include <QThread>
#include <QTimer>
#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::test {

namespace {

using Steady = std::chrono::steady_clock;

constexpr auto kInterval = 5ms;
constexpr size_t kReported = 4;

double milliseconds(Steady::duration passed)
{
    return std::chrono::duration<double, std::milli>(passed).count();
}

/// Waits in the queue as a movement of the mouse does, and knows when it was made. A QMouseEvent belongs to the GUI
/// thread: its constructor changes the point of the mouse device, of which there is one.
class Movement final : public QEvent
{
public:
    Movement()
        : QEvent(kind())
    {
    }
    [[nodiscard]] Movement* clone() const override { return new Movement(*this); }
    [[nodiscard]] static QEvent::Type kind()
    {
        static const auto registered = static_cast<QEvent::Type>(QEvent::registerEventType());
        return registered;
    }
    [[nodiscard]] Steady::time_point made() const { return m_made; }

private:
    Steady::time_point m_made = Steady::now();
};

/// As "MetaCall of SendPage"; the receiver may be gone afterwards.
QString nameOf(const QObject& receiver, const QEvent& event)
{
    const auto* parent = receiver.parent();
    const QString place = parent == nullptr ? QString() : u" in "_s + QLatin1String(parent->metaObject()->className());
    return QLatin1String(QMetaEnum::fromType<QEvent::Type>().valueToKey(event.type())) + u" of "_s +
        QLatin1String(receiver.metaObject()->className()) + place;
}

} // namespace

ProcessorWait::ProcessorWait()
{
#ifdef Q_OS_LINUX
    m_descriptor = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
#endif
}

ProcessorWait::~ProcessorWait()
{
#ifdef Q_OS_LINUX
    if (m_descriptor >= 0) {
        close(m_descriptor);
    }
#endif
}

// "RUNNING WAITING SLICES", nanoseconds
double ProcessorWait::ms() const
{
#ifdef Q_OS_LINUX
    std::array<char, 128> text{};
    const auto size = m_descriptor < 0 ? 0 : pread(m_descriptor, text.data(), text.size(), 0);
    if (size > 0) {
        return QByteArray(text.data(), static_cast<qsizetype>(size)).split(' ').value(1).toDouble() / 1e6;
    }
#endif
    return 0;
}

InputProbe::InputProbe(QWidget& window)
    : m_window(window)
{
    window.installEventFilter(this);
    auto* timer = new QTimer;
    timer->setTimerType(Qt::PreciseTimer);
    timer->setInterval(kInterval);
    timer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, timer, qOverload<>(&QTimer::start));
    connect(&m_thread, &QThread::finished, timer, &QObject::deleteLater);
    connect(timer, &QTimer::timeout, timer, [target = &window] { QCoreApplication::postEvent(target, new Movement); });
    m_thread.setObjectName(u"input"_s);
    m_thread.start();
}

InputProbe::~InputProbe()
{
    m_thread.quit();
    m_thread.wait();
    QCoreApplication::removePostedEvents(&m_window, Movement::kind());
}

bool InputProbe::eventFilter(QObject* watched, QEvent* event)
{
    Q_UNUSED(watched)
    if (const auto* movement = dynamic_cast<Movement*>(event)) {
        const auto now = Steady::now();
        const auto waited = m_wait.ms();
        const auto delay = milliseconds(now - movement->made());
        while (m_waited.size() > 1 && m_waited[1].first <= movement->made()) {
            m_waited.pop_front(); // the front is the last that was heard before this one was made
        }
        const auto before = m_waited.empty() ? waited : m_waited.front().second;
        m_delays.push_back(delay);
        m_ours.push_back(std::max(0.0, delay - (waited - before)));
        m_waited.emplace_back(now, waited);
        return true;
    }
    return false;
}

InputDelays InputProbe::delays() const
{
    auto sorted = m_delays;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.empty()) {
        return {};
    }
    const auto at = [&sorted](double share) {
        return sorted[static_cast<size_t>(share * static_cast<double>(sorted.size() - 1))];
    };
    return {static_cast<int>(sorted.size()), at(0.5), at(0.99), sorted.back(),
        *std::max_element(m_ours.begin(), m_ours.end())};
}

bool runUntil(const std::function<bool()>& isDone, std::chrono::milliseconds limit)
{
    QEventLoop loop;
    QTimer look;
    look.callOnTimeout(&loop, [&] {
        if (isDone()) {
            loop.exit(0);
        }
    });
    look.start(kInterval);
    QTimer::singleShot(limit, &loop, [&loop] { loop.exit(1); });
    return loop.exec() == 0;
}

SlowWork::SlowWork(int& argc, char** argv)
    : QApplication(argc, argv)
{
}

bool SlowWork::notify(QObject* receiver, QEvent* event)
{
    // Events of other threads come through here, too.
    if (QThread::currentThread() != thread() || m_depth > 0) {
        return QApplication::notify(receiver, event);
    }
    Work work{nameOf(*receiver, *event)};
    const auto began = Steady::now();
    const auto waited = m_wait.ms();
    ++m_depth;
    const bool isDone = QApplication::notify(receiver, event);
    --m_depth;
    work.ms = milliseconds(Steady::now() - began) - (m_wait.ms() - waited);
    remember(work);
    return isDone;
}

void SlowWork::remember(const Work& work)
{
    const auto known = std::find_if(
        m_slowest.begin(), m_slowest.end(), [&work](const Work& other) { return other.name == work.name; });
    if (known != m_slowest.end()) {
        known->ms = std::max(known->ms, work.ms);
    } else {
        m_slowest.push_back(work);
    }
}

QString SlowWork::takeReport()
{
    auto slowest = std::exchange(m_slowest, {});
    std::sort(slowest.begin(), slowest.end(), [](const Work& a, const Work& b) { return a.ms > b.ms; });
    QStringList lines;
    for (size_t i = 0; i < std::min(kReported, slowest.size()); ++i) {
        lines.append(u"%1 %2 ms"_s.arg(slowest[i].name).arg(std::round(slowest[i].ms)));
    }
    return lines.join(u", "_s);
}

} // namespace radpost::test
