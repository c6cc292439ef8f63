#include "core/engine/ProofDesk.h"

#include "core/engine/ContractProvider.h"
#include "core/net/implementation.h"
#include "core/observe/Log.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

namespace radpost::engine {

namespace {

ProverParams proverParams(const ProofPolicy& policy, EngineListener* listener)
{
    ProverParams params;
    params.policy = policy;
    if (listener != nullptr) {
        params.onChanged = [listener](JobId job) { listener->onProof(job); };
    }
    return params;
}

/// Reports and C-ECHO, nothing else.
net::AnsweredContext choose(const net::ProposedContext& proposed)
{
    const auto& sopClass = proposed.sopClassUid.value;
    if (sopClass != net::kStorageCommitmentClass && sopClass != net::kVerificationSopClass) {
        return {proposed.id, net::kContextAbstractSyntaxNotSupported, {}};
    }
    return {proposed.id, net::kContextAccepted, proposed.transferSyntaxes.front()};
}

} // namespace

ProofDesk::ProofDesk(
    store::Ledger& ledger, const queue::WaitClock& clock, ProofDeskParams params, EngineListener* listener)
    : m_ledger(ledger)
    , m_params(std::move(params))
    , m_book(ledger, m_params.policy)
    , m_asker(makeAsker())
    , m_prover(ledger, m_book, *m_asker, clock, proverParams(m_params.policy, listener))
{
}

ProofDesk::~ProofDesk()
{
    stop();
}

std::unique_ptr<ProofAsker> ProofDesk::makeAsker() const
{
    return std::make_unique<DimseProofAsker>(m_params.callingAeTitle,
        [this] { return port() != 0 ? m_params.policy.patience : m_params.policy.patienceAlone; });
}

Result<> ProofDesk::take(JobId job)
{
    const auto reader = m_ledger.openReader();
    const auto row = reader ? (*reader)->jobs().find(job) : fail(reader.error());
    if (!row) {
        return fail(row.error());
    }
    if (row->proofWanted == store::ProofWanted::Response) {
        return {};
    }
    const auto destination = contractDestination(row->destinationContract, row->destinationName);
    if (!destination) {
        return fail(destination.error());
    }
    if (row->proofWanted == store::ProofWanted::Commitment) {
        if (const auto opened = listen(); !opened) {
            qCWarning(observe::lcEngine) << "no port for reports of storage commitment:"
                                         << errorName(opened.error().code) << opened.error().detail;
        }
    }
    m_prover.take(*row, *destination);
    return {};
}

Result<> ProofDesk::listen()
{
    const std::lock_guard lock(m_mutex);
    if (m_acceptor || !m_params.port) {
        return {};
    }
    net::AcceptorSettings settings;
    settings.address = m_params.address;
    settings.port = *m_params.port;
    settings.commitment = this;
    settings.chooseContext = choose;
    auto acceptor = std::make_unique<net::Acceptor>(std::move(settings), nullptr);
    if (auto started = acceptor->start(); !started) {
        return started;
    }
    m_acceptor = std::move(acceptor);
    return {};
}

quint16 ProofDesk::port() const
{
    const std::lock_guard lock(m_mutex);
    return m_acceptor ? m_acceptor->port() : 0;
}

void ProofDesk::stop()
{
    std::unique_ptr<net::Acceptor> ending;
    {
        const std::lock_guard lock(m_mutex);
        ending = std::move(m_acceptor);
    }
    if (ending) {
        ending->stop();
    }
    m_prover.stop();
}

quint16 ProofDesk::request(const net::CommitmentRequest& /*request*/, const net::PeerInfo& /*peer*/)
{
    return net::kStatusUnrecognizedOperation; // the gateway commits to what it holds, a sender holds nothing
}

quint16 ProofDesk::report(const net::CommitmentReport& report, const net::PeerInfo& peer)
{
    qCInfo(observe::lcEngine) << "a report of storage commitment from" << peer.callingAeTitle << "at" << peer.address;
    return m_book.take(report);
}

} // namespace radpost::engine
