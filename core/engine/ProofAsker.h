#pragma once

#include "core/base/CancelToken.h"
#include "core/config/Destination.h"
#include "core/net/commitment.h"

#include <QHash>

#include <functional>

namespace radpost::engine {

/// How evidence is got from a destination. Calls block; from the prover's threads.
class ProofAsker
{
public:
    virtual ~ProofAsker() = default;

    /// What the asker tells while it has a request for commitment under way, on its thread.
    struct Watch
    {
        std::function<void()> accepted;                            ///< N-ACTION succeeded: a report is promised
        std::function<quint16(const net::CommitmentReport&)> take; ///< gives the status for the peer
        std::function<bool()> isReported;                          ///< the report came by another way: do not wait
    };

    /// Asks for commitment, and takes the report when it comes on the same association within a short time.
    /// Success: the request was accepted. Errors: ServiceNotOffered, CommitmentRefused, those of an association that
    /// cannot be opened or breaks before that, Cancelled.
    [[nodiscard]] virtual Result<> commit(const config::Destination& destination, const net::CommitmentRequest& request,
        const Watch& watch, const CancelToken& cancel) = 0;

    /// The instances of one series that the destination knows, with their SOP classes where it says them. Without a
    /// Study or Series Instance UID nobody is asked, and none is known.
    /// Errors: ServiceNotOffered, QueryFailed (Retry::Later unless the status is final), those of an association,
    /// Cancelled.
    using Instances = QHash<SopInstanceUid, SopClassUid>;
    [[nodiscard]] virtual Result<Instances> instances(const config::Destination& destination,
        const StudyInstanceUid& study, const SeriesInstanceUid& series, const CancelToken& cancel) = 0;
};

/// Over associations of its own.
class DimseProofAsker final : public ProofAsker
{
public:
    /// @p reportPatience: how long a report may take on the association of the request; asked each time.
    using Patience = std::function<std::chrono::milliseconds()>;
    DimseProofAsker(AeTitle callingAeTitle, Patience reportPatience)
        : m_callingAeTitle(std::move(callingAeTitle))
        , m_reportPatience(std::move(reportPatience))
    {
    }

    [[nodiscard]] Result<> commit(const config::Destination& destination, const net::CommitmentRequest& request,
        const Watch& watch, const CancelToken& cancel) override;
    [[nodiscard]] Result<Instances> instances(const config::Destination& destination, const StudyInstanceUid& study,
        const SeriesInstanceUid& series, const CancelToken& cancel) override;

private:
    const AeTitle m_callingAeTitle;
    const Patience m_reportPatience;
};

} // namespace radpost::engine
