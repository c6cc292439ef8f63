#include "core/engine/ProofAsker.h"

#include "core/engine/DimseConnector.h"
#include "core/engine/QueryClient.h"
#include "core/net/CommitmentScu.h"
#include "core/observe/Log.h"

namespace radpost::engine {

namespace {

using namespace std::chrono_literals;

constexpr auto kSlice = 200ms; // between two looks whether the report came by another way

void awaitReport(net::CommitmentScu& scu, const QByteArray& transactionUid, std::chrono::milliseconds patience,
    const ProofAsker::Watch& watch, const CancelToken& cancel)
{
    const Deadline deadline(patience);
    while (!deadline.isOver() && !watch.isReported()) {
        const auto came = scu.awaitReport(transactionUid, deadline.left(kSlice), watch.take, cancel);
        if (!came || *came) {
            return; // a peer that goes away reports on another association
        }
    }
}

} // namespace

Result<> DimseProofAsker::commit(const config::Destination& destination, const net::CommitmentRequest& request,
    const Watch& watch, const CancelToken& cancel)
{
    DimseConnector connector(destination, m_callingAeTitle);
    auto association = connector.connect({net::commitmentContext(1)}, cancel, {net::askingRole()});
    if (!association) {
        return fail(std::move(association.error()));
    }
    net::CommitmentScu scu(**association);
    if (auto asked = scu.request(request, watch.take, cancel); !asked) {
        if ((*association)->isOpen()) {
            (void)(*association)->release(cancel);
        }
        return asked;
    }
    watch.accepted();
    awaitReport(scu, request.transactionUid, m_reportPatience(), watch, cancel);
    if ((*association)->isOpen()) {
        (void)(*association)->release(cancel);
    }
    return {};
}

Result<ProofAsker::Instances> DimseProofAsker::instances(const config::Destination& destination,
    const StudyInstanceUid& study, const SeriesInstanceUid& series, const CancelToken& cancel)
{
    namespace tag = dicom::tag;
    FindParams params;
    params.level = QueryLevel::Image;
    params.keys.set(tag::kStudyInstanceUid, study.toString());
    params.keys.set(tag::kSeriesInstanceUid, series.toString());
    params.keys.set(tag::kSopInstanceUid);
    params.keys.set(tag::kSopClassUid);
    Instances found;
    const auto take = [&](const dicom::Identifier& match) {
        found.insert({match.value(tag::kSopInstanceUid).toLatin1()}, {match.value(tag::kSopClassUid).toLatin1()});
    };
    const auto summary = QueryClient(destination, m_callingAeTitle).find(params, take, cancel);
    if (!summary) {
        return fail(summary.error());
    }
    if (!summary->isComplete) {
        return fail(ErrorCode::QueryFailed, QStringLiteral("the answer is not complete"));
    }
    return found;
}

} // namespace radpost::engine
