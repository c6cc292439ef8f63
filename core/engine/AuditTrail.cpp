#include "core/engine/AuditTrail.h"

#include "core/engine/AuditDelivery.h"
#include "core/observe/AuditSpool.h"
#include "core/observe/Log.h"
#include "core/observe/TransferMetrics.h"

#include <QCoreApplication>
#include <QSysInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace audit = observe::audit;

namespace {

constexpr auto kRefusalInterval = 60s;
// Made-up titles from many addresses: beyond this they share one place.
constexpr size_t kMaxKnocking = 256;

QString keyOf(const audit::Node& peer, audit::Alert alert, const QString& reason)
{
    return u"%1\n%2\n%3\n%4"_s.arg(peer.address, peer.aeTitle, reason).arg(static_cast<int>(alert));
}

/// What always fits: that it happened, and who took part.
observe::AuditMessage withoutObjects(observe::AuditMessage message)
{
    message.outcomeDescription = u"too long to be written with its objects (%1). %2"_s.arg(message.objects.size())
                                     .arg(message.outcomeDescription);
    message.objects.clear();
    return message;
}

} // namespace

AuditTrail::AuditTrail(AuditTrailParams params)
    : m_params(std::move(params))
    , m_clock(m_params.clock ? *m_params.clock : m_systemClock)
{
}

AuditTrail::~AuditTrail()
{
    stop(0ms);
}

Result<std::unique_ptr<AuditTrail>> AuditTrail::open(AuditTrailParams params)
{
    std::unique_ptr<AuditTrail> trail(new AuditTrail(std::move(params)));
    if (auto opened = trail->openSpool(); !opened) {
        trail->m_isStopped = true;
        return fail(std::move(opened.error()));
    }
    trail->record(audit::applicationStarted(trail->application()));
    if (trail->m_delivery) {
        trail->m_delivery->start();
    }
    return trail;
}

Result<> AuditTrail::openSpool()
{
    const auto& settings = m_params.settings;
    observe::AuditSpoolParams spoolParams;
    spoolParams.folder = settings.folder.isEmpty() ? QString(m_params.dataFolder + u"/audit"_s) : settings.folder;
    spoolParams.maxBytes = settings.maxBytes;
    spoolParams.isToBeDelivered = config::auditReceiver(settings.receiver).has_value();
    auto spool = observe::AuditSpool::open(spoolParams);
    if (!spool) {
        return fail(std::move(spool.error()));
    }
    m_spool = *std::move(spool);
    if (auto sender = makeSyslogSender(settings)) {
        AuditDeliveryParams delivery;
        delivery.origin.hostName = QSysInfo::machineHostName().toLatin1();
        delivery.origin.processId = QByteArray::number(QCoreApplication::applicationPid());
        delivery.firstDelay = m_params.firstDelay;
        delivery.patience = m_params.patience;
        delivery.metrics = m_params.metrics;
        m_delivery = std::make_unique<AuditDelivery>(*m_spool, std::move(sender), delivery);
    }
    return {};
}

audit::Application AuditTrail::application() const
{
    audit::Application own;
    own.processId = QString::number(QCoreApplication::applicationPid());
    own.aeTitle = m_params.aeTitle;
    own.hostName = QSysInfo::machineHostName();
    return own;
}

void AuditTrail::record(observe::AuditMessage message)
{
    const auto& settings = m_params.settings;
    message.time = m_clock.now();
    message.sourceId = settings.sourceId.isEmpty() ? QSysInfo::machineHostName() : settings.sourceId;
    message.enterpriseSiteId = settings.enterpriseSiteId;
    auto written = m_spool->append(observe::toXml(message), message.time);
    if (!written && written.error().code == ErrorCode::InvalidArgument) {
        qCWarning(observe::lcEngine) << "an audit message is written without its objects:" << written.error().detail;
        written = m_spool->append(observe::toXml(withoutObjects(message)), message.time);
    }
    if (!written) {
        qCCritical(observe::lcEngine) << "an audit message was not written:" << errorName(written.error().code);
    }
    if (m_params.metrics) {
        m_params.metrics->auditMessages.with({written ? u"written"_s : u"failed"_s}).add();
        countLost();
    }
}

void AuditTrail::countLost()
{
    const std::lock_guard lock(m_mutex);
    const auto lost = m_spool->lost();
    m_params.metrics->auditMessages.with({u"lost"_s}).add(static_cast<quint64>(lost - m_lostTold));
    m_lostTold = lost;
}

void AuditTrail::refused(const audit::Node& peer, audit::Alert alert, const QString& reason)
{
    const auto now = m_clock.steadyNow();
    for (const auto& old : takeOld(now, false)) {
        writeRefusal(old);
    }
    {
        const std::lock_guard lock(m_mutex);
        auto key = keyOf(peer, alert, reason);
        auto who = peer;
        if (m_knocking.size() >= kMaxKnocking && !m_knocking.contains(key)) {
            who = {u"many"_s, {}};
            key = keyOf(who, alert, reason);
        }
        const auto [place, isNew] = m_knocking.try_emplace(key, Knocking{now, 0, who, alert, reason});
        if (!isNew) {
            ++place->second.heldBack;
            return;
        }
    }
    writeRefusal({now, 1, peer, alert, reason});
}

/// Those whose minute is over: what was held back of them has to be written.
std::vector<AuditTrail::Knocking> AuditTrail::takeOld(Clock::SteadyTime now, bool all)
{
    const std::lock_guard lock(m_mutex);
    std::vector<Knocking> old;
    for (auto place = m_knocking.begin(); place != m_knocking.end();) {
        if (!all && now - place->second.writtenAt < kRefusalInterval) {
            ++place;
            continue;
        }
        if (place->second.heldBack > 0) {
            old.push_back(place->second);
        }
        place = m_knocking.erase(place);
    }
    return old;
}

void AuditTrail::writeRefusal(const Knocking& knocking)
{
    const auto text =
        knocking.heldBack > 1 ? u"%1 (%2 times)"_s.arg(knocking.reason).arg(knocking.heldBack) : knocking.reason;
    record(
        audit::securityAlert(knocking.alert, application(), knocking.peer, observe::AuditOutcome::MinorFailure, text));
}

void AuditTrail::stop(std::chrono::milliseconds patience)
{
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_isStopped, true)) {
            return;
        }
    }
    for (const auto& old : takeOld({}, true)) {
        writeRefusal(old);
    }
    record(audit::applicationStopped(application()));
    if (m_delivery) {
        m_delivery->stop(patience);
    }
}

qint64 AuditTrail::undeliveredBytes() const
{
    return m_delivery ? m_spool->undeliveredBytes() : 0;
}

} // namespace radpost::engine
