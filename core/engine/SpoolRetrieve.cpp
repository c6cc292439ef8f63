#include "core/engine/SpoolRetrieve.h"

#include "core/base/Deadline.h"
#include "core/engine/SpoolFind.h"
#include "core/net/StoreScu.h"
#include "core/observe/Log.h"
#include "core/scan/filestate.h"
#include "core/store/LedgerReader.h"

#include <QFile>

#include <algorithm>
#include <condition_variable>
#include <future>
#include <limits>
#include <mutex>
#include <system_error>

namespace radpost::engine {

namespace {

// Explicit VR gives UI a length of 16 bits (PS3.5 7.1.2).
constexpr qsizetype kMostFailedBytes = 65'534;

constexpr qsizetype kFailuresBetweenLooks = 256;

constexpr std::chrono::milliseconds kTellEvery{1000};
constexpr std::chrono::milliseconds kLookEvery{200}; // for C-CANCEL, while something else is waited for

quint16 bounded(qint64 count)
{
    return static_cast<quint16>(std::min<qint64>(count, std::numeric_limits<quint16>::max()));
}

QByteArray commentOf(const Error& error)
{
    const QByteArray name = errorName(error.code).toLatin1();
    return error.dimseStatus ? name + ", status " + QByteArray::number(*error.dimseStatus, 16).toUpper() : name;
}

AuditedInstance auditedOf(const store::SpoolMatch& match)
{
    using C = store::SpoolColumn;
    return {match.value(C::PatientId), match.value(C::PatientName), match.value(C::StudyInstanceUid),
        match.value(C::AccessionNumber), match.value(C::SopClassUid).toLatin1()};
}

using End = std::optional<net::QueryReply>;

/// Of no state when the system gives no thread.
template <typename Work>
auto begun(Work work) -> std::future<decltype(work())>
{
    try {
        return std::async(std::launch::async, std::move(work));
    } catch (const std::system_error&) {
        return {};
    }
}

/// The search ended before its end.
Result<End> unanswered(const Error& error, const QByteArray& comment, net::QueryOperation& operation)
{
    const auto wasCancelled = operation.wasCancelled();
    if (!wasCancelled || *wasCancelled) {
        return wasCancelled.map([](bool) { return End(net::QueryReply{net::kStatusCancel}); });
    }
    qCWarning(observe::lcEngine) << "a retrieval cannot be answered:" << errorName(error.code) << error.detail;
    return End(net::QueryReply{net::kStatusNoMatchesCalculated, comment});
}

} // namespace

SpoolRetrieve::SpoolRetrieve(
    store::LedgerReader& reader, const spool::SpoolFolder& folder, TransferAudit& audit, RetrieveTerms terms)
    : m_reader(reader)
    , m_folder(folder)
    , m_audit(audit)
    , m_terms(std::move(terms))
{
}

Result<std::optional<net::QueryReply>> SpoolRetrieve::find(const QueryKeys& keys, net::QueryOperation& operation)
{
    // Not beyond this: while instances are under way, their responses come on the same association in C-GET.
    const Deadline deadline(m_terms.searchTimeout);
    const store::LedgerWatch watch(
        m_reader, [&] { return deadline.isOver() || operation.wasCancelled().value_or(true); });
    auto picks = m_reader.spoolLookup().pick(
        keys.terms(), [&keys](store::SpoolColumn column, const QString& value) { return keys.admits(column, value); });
    const auto contexts = m_reader.spoolLookup().contexts();
    if (deadline.isOver()) {
        return unanswered(makeError(ErrorCode::Cancelled), timeoutComment(m_terms.searchTimeout), operation);
    }
    if (!picks || !contexts) {
        return unanswered(picks ? contexts.error() : picks.error(), "the index cannot be read", operation);
    }
    for (const auto& context : *contexts) {
        m_needs[context.id] = {{context.sopClassUid.toLatin1()}, {context.transferSyntaxUid.toLatin1()}};
    }
    m_picks = *std::move(picks);
    m_tally.all = m_picks.size();
    return std::nullopt;
}

Result<net::QueryReply> SpoolRetrieve::run(
    queue::Sender& sender, const net::QueryCall& call, net::QueryOperation& operation)
{
    bool isCancelled = false;
    m_toldAt = m_clock.steadyNow();
    auto rest = m_picks;
    while (!rest.isEmpty() && !isCancelled) {
        if (isClosed()) {
            const auto cancelled = failClosed(rest, operation);
            if (!cancelled) {
                return fail(cancelled.error());
            }
            isCancelled = *cancelled;
            break;
        }
        const auto session = open(sender, needsOf(rest), operation);
        auto now = session ? takeProposed(rest, sender) : QList<store::SpoolPick>();
        if (now.isEmpty()) {
            const auto error = session ? makeError(ErrorCode::NoAcceptedContext) : session.error();
            sender.close();
            const auto cancelled = failAll(rest, error, operation);
            if (!cancelled) {
                return fail(cancelled.error());
            }
            isCancelled = *cancelled;
            break;
        }
        const int window = session->window == 0 ? net::StoreScu::kMaxOutstanding : session->window;
        const auto cancelled = runRound({std::move(now), 0, window, false, false, {}}, sender, operation);
        if (!cancelled) {
            abandon(cancelled.error());
        }
        sender.close();
        if (!cancelled) {
            return fail(cancelled.error());
        }
        isCancelled = *cancelled;
    }
    return lastWord(isCancelled, call.context.transferSyntaxUid);
}

/// A destination that does not answer must not keep the peer from hearing of the rest, nor from cancelling.
Result<queue::SessionInfo> SpoolRetrieve::open(
    queue::Sender& sender, const std::vector<queue::ContextNeed>& needs, net::QueryOperation& operation)
{
    if (!m_terms.awaitSign) {
        return sender.open(needs, operation.cancel());
    }
    CancelSource givenUp;
    auto opening = begun([&] { return sender.open(needs, givenUp.token()); });
    if (!opening.valid()) {
        return fail(ErrorCode::Internal, QStringLiteral("no thread"));
    }
    while (opening.wait_for(kLookEvery) != std::future_status::ready) {
        const auto cancelled = stayAlive(operation);
        if (!cancelled || *cancelled) {
            givenUp.cancel();
            opening.wait();
        }
    }
    return opening.get();
}

/// Tells how things stand when that was not told for a while. @return whether the peer cancelled. Errors: the
/// association of the request is over.
Result<bool> SpoolRetrieve::stayAlive(net::QueryOperation& operation)
{
    const auto cancelled = operation.wasCancelled();
    if (!cancelled || *cancelled || m_clock.steadyNow() - m_toldAt < kTellEvery) {
        return cancelled;
    }
    return tellProgress(operation).map([] { return false; });
}

/// The next outcome; nothing: none is due.
Result<std::optional<queue::SendOutcome>> SpoolRetrieve::hear(
    Round& round, queue::Sender& sender, net::QueryOperation& operation)
{
    if (m_underWay.empty()) {
        return std::nullopt;
    }
    while (m_terms.awaitSign) {
        if (auto mayGoOn = operation.cancel().check(); !mayGoOn) { // a cancelled operation looks at it no more
            return fail(std::move(mayGoOn.error()));
        }
        const auto isThere = m_terms.awaitSign(kLookEvery, operation.cancel());
        if (!isThere) {
            return fail(isThere.error());
        }
        if (*isThere) {
            break;
        }
        const auto cancelled = stayAlive(operation);
        if (!cancelled) {
            return fail(cancelled.error());
        }
        round.isCancelled = *cancelled; // what is under way still gets its outcome
    }
    return sender.awaitOutcome(operation.cancel()).map([](auto&& it) { return std::optional(std::move(it)); });
}

bool SpoolRetrieve::isClosed() const
{
    return m_terms.closesAt && m_clock.now() >= *m_terms.closesAt;
}

Result<bool> SpoolRetrieve::failClosed(const QList<store::SpoolPick>& picks, net::QueryOperation& operation)
{
    m_comment = m_comment.isEmpty() ? QByteArray("the hours of the destination are over") : m_comment;
    return failAll(picks, makeError(ErrorCode::Cancelled), operation);
}

/// Waits as long as the destination's rate limit wants. @return false: not now, for something else is to be done first.
Result<bool> SpoolRetrieve::mayLeave(qint64 bytes, Round& round, net::QueryOperation& operation)
{
    std::mutex mutex;
    std::condition_variable_any never;
    while (m_terms.bucket) {
        const auto readyAt = m_terms.bucket->take(bytes, m_clock.steadyNow());
        if (!readyAt) {
            break;
        }
        if (!m_underWay.empty()) {
            return false;
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*readyAt - m_clock.steadyNow());
        std::unique_lock lock(mutex);
        never.wait_for(lock, operation.cancel().stopToken(), std::min(left, kLookEvery), [] { return false; });
        const auto cancelled = stayAlive(operation);
        round.isCancelled = cancelled && *cancelled;
        if (!cancelled || *cancelled) {
            return cancelled.map([](bool) { return false; });
        }
    }
    return true;
}

/// @return whether the peer cancelled.
Result<bool> SpoolRetrieve::runRound(Round round, queue::Sender& sender, net::QueryOperation& operation)
{
    for (;;) {
        const auto cancelled = operation.wasCancelled();
        if (!cancelled) {
            return cancelled;
        }
        round.isCancelled = *cancelled;
        auto outcome = fillWindow(round, sender, operation).and_then([&] { return hear(round, sender, operation); });
        if (!outcome) {
            // Of the sender, or of the association of the request, which tells itself at the next word.
            return failAll(round.picks.mid(round.next), outcome.error(), operation);
        }
        if (!*outcome) {
            return round.isClosed ? failClosed(round.picks.mid(round.next), operation) : round.isCancelled;
        }
        if (auto settled = settle(**outcome, operation); !settled) {
            return fail(std::move(settled.error()));
        }
    }
}

Result<> SpoolRetrieve::fillWindow(Round& round, queue::Sender& sender, net::QueryOperation& operation)
{
    while (!round.isCancelled && round.next < round.picks.size() && int(m_underWay.size()) < round.window) {
        round.isClosed = isClosed();
        if (round.isClosed) {
            return {};
        }
        const auto& pick = round.picks.at(round.next);
        auto instance = round.ahead ? Result<Instance>(*std::move(round.ahead)) : instanceOf(pick);
        round.ahead.reset();
        const auto mayGo = instance ? mayLeave(instance->item.dataSetLength, round, operation) : Result<bool>(true);
        if (!mayGo || !*mayGo) {
            round.ahead = instance ? std::optional(*std::move(instance)) : std::nullopt;
            return mayGo.map([](bool) {});
        }
        ++round.next;
        if (!instance) { // it left the spool, or another content took its place
            failPick(pick, instance.error());
            if (auto told = tellProgress(operation); !told) {
                return told;
            }
            continue;
        }
        const auto item = instance->item;
        m_underWay[item.delivery.value] = *std::move(instance);
        if (auto sent = sender.submit(item, operation.cancel()); !sent) {
            return sent;
        }
        auto following =
            round.next < round.picks.size() ? instanceOf(round.picks.at(round.next)) : fail(ErrorCode::Internal);
        if (following) {
            sender.prepare(following->item);
            round.ahead = *std::move(following);
        }
    }
    return {};
}

Result<SpoolRetrieve::Instance> SpoolRetrieve::instanceOf(const store::SpoolPick& pick)
{
    const auto row = m_reader.spool().find(pick.id);
    const auto match = m_reader.spoolLookup().instance(pick.id);
    const auto path = QFile::decodeName(m_folder.pathOf(pick.id));
    const auto stamp = scan::stampOf(path);
    if (!row || !*row || !match || !*match || !stamp) {
        return fail(ErrorCode::FileNotFound);
    }
    queue::SendItem item{DeliveryId{pick.id}, path, stamp->sizeBytes, stamp->mtimeNs, (*row)->dataSetOffset,
        stamp->sizeBytes - (*row)->dataSetOffset, m_needs[pick.contextId], (*row)->sopInstanceUid};
    return Instance{std::move(item), auditedOf(**match)};
}

Result<> SpoolRetrieve::settle(const queue::SendOutcome& outcome, net::QueryOperation& operation)
{
    auto instance = m_underWay.extract(outcome.delivery.value);
    if (instance.empty()) {
        return {};
    }
    const auto& audited = instance.mapped().audited;
    switch (outcome.kind) {
    case queue::OutcomeKind::Stored:
        ++m_tally.completed;
        m_audit.stored(audited);
        break;
    case queue::OutcomeKind::StoredWithWarning:
        ++m_tally.warning;
        m_audit.stored(audited);
        break;
    case queue::OutcomeKind::Failed:
        noteFailure(instance.mapped().item.sopInstanceUid.toString(), audited,
            outcome.error.value_or(makeError(ErrorCode::StatusFailed)));
        break;
    }
    return tellProgress(operation);
}

/// What is under way may have arrived or not: its outcome will not be heard.
void SpoolRetrieve::abandon(const Error& error)
{
    for (const auto& [id, instance] : m_underWay) {
        noteFailure(instance.item.sopInstanceUid.toString(), instance.audited, error);
    }
    m_underWay.clear();
}

/// What is under way and @p picks will not come to anything any more. @return whether the peer cancelled meanwhile.
Result<bool> SpoolRetrieve::failAll(
    const QList<store::SpoolPick>& picks, const Error& error, net::QueryOperation& operation)
{
    abandon(error);
    for (qsizetype i = 0; i < picks.size(); ++i) {
        const auto cancelled = i % kFailuresBetweenLooks == 0 ? operation.wasCancelled() : Result<bool>(false);
        if (!cancelled || *cancelled) {
            return cancelled;
        }
        failPick(picks.at(i), error);
    }
    if (!operation.association().isOpen()) {
        return fail(ErrorCode::ConnectionLost, QStringLiteral("of the request"));
    }
    return tellProgress(operation).map([] { return false; });
}

void SpoolRetrieve::failPick(const store::SpoolPick& pick, const Error& error)
{
    const auto row = m_reader.spoolLookup().instance(pick.id);
    if (row && *row) {
        noteFailure((*row)->value(store::SpoolColumn::SopInstanceUid), auditedOf(**row), error);
    } else {
        noteFailure({}, {}, error);
    }
}

void SpoolRetrieve::noteFailure(const QString& uid, const AuditedInstance& audited, const Error& error)
{
    ++m_tally.failed;
    m_audit.failed(audited, errorName(error.code).toString());
    if (m_comment.isEmpty()) {
        m_comment = commentOf(error);
    }
    if (!uid.isEmpty() && m_failedBytes + uid.size() + 1 <= kMostFailedBytes) {
        m_failedBytes += uid.size() + 1;
        m_failedUids.append(uid);
    }
}

Result<> SpoolRetrieve::tellProgress(net::QueryOperation& operation)
{
    if (m_tally.remaining() == 0) {
        return {}; // the final response says it
    }
    m_toldAt = m_clock.steadyNow();
    return operation.respond({net::kStatusPending, {}, {}, counts(true), {}});
}

std::vector<queue::ContextNeed> SpoolRetrieve::needsOf(const QList<store::SpoolPick>& picks) const
{
    QSet<qint64> contexts;
    for (const auto& pick : picks) {
        contexts.insert(pick.contextId);
    }
    std::vector<queue::ContextNeed> needs;
    for (const auto id : std::as_const(contexts)) {
        if (const auto known = m_needs.find(id); known != m_needs.end()) {
            needs.push_back(known->second);
        }
    }
    return needs;
}

QList<store::SpoolPick> SpoolRetrieve::takeProposed(QList<store::SpoolPick>& picks, const queue::Sender& sender) const
{
    QList<store::SpoolPick> proposed;
    QList<store::SpoolPick> others;
    for (const auto& pick : std::as_const(picks)) {
        const auto need = m_needs.find(pick.contextId);
        const bool isProposed = need != m_needs.end() && sender.wasProposed(need->second);
        (isProposed ? proposed : others).append(pick);
    }
    if (!proposed.isEmpty()) {
        picks = std::move(others);
    }
    return proposed;
}

net::SubOperations SpoolRetrieve::counts(bool withRemaining) const
{
    return {withRemaining ? std::optional(bounded(m_tally.remaining())) : std::nullopt, bounded(m_tally.completed),
        bounded(m_tally.failed), bounded(m_tally.warning)};
}

/// "Remaining" is not sent but with pending and cancel (PS3.4 C.4.2.1.6). What was stored with a warning makes the
/// whole a warning, what failed altogether a failure.
net::QueryReply SpoolRetrieve::lastWord(bool wasCancelled, const TransferSyntaxUid& syntax) const
{
    net::QueryReply reply;
    reply.counts = counts(wasCancelled);
    if (wasCancelled) {
        reply.status = net::kStatusCancel;
    } else if (m_tally.failed > 0 && m_tally.failed == m_tally.all) {
        reply.status = net::kStatusNoSubOperations;
    } else if (m_tally.failed + m_tally.warning > 0) {
        reply.status = net::kStatusSomeFailed;
    }
    if (m_tally.failed > 0) {
        reply.errorComment = QByteArray::number(m_tally.failed) + " failed: " + m_comment;
    }
    if (!m_failedUids.isEmpty()) {
        dicom::Identifier failed;
        failed.set(dicom::tag::kFailedSopInstanceUidList, m_failedUids.join(QLatin1Char('\\')));
        reply.identifier = dicom::encodeIdentifier(failed, syntax).value_or(QByteArray());
    }
    return reply;
}

} // namespace radpost::engine
