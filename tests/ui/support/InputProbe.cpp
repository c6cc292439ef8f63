#include "tests/ui/support/InputProbe.h"

#include <QMetaEnum>
#include <QMouseEvent>
#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <algorithm>
#include <cmath>

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

/// A movement that knows when it was made.
class Movement final : public QMouseEvent
{
public:
    explicit Movement(const QPointF& at)
        : QMouseEvent(QEvent::MouseMove, at, at, Qt::NoButton, Qt::NoButton, Qt::NoModifier)
    {
    }
    [[nodiscard]] Movement* clone() const override { return new Movement(*this); }
    [[nodiscard]] double waitedMs() const { return milliseconds(Steady::now() - m_made); }

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

InputProbe::InputProbe(QWidget& window)
    : m_window(window)
{
    window.setMouseTracking(true); // else movements without a button do not reach it
    window.installEventFilter(this);
    auto* timer = new QTimer;
    timer->setTimerType(Qt::PreciseTimer);
    timer->setInterval(kInterval);
    timer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, timer, qOverload<>(&QTimer::start));
    connect(&m_thread, &QThread::finished, timer, &QObject::deleteLater);
    connect(timer, &QTimer::timeout, timer, [target = &window] {
        QCoreApplication::postEvent(target, new Movement({1, 1}));
    });
    m_thread.setObjectName(u"input"_s);
    m_thread.start();
}

InputProbe::~InputProbe()
{
    m_thread.quit();
    m_thread.wait();
    QCoreApplication::removePostedEvents(&m_window, QEvent::MouseMove);
}

bool InputProbe::eventFilter(QObject* watched, QEvent* event)
{
    Q_UNUSED(watched)
    if (const auto* movement = dynamic_cast<Movement*>(event)) {
        m_delays.push_back(movement->waitedMs());
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
    return {static_cast<int>(sorted.size()), at(0.5), at(0.99), sorted.back()};
}

SlowWork::SlowWork(int& argc, char** argv)
    : QApplication(argc, argv)
{
}

bool SlowWork::notify(QObject* receiver, QEvent* event)
{
    if (m_depth > 0) {
        return QApplication::notify(receiver, event);
    }
    Work work{nameOf(*receiver, *event)};
    const auto began = Steady::now();
    ++m_depth;
    const bool isDone = QApplication::notify(receiver, event);
    --m_depth;
    work.ms = milliseconds(Steady::now() - began);
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
