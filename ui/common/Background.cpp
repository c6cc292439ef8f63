#include "ui/common/Background.h"

#include <QThread>

#include <chrono>

namespace radpost::ui {

namespace {

constexpr std::chrono::seconds kIdleThreadLife{30};

} // namespace

Background::Background(const QString& name, int threads, QObject* parent)
    : QObject(parent)
    , m_name(name)
{
    connect(this, &Background::told, this, &Background::hear, Qt::QueuedConnection);
    m_pool.setMaxThreadCount(threads);
    m_pool.setExpiryTimeout(static_cast<int>(std::chrono::milliseconds(kIdleThreadLife).count()));
}

Background::~Background()
{
    m_pool.clear();
    m_pool.waitForDone();
    const std::lock_guard lock(m_mutex); // what the threads left is seen as they left it
    m_work.clear();
    m_told.clear();
}

void Background::tell(const QPointer<QObject>& receiver, std::function<void()> then)
{
    {
        const std::lock_guard lock(m_mutex);
        m_told.push_back({receiver, std::move(then)});
    }
    Q_EMIT told({});
}

void Background::hear()
{
    std::unique_lock lock(m_mutex);
    const auto [receiver, then] = std::move(m_told.front());
    m_told.pop_front();
    lock.unlock();
    if (receiver) { // asked here, on its own thread
        then();
    }
}

void Background::post(std::function<void()> work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_work.push_back(std::move(work));
    }
    m_pool.start([this] { workOff(); });
}

void Background::workOff()
{
    QThread::currentThread()->setObjectName(m_name);
    std::unique_lock lock(m_mutex);
    const auto work = std::move(m_work.front());
    m_work.pop_front();
    lock.unlock();
    work();
}

} // namespace radpost::ui
