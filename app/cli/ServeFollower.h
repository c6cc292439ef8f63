#pragma once

#include "app/cli/Console.h"
#include "core/engine/Gateway.h"

#include <map>
#include <mutex>

namespace radpost::cli {

/// Tells what a gateway does: each event with --json; for people a line for each job that ended, and what came many
/// times gathered.
class ServeFollower final : public engine::GatewayListener
{
public:
    explicit ServeFollower(Console& console)
        : m_console(console)
    {
    }

    void onReceived(const engine::SpooledInstance& instance) override;
    void onQuery(const engine::AnsweredQuery& query) override;
    void onJunk(const QString& path, const Error& reason) override;
    void onRemoved(qint64 instances) override;
    void onRouted(const engine::RoutedInstance& instance) override;
    void onComplete(const store::WaitGroup& group, int instances) override;
    void onDelivery(const queue::DeliveryEvent& delivery) override;
    void onOutcomesCommitted(const QString& destination, const store::StateCounts& outcomes) override;
    void onJobAtRest(const queue::JobProgress& progress) override;
    void onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt) override;
    void onDestinationUp(const QString& destination) override;
    void onLedgerFailed(const Error& error) override;
    void onLedgerRecovered() override;

    /// Lines about what was gathered since the last call.
    void tellGathered();

private:
    void tellHeld(const engine::RoutedInstance& instance, const store::SpoolHold& hold);

    Console& m_console;
    std::mutex m_mutex;              // guards what follows
    std::map<QString, int> m_held;   ///< instances, by why
    std::map<QString, int> m_failed; ///< instances, by destination
};

} // namespace radpost::cli
