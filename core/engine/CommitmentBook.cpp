#include "core/engine/CommitmentBook.h"

#include "core/observe/Log.h"
#include "core/store/Ledger.h"
#include "core/store/ProofRepository.h"

#include <QHash>

namespace radpost::engine {

namespace {

constexpr quint16 kStatusSuccess = 0x0000;
constexpr quint16 kStatusProcessingFailure = 0x0110;
constexpr quint16 kStatusInvalidArgument = 0x0115; // PS3.7 Annex C

using Key = std::pair<QByteArray, QByteArray>;

Key keyOf(const net::SopReference& reference)
{
    return {reference.sopClassUid.value, reference.sopInstanceUid.value};
}

/// What the report says of each reference; 0: committed.
QHash<Key, quint16> saidOf(const net::CommitmentReport& report)
{
    QHash<Key, quint16> said;
    for (const auto& reference : report.committed) {
        said.insert(keyOf(reference), 0);
    }
    for (const auto& failure : report.failed) { // what stands in both is not safe
        said.insert(keyOf(failure.reference), failure.reason);
    }
    return said;
}

store::ProofAnswer failed(
    const store::UnprovedDelivery& delivery, quint16 reason, const ProofPolicy& policy, store::WallTime now)
{
    store::ProofAnswer answer{delivery.id, store::Proof::Missing, reason, ErrorCode::ProofMissing, {}};
    if (mayPass(reason)) {
        answer.askAt = policy.nextAsk(delivery.rounds, now);
        answer.proof = answer.askAt ? store::Proof::Asked : store::Proof::Missing;
    }
    return answer;
}

/// PS3.4 J.3.3.1.2 asks for all of them; what was left out was not answered.
store::ProofAnswer leftOut(const store::UnprovedDelivery& delivery, const ProofPolicy& policy, store::WallTime now)
{
    const auto askAt = policy.nextAsk(delivery.rounds, now);
    return {delivery.id, askAt ? store::Proof::Asked : store::Proof::Missing, {}, ErrorCode::CommitmentTimeout, askAt};
}

} // namespace

bool mayPass(quint16 failureReason)
{
    return failureReason == net::kReasonProcessingFailure || failureReason == net::kReasonResourceLimitation ||
        failureReason == net::kReasonDuplicateTransaction;
}

void CommitmentBook::setListener(std::function<void(JobId, const QByteArray&)> listener)
{
    const std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

quint16 CommitmentBook::take(const net::CommitmentReport& report)
{
    std::optional<JobId> job;
    const auto written =
        m_ledger.writer().run([&](store::WriteSession& session) { return write(session, report, job); });
    if (!written) {
        const bool isUnknown = written.error().code == ErrorCode::InvalidArgument;
        qCWarning(observe::lcEngine) << "a report of storage commitment was not taken:" << written.error().detail;
        return isUnknown ? kStatusInvalidArgument : kStatusProcessingFailure;
    }
    const std::lock_guard lock(m_mutex);
    if (m_listener && job) {
        m_listener(*job, report.transactionUid);
    }
    return kStatusSuccess;
}

Result<> CommitmentBook::write(
    store::WriteSession& session, const net::CommitmentReport& report, std::optional<JobId>& job) const
{
    store::ProofRepository proofs(session.database);
    const auto transaction = proofs.commitment(report.transactionUid);
    if (!transaction) {
        return fail(transaction.error());
    }
    job = transaction->job;
    const auto deliveries = proofs.deliveriesOf(transaction->id);
    if (!deliveries) {
        return fail(deliveries.error());
    }
    const auto now = m_ledger.clock().now();
    const auto said = saidOf(report);
    const bool isLate = transaction->state > store::CommitmentState::Accepted; // a newer one may have been begun
    std::vector<store::ProofAnswer> answers;
    for (const auto& delivery : *deliveries) {
        const auto found = said.constFind({delivery.sopClassUid.value, delivery.sopInstanceUid.value});
        if (found != said.constEnd() && *found == 0) {
            answers.push_back({delivery.id, store::Proof::Proved});
        } else if (!isLate) {
            answers.push_back(
                found != said.constEnd() ? failed(delivery, *found, m_policy, now) : leftOut(delivery, m_policy, now));
        }
    }
    return proofs.answer(answers, now).and_then([&] {
        return proofs.setCommitmentState(transaction->id, store::CommitmentState::Reported, now);
    });
}

} // namespace radpost::engine
