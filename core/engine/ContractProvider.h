#pragma once

#include "core/config/Destination.h"
#include "core/engine/DimseSender.h"
#include "core/engine/Traces.h"
#include "core/queue/Dispatcher.h"

#include <QString>

#include <chrono>

namespace radpost::observe {
struct TransferMetrics;
}

namespace radpost::engine {

/// The text the ledger keeps of a destination: what was asked for when the job was made or last went on, whatever the
/// settings say later. No secrets are in it.
[[nodiscard]] QString contractText(const config::Destination& destination);

/// Errors: LedgerCorrupt.
[[nodiscard]] Result<config::Destination> contractDestination(const QString& text, const QString& name);

/// What the dispatcher keeps to with @p destination. @p maxAssociations: of this computer with any one; 0: none.
[[nodiscard]] queue::DestinationPolicy policyOf(
    const config::Destination& destination, std::chrono::milliseconds giveUpAfter, int maxAssociations = 0);

struct ContractProviderParams
{
    AeTitle callingAeTitle;
    CopyWorkshop workshop;
    std::chrono::milliseconds giveUpAfter{0};
    std::shared_ptr<Traces> traces{};            ///< none: nothing is recorded
    observe::TransferMetrics* metrics = nullptr; ///< outlives the senders; null: nothing is counted
    int maxAssociations = 0;                     ///< see policyOf()
};

/// Makes DIMSE senders for jobs out of the contracts in the ledger. Any thread.
class ContractProvider final : public queue::DestinationProvider
{
public:
    explicit ContractProvider(ContractProviderParams params)
        : m_params(std::move(params))
    {
    }

    [[nodiscard]] Result<queue::DestinationSetup> setup(const store::JobRow& job) override;
    /// Those of a gateway are.
    [[nodiscard]] bool isStanding(const store::JobRow& job) const override;

private:
    const ContractProviderParams m_params;
};

} // namespace radpost::engine
