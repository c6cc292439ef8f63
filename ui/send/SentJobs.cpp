#include "ui/send/SentJobs.h"

#include "ui/common/EngineEvents.h"

#include <algorithm>

namespace radpost::ui {

using queue::JobActivity;
using store::DeliveryState;
using Phase = SentStanding::Phase;

namespace {

Phase phaseOf(const queue::JobProgress& progress)
{
    switch (progress.activity) {
    case JobActivity::Paused:
        return Phase::Paused;
    case JobActivity::Stopped:
        return Phase::Stopped;
    case JobActivity::Cancelled:
        return Phase::Cancelled;
    case JobActivity::Finished:
        return progress.counts.of(DeliveryState::Rejected) > 0 ? Phase::Failed : Phase::Stored;
    default:
        return Phase::OnTheWay;
    }
}

} // namespace

SentJobs::SentJobs(EngineEvents& events, QObject* parent)
    : QObject(parent)
{
    connect(&events, &EngineEvents::progressed, this, &SentJobs::take);
    connect(&events, &EngineEvents::jobAtRest, this, &SentJobs::take);
}

void SentJobs::begin()
{
    m_jobs.clear();
    m_told.clear();
    m_isStarting = true;
    sumUp();
}

void SentJobs::follow(const QList<JobId>& jobs)
{
    m_isStarting = false;
    m_jobs = jobs;
    std::erase_if(m_told, [this](const auto& told) { return !m_jobs.contains(told.first); });
    sumUp();
}

void SentJobs::forget()
{
    m_isStarting = false;
    m_jobs.clear();
    m_told.clear();
    sumUp();
}

void SentJobs::take(const queue::JobProgress& progress)
{
    if (m_isStarting || m_jobs.contains(progress.job)) {
        m_told.insert_or_assign(progress.job, progress);
        sumUp();
    }
}

void SentJobs::sumUp()
{
    const auto now = sum();
    if (now != m_standing) {
        m_standing = now;
        Q_EMIT changed();
    }
}

// The phase that says most of several: the first in the order of the enumeration.
SentStanding SentJobs::sum() const
{
    SentStanding sum;
    if (m_jobs.isEmpty()) {
        sum.phase = m_isStarting ? Phase::Starting : Phase::Nothing;
        return sum;
    }
    sum.phase = Phase::Stored;
    for (const auto job : m_jobs) {
        const auto told = m_told.find(job);
        if (told == m_told.end()) {
            sum.phase = Phase::OnTheWay;
            continue;
        }
        const auto& progress = told->second;
        sum.phase = std::min(sum.phase, phaseOf(progress));
        sum.sent += progress.counts.of(DeliveryState::Stored) + progress.counts.of(DeliveryState::StoredWithWarning);
        sum.failed += progress.counts.of(DeliveryState::Rejected);
        sum.total += progress.counts.total();
        if (progress.activity == JobActivity::Stopped && !sum.stopReason) {
            sum.stopReason = progress.lastError;
        }
    }
    return sum;
}

} // namespace radpost::ui
