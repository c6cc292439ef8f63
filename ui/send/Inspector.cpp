#include "ui/send/Inspector.h"

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr auto kInterval = 100ms;

} // namespace

Inspector::Inspector(Params params, QObject* parent)
    : QObject(parent)
    , m_params(std::move(params))
    , m_background(u"inspection"_s, 1)
{
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &Inspector::take);
}

void Inspector::add(const QStringList& paths)
{
    if (paths.isEmpty()) {
        return;
    }
    if (!m_inspection) {
        m_inspection = std::make_shared<engine::Inspection>(m_params());
    }
    m_paths = engine::withoutNested(m_paths + paths);
    m_inspection->add(paths);
    m_isRunning = true;
    m_timer.start();
    take();
}

void Inspector::cancel()
{
    if (m_inspection) {
        m_inspection->cancel();
    }
}

void Inspector::scanAgain()
{
    add(QStringList(m_paths));
}

void Inspector::clear()
{
    if (m_inspection) {
        m_inspection->cancel();
        m_background.run(
            this,
            [old = std::exchange(m_inspection, nullptr)]() mutable {
                old.reset();
                return true;
            },
            [](bool) {});
    }
    m_timer.stop();
    resetState();
    Q_EMIT cleared();
}

void Inspector::resetState()
{
    m_paths.clear();
    m_isRunning = false;
    m_wasCut = false;
    m_filesPerSecond = 0;
    m_counts = {};
}

void Inspector::list(size_t serial, QObject* receiver, Listed done)
{
    if (!m_inspection) {
        return;
    }
    m_background.run(
        receiver, [inspection = m_inspection, serial] { return inspection->instances(serial); },
        [done = std::move(done)](const std::vector<engine::SeriesInstance>& instances) { done(instances); });
}

void Inspector::take()
{
    const auto fresh = m_inspection->takeNews();
    m_isRunning = fresh.isRunning;
    m_wasCut = fresh.wasCut;
    m_counts = fresh.counts;
    m_filesPerSecond = fresh.filesPerSecond;
    if (!m_isRunning) {
        m_timer.stop();
    }
    Q_EMIT news(fresh);
    if (fresh.error) {
        Q_EMIT failed(*fresh.error);
    }
}

} // namespace radpost::ui
