#include "core/engine/MeteredSender.h"

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

double seconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

QString retryWord(Retry retry)
{
    switch (retry) {
    case Retry::Later:
        return u"transient"_s;
    case Retry::AfterOperator:
        return u"configuration"_s;
    case Retry::Never:
        break;
    }
    return u"permanent"_s;
}

QString resultWord(const queue::SendOutcome& outcome)
{
    switch (outcome.kind) {
    case queue::OutcomeKind::Stored:
        return u"stored"_s;
    case queue::OutcomeKind::StoredWithWarning:
        return u"stored_with_warning"_s;
    case queue::OutcomeKind::Failed:
        break;
    }
    return retryWord(outcome.error ? outcome.error->retry : Retry::Never);
}

/// Why an association did not come about, in few words that stay few.
QString openingWord(ErrorCode code)
{
    const int number = static_cast<int>(code);
    if (number >= 300 && number < 400) {
        return u"tls_failed"_s;
    }
    switch (code) {
    case ErrorCode::AssociationRejected:
    case ErrorCode::CalledAeNotRecognised:
    case ErrorCode::CallingAeNotRecognised:
    case ErrorCode::PeerBusy:
        return u"rejected"_s;
    case ErrorCode::NoAcceptedContext:
        return u"no_context"_s;
    case ErrorCode::HostNotFound:
    case ErrorCode::ConnectRefused:
    case ErrorCode::ConnectTimeout:
    case ErrorCode::NetworkUnreachable:
        return u"unreachable"_s;
    case ErrorCode::Cancelled:
        return u"cancelled"_s;
    default:
        return u"broken"_s;
    }
}

} // namespace

ConnectionMetrics::ConnectionMetrics(observe::TransferMetrics& metrics, const QString& destination)
    : m_metrics(metrics)
    , m_destination(destination)
    , m_connect(metrics.connectDuration.with({destination}))
    , m_negotiate(metrics.negotiateDuration.with({destination}))
{
}

void ConnectionMetrics::onConnected(std::chrono::nanoseconds took)
{
    m_connect.observe(seconds(took));
}

void ConnectionMetrics::onNegotiated(std::chrono::nanoseconds took)
{
    m_negotiate.observe(seconds(took));
}

void ConnectionMetrics::onCertificate(Clock::WallTime notAfter)
{
    m_metrics.certificateExpiry.with({m_destination, u"destination"_s}).set(seconds(notAfter.time_since_epoch()));
}

MeteredSender::MeteredSender(
    std::unique_ptr<queue::Sender> sender, observe::TransferMetrics& metrics, const QString& destination)
    : m_sender(std::move(sender))
    , m_metrics(metrics)
    , m_destination(destination)
    , m_bytes(metrics.sentBytes.with({destination}))
    , m_open(metrics.outboundAssociations.with({destination}))
    , m_duration(metrics.storeDuration.with({destination}))
    , m_stored(metrics.attempts.with({destination, u"stored"_s}))
{
}

MeteredSender::~MeteredSender()
{
    close();
}

Result<queue::SessionInfo> MeteredSender::open(std::span<const queue::ContextNeed> needs, const CancelToken& cancel)
{
    auto info = m_sender->open(needs, cancel);
    const auto word = info ? u"opened"_s : openingWord(info.error().code);
    m_metrics.associationAttempts.with({m_destination, word}).add();
    if (info) {
        m_isOpen = true;
        m_open.add(1);
    }
    return info;
}

Result<> MeteredSender::submit(const queue::SendItem& item, const CancelToken& cancel)
{
    auto sent = m_sender->submit(item, cancel);
    if (!sent) {
        countBroken(sent.error());
    }
    return sent;
}

Result<queue::SendOutcome> MeteredSender::awaitOutcome(const CancelToken& cancel)
{
    auto outcome = m_sender->awaitOutcome(cancel);
    if (outcome) {
        countTry(*outcome);
    } else {
        countBroken(outcome.error());
    }
    return outcome;
}

void MeteredSender::countTry(const queue::SendOutcome& outcome)
{
    m_bytes.add(static_cast<quint64>(std::max<qint64>(outcome.bytesSent, 0)));
    if (outcome.dimseStatus) {
        m_duration.observe(seconds(outcome.duration));
    }
    auto& counter = outcome.kind == queue::OutcomeKind::Stored
        ? m_stored
        : m_metrics.attempts.with({m_destination, resultWord(outcome)});
    counter.add();
}

void MeteredSender::countBroken(const Error& error)
{
    if (error.code != ErrorCode::Cancelled) {
        m_metrics.attempts.with({m_destination, u"association_lost"_s}).add();
    }
}

void MeteredSender::close()
{
    m_sender->close();
    if (m_isOpen) {
        m_isOpen = false;
        m_open.add(-1);
    }
}

MeteredSenderFactory::MeteredSenderFactory(
    std::unique_ptr<queue::SenderFactory> factory, observe::TransferMetrics& metrics, QString destination)
    : m_factory(std::move(factory))
    , m_metrics(metrics)
    , m_destination(std::move(destination))
{
}

std::unique_ptr<queue::Sender> MeteredSenderFactory::create()
{
    return std::make_unique<MeteredSender>(m_factory->create(), m_metrics, m_destination);
}

void MeteredEvents::onOutcomesCommitted(const QString& destination, const store::StateCounts& outcomes)
{
    using store::DeliveryState;
    constexpr std::array kFinal{DeliveryState::Stored, DeliveryState::StoredWithWarning, DeliveryState::Rejected};
    static const std::array kWords{u"stored"_s, u"stored_with_warning"_s, u"rejected"_s};
    for (size_t i = 0; m_metrics && i < kFinal.size(); ++i) {
        const auto count = static_cast<quint64>(outcomes.of(kFinal[i]));
        if (count == 0) {
            continue;
        }
        m_metrics->deliveries.with({destination, kWords[i]}).add(count);
        if (kFinal[i] != DeliveryState::Rejected) {
            m_metrics->sentInstances.with({destination}).add(count);
        }
    }
    m_next.onOutcomesCommitted(destination, outcomes);
}

void MeteredEvents::onAssociationOpened(const QString& destination, AssociationId id, const queue::SessionInfo& info)
{
    setUp(destination, true);
    m_next.onAssociationOpened(destination, id, info);
}

void MeteredEvents::onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt)
{
    setUp(destination, false);
    m_next.onDestinationDown(destination, error, nextTryAt);
}

void MeteredEvents::onDestinationUp(const QString& destination)
{
    setUp(destination, true);
    m_next.onDestinationUp(destination);
}

void MeteredEvents::setUp(const QString& destination, bool isUp)
{
    if (m_metrics) {
        m_metrics->destinationUp.with({destination}).set(isUp ? 1 : 0);
    }
}

} // namespace radpost::engine
