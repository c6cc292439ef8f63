#include "ui/activity/JobActions.h"

#include "ui/common/Backend.h"

namespace radpost::ui {

JobActions::JobActions(Backend& backend, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
{
}

bool JobActions::isAllowed() const
{
    return m_backend.state() == Backend::State::Ready;
}

template <typename Work>
void JobActions::run(Work work)
{
    m_backend.run(this, std::move(work), [this](const auto& outcome) {
        if (outcome) {
            Q_EMIT done();
        } else {
            Q_EMIT failed(outcome.error());
        }
    });
}

void JobActions::pause(JobId job)
{
    run([job](engine::Engine& engine) { return engine.pause(job); });
}

void JobActions::resume(JobId job)
{
    run([job](engine::Engine& engine) { return engine.resume(job); });
}

void JobActions::resumeDestination(const QString& name)
{
    run([name](engine::Engine& engine) { return engine.resumeDestination(name); });
}

void JobActions::tryNow(JobId job)
{
    run([job](engine::Engine& engine) { return engine.tryNow(job); });
}

void JobActions::cancel(JobId job)
{
    run([job](engine::Engine& engine) { return engine.cancel(job); });
}

void JobActions::retry(JobId job)
{
    run([job](engine::Engine& engine) { return engine.retryFailed(job); });
}

void JobActions::retry(JobId job, const store::FailureCause& cause)
{
    run([job, cause](engine::Engine& engine) { return engine.retryFailed(job, cause); });
}

void JobActions::settle(JobId job)
{
    run([job](engine::Engine& engine) { return engine.settle(job); });
}

void JobActions::setPriority(JobId job, int priority)
{
    run([job, priority](engine::Engine& engine) { return engine.setPriority(job, priority); });
}

void JobActions::sendAgain(JobId job, const config::Destination& destination)
{
    m_backend.run(
        this, [job, destination](engine::Engine& engine) { return engine.sendAgain(job, {destination}); },
        [this](const Result<QList<JobId>>& jobs) {
            if (jobs) {
                Q_EMIT done();
                Q_EMIT sentAgain(*jobs);
            } else {
                Q_EMIT failed(jobs.error());
            }
        });
}

} // namespace radpost::ui
