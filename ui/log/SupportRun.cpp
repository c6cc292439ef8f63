#include "ui/log/SupportRun.h"

#include "core/observe/Journal.h"

#include "ui/common/Backend.h"
#include "ui/log/LogEvents.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

SupportRun::SupportRun(observe::Journal& journal, Backend& backend, QObject* parent)
    : QObject(parent)
    , m_journal(journal)
    , m_backend(backend)
    , m_worker(u"support"_s, 1)
{
}

SupportRun::~SupportRun()
{
    m_cancel.cancel();
}

void SupportRun::start(const app::SupportRequest& request)
{
    if (m_isRunning) {
        return;
    }
    m_isRunning = true;
    Q_EMIT changed();
    const auto write = [request, &journal = m_journal, cancel = m_cancel.token()](const engine::Engine* engine) {
        journal.flush(); // what was just seen belongs in it
        return app::saveSupportBundle(request, engine, cancel);
    };
    const auto done = [this, file = request.file](
                          const Result<engine::SupportBundleFacts>& facts) { take(file, facts); };
    if (!m_backend.run(
            this, [write](engine::Engine& engine) { return write(&engine); }, done)) {
        m_worker.run(
            this, [write] { return write(nullptr); }, done);
    }
}

void SupportRun::take(const QString& file, const Result<engine::SupportBundleFacts>& facts)
{
    m_isRunning = false;
    Q_EMIT changed();
    if (!facts) {
        Q_EMIT failed(file, facts.error());
        return;
    }
    auto entry = plainEntry(observe::LogEvent::BundleWritten, observe::LogLevel::Info, u"a support bundle: %1"_s);
    entry.facts = {{file}};
    m_journal.add(entry);
    Q_EMIT saved(file, *facts);
}

} // namespace radpost::ui
