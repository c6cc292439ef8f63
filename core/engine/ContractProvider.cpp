#include "core/engine/ContractProvider.h"

#include "core/config/ConfigParser.h"
#include "core/config/ConfigText.h"
#include "core/engine/JobOptions.h"
#include "core/engine/MeteredSender.h"

#include <algorithm>

namespace radpost::engine {

using namespace Qt::StringLiterals;

// The job keeps the name beside its contract, and an address that was typed in ("PACS@host") is no name the file takes.
constexpr auto kContractName = "contract"_L1;

QString contractText(const config::Destination& destination)
{
    auto contract = destination;
    contract.name = kContractName;
    return QString::fromUtf8(config::destinationsToToml({contract}));
}

Result<config::Destination> contractDestination(const QString& text, const QString& name)
{
    auto parsed = config::parseConfig(text.toUtf8());
    if (!parsed.problems.empty()) {
        return fail(ErrorCode::LedgerCorrupt, u"the job's destination: "_s + parsed.problems.front().toError().detail);
    }
    if (parsed.config.destinations.size() != 1) {
        return fail(ErrorCode::LedgerCorrupt, u"the job has no destination"_s);
    }
    auto destination = std::move(parsed.config.destinations.front());
    destination.name = name;
    return destination;
}

queue::DestinationPolicy policyOf(
    const config::Destination& destination, std::chrono::milliseconds giveUpAfter, int maxAssociations)
{
    queue::DestinationPolicy policy;
    policy.name = destination.name;
    policy.associations = destination.associations;
    policy.maxAssociations = destination.maxAssociations;
    if (maxAssociations > 0) {
        policy.associations = std::min(policy.associations, maxAssociations); // 0, as many as bring something, stays
        policy.maxAssociations = std::min(policy.maxAssociations, maxAssociations);
    }
    policy.bytesPerSecond = destination.bytesPerSecond;
    if (destination.hours) {
        policy.hours = queue::AllowedHours{destination.hours->from, destination.hours->until};
    }
    policy.retry.maxAttempts = destination.retry.maxAttempts;
    policy.retry.firstDelay = destination.retry.firstDelay;
    policy.retry.maxDelay = destination.retry.maxDelay;
    policy.retry.patience = destination.retry.patience;
    policy.breaker.giveUpAfter = giveUpAfter;
    return policy;
}

bool ContractProvider::isStanding(const store::JobRow& job) const
{
    const auto options = jobOptions(job.options);
    return options && options->isForward;
}

Result<queue::DestinationSetup> ContractProvider::setup(const store::JobRow& job)
{
    const auto destination = contractDestination(job.destinationContract, job.destinationName);
    if (!destination) {
        return fail(destination.error());
    }
    queue::DestinationSetup setup;
    setup.policy = policyOf(*destination, m_params.giveUpAfter, m_params.maxAssociations);
    auto* metrics = m_params.metrics;
    auto meter = metrics ? std::make_shared<ConnectionMetrics>(*metrics, job.destinationName) : nullptr;
    setup.senders =
        std::make_unique<DimseSenderFactory>(std::make_shared<DimseConnector>(*destination, m_params.callingAeTitle,
                                                 m_params.traces.get(), std::move(meter)),
            m_params.workshop);
    if (metrics) {
        setup.senders = std::make_unique<MeteredSenderFactory>(std::move(setup.senders), *metrics, job.destinationName);
    }
    return setup;
}

} // namespace radpost::engine
