#include "core/store/BacklogRepository.h"

#include "core/store/Database.h"
#include "core/store/walltime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

struct OpenJob
{
    JobId id;
    QString destinationName;
    WallTime createdAt;
};

} // namespace

Result<QList<DestinationBacklog>> BacklogRepository::destinations()
{
    auto& rows = m_database.prepared(u"SELECT name, paused FROM destinations ORDER BY name"_s);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<DestinationBacklog> all;
    while (rows.next()) {
        DestinationBacklog backlog;
        backlog.destinationName = rows.text(0);
        backlog.isPaused = rows.number(1) != 0;
        all.append(backlog);
    }
    return all;
}

Result<QList<DestinationBacklog>> BacklogRepository::read()
{
    auto all = destinations();
    auto& rows = m_database.prepared(u"SELECT j.id, n.name, j.created_at FROM jobs j JOIN destinations n "
                                     "ON n.id = j.destination_id WHERE j.finished_at IS NULL ORDER BY j.id"_s);
    if (auto done = all ? rows.exec() : fail(all.error()); !done) {
        return fail(done.error());
    }
    QList<OpenJob> jobs;
    while (rows.next()) {
        jobs.append({JobId{rows.integer(0)}, rows.text(1), fromMilliseconds(rows.integer(2))});
    }
    qint64 rowsLeft = m_maxRows;
    for (const auto& job : std::as_const(jobs)) {
        const auto into = std::find_if(all->begin(), all->end(),
            [&job](const auto& backlog) { return backlog.destinationName == job.destinationName; });
        if (auto added = addJob(job.id, job.createdAt, rowsLeft, *into); !added) {
            return fail(added.error());
        }
    }
    return all;
}

Result<> BacklogRepository::addJob(JobId job, WallTime createdAt, qint64& rowsLeft, DestinationBacklog& into)
{
    if (rowsLeft <= 0) {
        into.isLowerBound = true;
        return {};
    }
    auto& rows = m_database.prepared(u"SELECT state, count(*) FROM (SELECT state FROM deliveries WHERE id >= ? AND "
                                     "id < ? ORDER BY id LIMIT ?) GROUP BY state"_s);
    rows.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value).bind(rowsLeft);
    if (auto done = rows.exec(); !done) {
        return done;
    }
    qint64 undelivered = 0;
    while (rows.next()) {
        const auto state = static_cast<DeliveryState>(rows.number(0));
        const auto count = rows.integer(1);
        rowsLeft -= count;
        into.pending += state == DeliveryState::Pending ? count : 0;
        into.waiting += state == DeliveryState::Waiting ? count : 0;
        undelivered += state == DeliveryState::Pending || state == DeliveryState::Waiting ? count : 0;
    }
    into.isLowerBound = into.isLowerBound || rowsLeft <= 0;
    if (undelivered > 0) {
        into.oldest = std::min(into.oldest.value_or(createdAt), createdAt);
    }
    return {};
}

} // namespace radpost::store
