#pragma once

#include "core/base/StrongId.h"
#include "core/queue/DispatchEvents.h"

#include <QObject>
#include <QString>

#include <map>
#include <vector>

namespace radpost::observe {
class Journal;
}

namespace radpost::ui {

class Backend;
class Receiver;

/// Writes what the engine tells into the log. A flood of failures becomes a few lines and a count. GUI thread.
class EventRecorder final : public QObject
{
    Q_OBJECT

public:
    EventRecorder(observe::Journal& journal, Backend& backend, QObject* parent = nullptr);

    /// Also what becomes of the receiver.
    void follow(Receiver& receiver);

private:
    void recordDeliveries(const std::vector<queue::DeliveryEvent>& deliveries);
    void recordRest(const queue::JobProgress& progress);
    void recordBackend();
    void recordReceiver(const Receiver& receiver);

    observe::Journal& m_journal;
    Backend& m_backend;
    std::map<JobId, QString> m_destinations; ///< of the jobs that move
    std::map<JobId, qint64> m_told;          ///< deliveries of each, told or left out
    bool m_wasReceiving = false;
};

} // namespace radpost::ui
