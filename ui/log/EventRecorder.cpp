#include "ui/log/EventRecorder.h"

#include "core/observe/Journal.h"

#include "ui/common/Backend.h"
#include "ui/log/LogEvents.h"
#include "ui/receive/Receiver.h"
#include "ui/receive/ReceiveWords.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

using observe::LogEvent;
using observe::LogLevel;

namespace {

constexpr qint64 kToldOneByOne = 20; ///< of one job, until it is at rest

} // namespace

EventRecorder::EventRecorder(observe::Journal& journal, Backend& backend, QObject* parent)
    : QObject(parent)
    , m_journal(journal)
    , m_backend(backend)
{
    auto& events = backend.events();
    connect(&events, &EngineEvents::jobStarted, this, [this](JobId job) { m_journal.add(jobStartedEntry(job)); });
    connect(&events, &EngineEvents::progressed, this, [this](const queue::JobProgress& progress) {
        m_destinations.insert_or_assign(progress.job, progress.destinationName);
    });
    connect(&events, &EngineEvents::delivered, this, &EventRecorder::recordDeliveries);
    connect(&events, &EngineEvents::jobAtRest, this, &EventRecorder::recordRest);
    connect(&events, &EngineEvents::scanFinished, this,
        [this](const QList<JobId>& jobs, const scan::ScanSummary& summary, const std::optional<Error>& error) {
            for (const auto job : jobs) {
                m_journal.add(scanEntry(job, summary, error));
            }
        });
    connect(&events, &EngineEvents::associationOpened, this,
        [this](const QString& destination, const queue::SessionInfo& info) {
            m_journal.add(associationEntry(destination, info));
        });
    connect(&events, &EngineEvents::destinationDown, this,
        [this](const QString& destination, const Error& error, Clock::WallTime nextTryAt) {
            m_journal.add(destinationDownEntry(destination, error, nextTryAt));
        });
    connect(&events, &EngineEvents::destinationUp, this,
        [this](const QString& destination) { m_journal.add(destinationUpEntry(destination)); });
    connect(&events, &EngineEvents::ledgerFailed, this, [this](const Error& error) {
        m_journal.add(
            plainEntry(LogEvent::LedgerFailed, LogLevel::Error, u"the ledger cannot be written: %1, %2"_s, error));
    });
    connect(&events, &EngineEvents::ledgerRecovered, this, [this] {
        m_journal.add(plainEntry(LogEvent::LedgerRecovered, LogLevel::Info, u"the ledger can be written again"_s));
    });
    connect(&backend, &Backend::stateChanged, this, &EventRecorder::recordBackend);
}

void EventRecorder::recordDeliveries(const std::vector<queue::DeliveryEvent>& deliveries)
{
    for (const auto& delivery : deliveries) {
        if (++m_told[delivery.job] <= kToldOneByOne) {
            const auto found = m_destinations.find(delivery.job);
            m_journal.add(deliveryEntry(delivery, found == m_destinations.end() ? QString() : found->second));
        }
    }
}

void EventRecorder::recordRest(const queue::JobProgress& progress)
{
    m_destinations.erase(progress.job);
    const auto told = m_told.extract(progress.job);
    if (!told.empty() && told.mapped() > kToldOneByOne) {
        m_journal.add(deliveriesLeftOutEntry(progress.job, told.mapped() - kToldOneByOne));
    }
    m_journal.add(jobAtRestEntry(progress));
}

void EventRecorder::recordBackend()
{
    switch (m_backend.state()) {
    case Backend::State::Ready:
        m_journal.add(plainEntry(LogEvent::LedgerOpened, LogLevel::Info, u"the ledger is open"_s));
        break;
    case Backend::State::ReadOnly:
        m_journal.add(plainEntry(LogEvent::LedgerReadOnly, LogLevel::Warning,
            u"the ledger is open for reading: %1, %2"_s, m_backend.error()));
        break;
    case Backend::State::Failed:
        m_journal.add(plainEntry(
            LogEvent::LedgerFailed, LogLevel::Error, u"the ledger was not opened: %1, %2"_s, m_backend.error()));
        break;
    case Backend::State::Closed:
    case Backend::State::Opening:
        break;
    }
}

void EventRecorder::follow(Receiver& receiver)
{
    connect(&receiver, &Receiver::stateChanged, this, [this, &receiver] { recordReceiver(receiver); });
}

void EventRecorder::recordReceiver(const Receiver& receiver)
{
    const bool isOn = receiver.isOn();
    if (receiver.state() == Receiver::State::Failed && !receiver.isElsewhere()) {
        m_journal.add(
            plainEntry(LogEvent::ReceiverFailed, LogLevel::Error, u"receiving failed: %1, %2"_s, receiver.error()));
    } else if (isOn && !m_wasReceiving) {
        auto entry = plainEntry(LogEvent::ReceiverOn, LogLevel::Info, u"receiving on port %1"_s);
        entry.facts = {{ReceiveWords::ports(receiver)}};
        m_journal.add(entry);
    } else if (receiver.state() == Receiver::State::Off && m_wasReceiving) {
        m_journal.add(plainEntry(LogEvent::ReceiverOff, LogLevel::Info, u"receiving ended"_s));
    }
    if (isOn || receiver.state() == Receiver::State::Off || receiver.state() == Receiver::State::Failed) {
        m_wasReceiving = isOn;
    }
}

} // namespace radpost::ui
