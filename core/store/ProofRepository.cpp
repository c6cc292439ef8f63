#include "core/store/ProofRepository.h"

#include "core/store/Database.h"
#include "core/store/walltime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

const QString kSelectUnproved =
    u"SELECT d.id, c.sop_class_uid, i.sop_instance_uid, s.study_instance_uid, s.series_instance_uid, "
    "coalesce(p.rounds, 0) FROM deliveries d JOIN instances i ON i.id = d.instance_id "
    "JOIN contexts c ON c.id = i.context_id JOIN series s ON s.id = i.series_id "
    "LEFT JOIN proofs p ON p.delivery_id = d.id "_s;

const QString kSelectCommitment = u"SELECT id, transaction_uid, job_id, state, asked_at, due_at FROM commitments "_s;

CommitmentRow commitmentOf(const Statement& row)
{
    return {row.integer(0), row.ascii(1), JobId{row.integer(2)}, static_cast<CommitmentState>(row.number(3)),
        fromMilliseconds(row.integer(4)), fromMilliseconds(row.integer(5))};
}

Result<QList<UnprovedDelivery>> readUnproved(Statement& rows)
{
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<UnprovedDelivery> list;
    while (rows.next()) {
        list.append({DeliveryId{rows.integer(0)}, SopClassUid{rows.ascii(1)}, SopInstanceUid{rows.ascii(2)},
            StudyInstanceUid{rows.ascii(3)}, SeriesInstanceUid{rows.ascii(4)}, rows.number(5)});
    }
    return list;
}

Statement& bindRange(Statement& statement, JobId job)
{
    return statement.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
}

/// The first column of the first row; none when there is none or it is null.
Result<std::optional<WallTime>> readTime(Statement& rows)
{
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    std::optional<WallTime> time;
    if (rows.next() && !rows.isNull(0)) {
        time = fromMilliseconds(rows.integer(0));
    }
    rows.finish();
    return time;
}

} // namespace

ProofRepository::ProofRepository(Database& database)
    : m_database(database)
{
}

Result<ProofCounts> ProofRepository::counts(JobId job)
{
    auto& rows = m_database.prepared(u"SELECT proof, count(*) FROM deliveries WHERE id >= ? AND id < ? "
                                     "AND state IN (2, 3) GROUP BY proof"_s);
    if (auto done = bindRange(rows, job).exec(); !done) {
        return fail(done.error());
    }
    ProofCounts counts;
    while (rows.next()) {
        counts.of(static_cast<Proof>(rows.number(0))) += rows.integer(1);
    }
    return counts;
}

Result<QList<UnprovedDelivery>> ProofRepository::due(JobId job, WallTime now, WallTime latest, int limit)
{
    auto& rows = m_database.prepared(kSelectUnproved +
        u"WHERE d.id >= ? AND d.id < ? AND d.state IN (2, 3) AND d.proof <> 2 AND "
        "((p.delivery_id IS NULL AND d.proof = 0) OR p.ask_at <= ? OR p.ask_at > ? OR (d.proof = 1 AND p.ask_at IS "
        "NULL "
        "AND d.id NOT IN (SELECT o.delivery_id FROM commitments k JOIN commitment_deliveries o ON o.commitment_id = "
        "k.id "
        "WHERE k.job_id = ? AND k.state < 2))) ORDER BY d.id LIMIT ?"_s);
    bindRange(rows, job).bind(toMilliseconds(now)).bind(toMilliseconds(latest)).bind(job.value).bind(limit);
    return readUnproved(rows);
}

Result<std::optional<WallTime>> ProofRepository::nextDue(JobId job)
{
    auto& asks = m_database.prepared(
        u"SELECT min(ask_at) FROM proofs WHERE delivery_id >= ? AND delivery_id < ? AND ask_at IS NOT NULL"_s);
    auto ask = readTime(bindRange(asks, job));
    auto& reports = m_database.prepared(u"SELECT min(due_at) FROM commitments WHERE job_id = ? AND state < 2"_s);
    auto report = ask ? readTime(reports.bind(job.value)) : ask;
    if (!report || !*report || !*ask) {
        return !report || *report ? report : ask;
    }
    return std::min(*ask, *report);
}

Result<bool> ProofRepository::isSettled(JobId job)
{
    auto& rows = m_database.prepared(
        u"SELECT EXISTS (SELECT 1 FROM commitments WHERE job_id = ? AND state < 2) OR EXISTS (SELECT 1 FROM "
        "deliveries d LEFT JOIN proofs p ON p.delivery_id = d.id WHERE d.id >= ? AND d.id < ? AND d.state IN (2, 3) "
        "AND d.proof <> 2 AND ((p.delivery_id IS NULL AND d.proof = 0) OR p.ask_at IS NOT NULL OR d.proof = 1))"_s);
    if (auto done = bindRange(rows.bind(job.value), job).exec(); !done) {
        return fail(done.error());
    }
    const bool isOpen = rows.next() && rows.number(0) != 0;
    rows.finish();
    return !isOpen;
}

Result<QList<JobId>> ProofRepository::unsettled()
{
    auto& rows = m_database.prepared(u"SELECT id FROM jobs WHERE proof_wanted <> 0 ORDER BY id"_s);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<JobId> jobs;
    while (rows.next()) {
        jobs.append(JobId{rows.integer(0)});
    }
    QList<JobId> open;
    for (const auto job : jobs) {
        const auto settled = isSettled(job);
        if (!settled) {
            return fail(settled.error());
        }
        if (!*settled) {
            open.append(job);
        }
    }
    return open;
}

Result<CommitmentRow> ProofRepository::commitment(const QByteArray& transactionUid)
{
    auto& rows = m_database.prepared(kSelectCommitment + u"WHERE transaction_uid = ?"_s);
    if (auto done = rows.bindText(QString::fromLatin1(transactionUid)).exec(); !done) {
        return fail(done.error());
    }
    if (!rows.next()) {
        return fail(ErrorCode::InvalidArgument, u"no such transaction of storage commitment"_s);
    }
    auto row = commitmentOf(rows);
    rows.finish();
    return row;
}

Result<QList<UnprovedDelivery>> ProofRepository::deliveriesOf(qint64 commitment)
{
    auto& rows = m_database.prepared(
        kSelectUnproved + u"WHERE d.id IN (SELECT delivery_id FROM commitment_deliveries WHERE commitment_id = ?)"_s);
    return readUnproved(rows.bind(commitment));
}

Result<QList<CommitmentRow>> ProofRepository::openCommitments(JobId job)
{
    auto& rows = m_database.prepared(kSelectCommitment + u"WHERE job_id = ? AND state < 2 ORDER BY id"_s);
    if (auto done = rows.bind(job.value).exec(); !done) {
        return fail(done.error());
    }
    QList<CommitmentRow> list;
    while (rows.next()) {
        list.append(commitmentOf(rows));
    }
    return list;
}

Result<QList<UnprovedDelivery>> ProofRepository::setAsked(const QList<UnprovedDelivery>& deliveries)
{
    QList<UnprovedDelivery> set;
    for (const auto& delivery : deliveries) {
        auto& asked =
            m_database.prepared(u"UPDATE deliveries SET proof = 1 WHERE id = ? AND state IN (2, 3) AND proof <> 2"_s);
        if (auto done = asked.bind(delivery.id.value).exec(); !done) {
            return fail(done.error());
        }
        if (asked.affected() == 0) {
            continue;
        }
        auto& round = m_database.prepared(u"INSERT INTO proofs (delivery_id, rounds) VALUES (?, 1) "
                                          "ON CONFLICT (delivery_id) DO UPDATE SET rounds = rounds + 1, ask_at = NULL, "
                                          "failure_reason = NULL, error_code = NULL"_s);
        if (auto done = round.bind(delivery.id.value).exec(); !done) {
            return fail(done.error());
        }
        set.append(delivery);
    }
    return set;
}

Result<QList<UnprovedDelivery>> ProofRepository::insertCommitment(
    const CommitmentRow& row, const QList<UnprovedDelivery>& deliveries)
{
    auto asked = setAsked(deliveries);
    if (!asked || asked->isEmpty()) {
        return asked;
    }
    auto& insert = m_database.prepared(
        u"INSERT INTO commitments (transaction_uid, job_id, state, asked_at, due_at) VALUES (?, ?, ?, ?, ?)"_s);
    insert.bindText(QString::fromLatin1(row.transactionUid)).bind(row.job.value).bind(static_cast<int>(row.state));
    if (auto done = insert.bind(toMilliseconds(row.askedAt)).bind(toMilliseconds(row.dueAt)).exec(); !done) {
        return fail(done.error());
    }
    for (const auto& delivery : *asked) {
        auto& item = m_database.prepared(u"INSERT INTO commitment_deliveries (commitment_id, delivery_id) "
                                         "SELECT id, ? FROM commitments WHERE transaction_uid = ?"_s);
        item.bind(delivery.id.value).bindText(QString::fromLatin1(row.transactionUid));
        if (auto done = item.exec(); !done) {
            return fail(done.error());
        }
    }
    return asked;
}

Result<> ProofRepository::setCommitmentState(
    qint64 id, CommitmentState state, WallTime now, const std::optional<Error>& error)
{
    const bool isOpen = state < CommitmentState::Reported;
    auto& update = m_database.prepared(
        u"UPDATE commitments SET state = ?, ended_at = ?, error_code = ?, dimse_status = ? WHERE id = ?"_s);
    update.bind(static_cast<int>(state)).bindOptional(isOpen ? std::nullopt : std::optional(toMilliseconds(now)));
    update.bindOptional(error ? std::optional(static_cast<int>(error->code)) : std::nullopt);
    return update.bindOptional(error ? error->dimseStatus : std::nullopt).bind(id).exec();
}

Result<> ProofRepository::answer(std::span<const ProofAnswer> answers, WallTime now)
{
    for (const auto& answer : answers) {
        if (auto done = setProof(answer, now); !done) {
            return done;
        }
    }
    return {};
}

Result<> ProofRepository::setProof(const ProofAnswer& answer, WallTime now)
{
    auto& update =
        m_database.prepared(u"UPDATE deliveries SET proof = ? WHERE id = ? AND state IN (2, 3) AND proof <> 2"_s);
    if (auto done = update.bind(static_cast<int>(answer.proof)).bind(answer.id.value).exec(); !done) {
        return done;
    }
    if (update.affected() == 0) {
        return {};
    }
    auto& row = m_database.prepared(
        u"INSERT INTO proofs (delivery_id, ask_at, failure_reason, error_code, told_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (delivery_id) DO UPDATE SET ask_at = excluded.ask_at, failure_reason = excluded.failure_reason, "
        "error_code = excluded.error_code, told_at = excluded.told_at"_s);
    row.bind(answer.id.value).bindOptional(answer.askAt ? std::optional(toMilliseconds(*answer.askAt)) : std::nullopt);
    row.bindOptional(answer.reason);
    row.bindOptional(answer.errorCode ? std::optional(static_cast<int>(*answer.errorCode)) : std::nullopt);
    return row.bind(toMilliseconds(now)).exec();
}

} // namespace radpost::store
