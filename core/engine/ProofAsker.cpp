#include "core/engine/ProofAsker.h"

#include "core/engine/DimseConnector.h"
#include "core/engine/QueryClient.h"
#include "core/net/CommitmentScu.h"
#include "core/observe/Log.h"

#include <algorithm>
#include <array>

namespace radpost::engine {

namespace {

using namespace std::chrono_literals;

constexpr auto kSlice = 200ms; // between two looks whether the report came by another way

// More than any series holds: a destination that does not heed the keys is told to stop.
constexpr qint64 kMostMatches = 200'000;

/// What another try does not change (PS3.4 Table C.4-1, PS3.7 Annex C): an identifier that does not match the SOP
/// class, no such class, an attribute at fault, not authorised, unrecognised operation, mistyped argument. Everything
/// else that a query ends with may pass.
bool isFinal(quint16 status)
{
    static constexpr std::array<quint16, 9> kFinal{
        0xA900, 0x0106, 0x0118, 0x0120, 0x0121, 0x0122, 0x0124, 0x0211, 0x0212};
    return std::find(kFinal.begin(), kFinal.end(), status) != kFinal.end();
}

Error failedQuery(Error error)
{
    if (error.code == ErrorCode::QueryFailed && !(error.dimseStatus && isFinal(*error.dimseStatus))) {
        error.retry = Retry::Later;
    }
    return error;
}

/// False: of something else than was asked for. A key that did not come back says nothing.
bool isAbout(const dicom::Identifier& match, quint32 tag, const QByteArray& uid)
{
    const auto said = match.value(tag);
    return said.isEmpty() || said.toLatin1() == uid;
}

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
    if (study.isEmpty() || series.isEmpty()) {
        return Instances(); // an empty key would ask for everything that the destination has
    }
    FindParams params;
    params.level = QueryLevel::Image;
    params.limit = kMostMatches;
    params.keys.set(tag::kStudyInstanceUid, study.toString());
    params.keys.set(tag::kSeriesInstanceUid, series.toString());
    params.keys.set(tag::kSopInstanceUid);
    params.keys.set(tag::kSopClassUid);
    Instances found;
    const auto take = [&](const dicom::Identifier& match) {
        if (!isAbout(match, tag::kStudyInstanceUid, study.value) ||
            !isAbout(match, tag::kSeriesInstanceUid, series.value)) {
            return;
        }
        found.insert({match.value(tag::kSopInstanceUid).toLatin1()}, {match.value(tag::kSopClassUid).toLatin1()});
    };
    const auto summary = QueryClient(destination, m_callingAeTitle).find(params, take, cancel);
    if (!summary) {
        return fail(failedQuery(summary.error()));
    }
    if (!summary->isComplete) {
        return fail(failedQuery(makeError(ErrorCode::QueryFailed, QStringLiteral("the answer is not complete"))));
    }
    return found;
}

} // namespace radpost::engine
