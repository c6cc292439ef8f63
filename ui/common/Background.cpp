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
    m_pool.setMaxThreadCount(threads);
    m_pool.setExpiryTimeout(static_cast<int>(std::chrono::milliseconds(kIdleThreadLife).count()));
}

Background::~Background()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void Background::tell(const QPointer<QObject>& receiver, std::function<void()> then)
{
    // By way of this object, which outlives its threads: whether the receiver lives is asked on its own thread.
    QMetaObject::invokeMethod(
        this,
        [receiver, then = std::move(then)] {
            if (receiver) {
                then();
            }
        },
        Qt::QueuedConnection);
}

void Background::post(std::function<void()> work)
{
    m_pool.start([name = m_name, work = std::move(work)] {
        QThread::currentThread()->setObjectName(name);
        work();
    });
}

} // namespace radpost::ui
