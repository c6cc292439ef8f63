#include "core/engine/AuditDelivery.h"

#include "core/observe/Log.h"
#include "core/observe/TransferMetrics.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

AuditDelivery::AuditDelivery(
    observe::AuditSpool& spool, std::unique_ptr<SyslogSender> sender, AuditDeliveryParams params)
    : m_spool(spool)
    , m_sender(std::move(sender))
    , m_params(std::move(params))
    , m_delay(m_params.firstDelay)
{
}

AuditDelivery::~AuditDelivery()
{
    stop(0ms);
}

void AuditDelivery::start()
{
    m_thread = std::thread([this] { run(); });
}

void AuditDelivery::stop(std::chrono::milliseconds patience)
{
    if (!m_thread.joinable()) {
        return;
    }
    m_ending.cancel();
    std::mutex mutex;
    std::condition_variable_any ended;
    std::jthread limit([&](const std::stop_token& done) {
        std::unique_lock lock(mutex);
        if (!ended.wait_for(lock, done, patience, [&] { return done.stop_requested(); })) {
            m_stopping.cancel();
        }
    });
    m_thread.join();
}

void AuditDelivery::run()
{
    const auto stopping = m_stopping.token();
    const auto ending = m_ending.token();
    while (!stopping.isCancelled()) {
        const auto from = m_spool.delivered();
        const auto batch = m_spool.read(from, m_params.batch);
        noteReading(batch);
        if (batch && batch->next == from) {
            if (ending.isCancelled()) {
                break;
            }
            (void)m_spool.waitForMore(from, Deadline(1h), ending);
            continue;
        }
        const bool isDone = batch && deliver(*batch);
        if (!isDone && !waitBeforeRetry()) {
            break;
        }
    }
    m_sender->close();
}

/// What was removed never comes back; everything else that keeps a file from being read may pass.
void AuditDelivery::noteReading(const Result<observe::AuditBatch>& batch)
{
    if (!batch) {
        m_spool.dropRemoved();
    }
    if (batch.has_value() == m_isBlind) {
        m_isBlind = !batch;
        if (m_isBlind) {
            qCWarning(observe::lcEngine) << "the audit trail cannot be read, nothing is delivered:"
                                         << batch.error().detail;
        } else {
            qCInfo(observe::lcEngine) << "the audit trail can be read again";
        }
    }
}

bool AuditDelivery::deliver(const observe::AuditBatch& batch)
{
    const auto delivered = deliverBatch(batch);
    noteOutcome(delivered, batch.records.size());
    return delivered.has_value();
}

Result<> AuditDelivery::deliverBatch(const observe::AuditBatch& batch)
{
    const auto cancel = m_stopping.token();
    std::vector<QByteArray> messages;
    for (const auto& record : batch.records) {
        messages.push_back(observe::syslogMessage(m_params.origin, record.time, record.xml));
    }
    int tooLong = 0;
    auto done = m_sender->open(cancel)
                    .and_then([&] { return m_sender->send(messages, tooLong, cancel); })
                    .and_then([&] { return m_sender->confirm(m_params.patience, cancel); })
                    .and_then([&] { return m_spool.setDelivered(batch.next); });
    if (done && tooLong > 0) {
        qCWarning(observe::lcEngine) << tooLong << "audit messages were too long for a datagram and stay here only";
    }
    return done;
}

// Only changes are logged: a receiver that is away for a week is not worth a line a second.
void AuditDelivery::noteOutcome(const Result<>& outcome, size_t count)
{
    if (outcome) {
        m_delay = m_params.firstDelay;
    } else {
        m_sender->close();
    }
    if (!outcome && outcome.error().code == ErrorCode::Cancelled) {
        return; // by us
    }
    if (outcome.has_value() == m_isDown) {
        m_isDown = !outcome;
        if (m_isDown) {
            qCWarning(observe::lcEngine) << "the audit receiver takes nothing:" << errorName(outcome.error().code)
                                         << outcome.error().detail;
        } else {
            qCInfo(observe::lcEngine) << "the audit receiver is back";
        }
    }
    if (m_params.metrics) {
        m_params.metrics->auditReceiverUp.set(outcome ? 1 : 0);
        m_params.metrics->auditMessages.with({u"delivered"_s}).add(outcome ? count : 0);
    }
}

/// False: there is no time for another try.
bool AuditDelivery::waitBeforeRetry()
{
    if (m_ending.isCancelled()) {
        return false;
    }
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    const auto token = m_ending.token().stopToken();
    never.wait_for(lock, token, m_delay, [] { return false; });
    m_delay = std::min(m_delay * 2, m_params.maxDelay);
    return true;
}

} // namespace radpost::engine
