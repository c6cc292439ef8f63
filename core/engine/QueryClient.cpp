#include "core/engine/QueryClient.h"

#include "core/engine/DimseConnector.h"
#include "core/engine/StorageContexts.h"
#include "core/net/FileReceiver.h"
#include "core/net/QueryScu.h"
#include "core/net/implementation.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <iterator>
#include <stop_token>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

using net::DimseCommand;
using net::ProposedContext;

constexpr quint8 kQueryContext = 1;

// PS3.4 C.6.1.3, C.6.2.3, K.4.
QByteArrayView sopClass(QueryModel model, DimseCommand command)
{
    const std::size_t row = command == DimseCommand::CFindRq ? 0 : command == DimseCommand::CMoveRq ? 1 : 2;
    static constexpr std::array<QByteArrayView, 3> kPatientRoot{
        "1.2.840.10008.5.1.4.1.2.1.1", "1.2.840.10008.5.1.4.1.2.1.2", "1.2.840.10008.5.1.4.1.2.1.3"};
    static constexpr std::array<QByteArrayView, 3> kStudyRoot{
        "1.2.840.10008.5.1.4.1.2.2.1", "1.2.840.10008.5.1.4.1.2.2.2", "1.2.840.10008.5.1.4.1.2.2.3"};
    switch (model) {
    case QueryModel::PatientRoot:
        return kPatientRoot.at(row);
    case QueryModel::StudyRoot:
        return kStudyRoot.at(row);
    case QueryModel::ModalityWorklist:
        break;
    }
    return "1.2.840.10008.5.1.4.31";
}

QString levelName(QueryLevel level)
{
    static constexpr std::array<QStringView, 4> kNames{u"PATIENT", u"STUDY", u"SERIES", u"IMAGE"};
    return kNames.at(static_cast<std::size_t>(level)).toString();
}

RetrieveCounts countsOf(const net::SubOperations& said, const RetrieveCounts& before)
{
    const auto value = [](std::optional<quint16> now, qint64 last) { return now ? qint64(*now) : last; };
    return {value(said.remaining, before.remaining), value(said.completed, before.completed),
        value(said.failed, before.failed), value(said.warning, before.warning)};
}

/// Forwards to plain functions.
class Listener final : public net::QueryListener
{
public:
    std::function<void(net::ConstBytes)> onMatch;
    QueryClient::Progress onProgress;
    RetrieveCounts counts;
    bool isCounted = false;

    void match(net::ConstBytes identifier) override { onMatch(identifier); }
    void progress(const net::SubOperations& said) override
    {
        counts = countsOf(said, counts);
        isCounted = isCounted || said.completed || said.failed;
        if (onProgress) {
            onProgress(counts);
        }
    }
};

// PS3.4 Tables C.4-1 to C.4-3: B000 is a retrieve with failures, FE00 one that was cancelled.
constexpr quint16 kSomeFailed = 0xB000;

bool hasResult(quint16 status)
{
    return status == 0 || status == kSomeFailed || status == net::kStatusCancel;
}

Error statusError(const net::QueryEnd& end)
{
    constexpr quint16 kMoveDestinationUnknown = 0xA801;
    const bool isDestination = end.status == kMoveDestinationUnknown;
    QStringList details{
        u"status %1"_s.arg(end.status, 4, 16, QLatin1Char('0')), end.errorComment, end.offendingElement};
    details.removeAll(QString());
    auto error =
        makeError(isDestination ? ErrorCode::MoveDestinationUnknown : ErrorCode::QueryFailed, details.join(u": "_s));
    error.dimseStatus = end.status;
    return error;
}

dicom::Identifier withLevel(dicom::Identifier keys, QueryModel model, QueryLevel level)
{
    if (model != QueryModel::ModalityWorklist) {
        keys.set(dicom::tag::kQueryRetrieveLevel, levelName(level));
    }
    return keys;
}

QStringList failedInstances(const QByteArray& identifier, const TransferSyntaxUid& syntax)
{
    const auto decoded = dicom::decodeIdentifier(net::asBytes(identifier), syntax);
    const auto uids = decoded ? decoded->value(dicom::tag::kFailedSopInstanceUidList) : QString();
    return uids.split(u'\\', Qt::SkipEmptyParts);
}

} // namespace

struct QueryClient::Private
{
    Private(config::Destination destination, const AeTitle& callingAeTitle, Traces* traces)
        : connector(std::move(destination), callingAeTitle, traces)
    {
    }

    DimseConnector connector;

    /// One request over an association of its own.
    struct Call
    {
        DimseCommand command = DimseCommand::CFindRq;
        QueryModel model = QueryModel::StudyRoot;
        dicom::Identifier identifier;
        AeTitle moveDestination;
        StorageContexts storage; ///< of C-GET
        net::StoreHandler* store = nullptr;

        [[nodiscard]] Call offering(StorageContexts contexts) const
        {
            auto copy = *this;
            copy.storage = std::move(contexts);
            return copy;
        }
    };

    Result<std::unique_ptr<net::Association>> connect(const Call& call, const CancelToken& cancel);
    Result<net::QueryEnd> run(const Call& call, Listener& listener, TransferSyntaxUid& syntax, const CancelToken& stop);
    Result<RetrieveSummary> retrieve(const Call& call, const Progress& progress, const CancelToken& stop);
    Result<RetrieveSummary> retrieveAnyKind(const Call& call, const Progress& progress, const CancelToken& stop);
};

Result<std::unique_ptr<net::Association>> QueryClient::Private::connect(const Call& call, const CancelToken& cancel)
{
    std::vector<ProposedContext> contexts{
        {kQueryContext, {sopClass(call.model, call.command).toByteArray()}, plainSyntaxes()}};
    call.storage.appendTo(contexts);
    auto association = connector.connect(contexts, cancel, call.storage.roles());
    if (association && (*association)->context(kQueryContext) == nullptr) {
        (void)(*association)->release(cancel);
        return fail(ErrorCode::ServiceNotOffered, u"no presentation context for the query"_s);
    }
    return association;
}

Result<net::QueryEnd> QueryClient::Private::run(
    const Call& call, Listener& listener, TransferSyntaxUid& syntax, const CancelToken& stop)
{
    auto association = connect(call, stop);
    if (!association) {
        return fail(std::move(association.error()));
    }
    syntax = (*association)->context(kQueryContext)->transferSyntaxUid;
    const auto identifier = dicom::encodeIdentifier(call.identifier, syntax);
    if (!identifier) {
        return fail(identifier.error());
    }
    // Of a list nobody needs the rest; a retrieve is given time to count what it did.
    const auto patience = call.command == DimseCommand::CFindRq ? 2s : 10s;
    net::QueryScu scu(**association, call.store, patience);
    auto end =
        scu.run({call.command, kQueryContext, net::asBytes(*identifier), call.moveDestination}, listener, stop, {});
    if (end) {
        (void)(*association)->release({}); // the answer is in hand
    }
    return end;
}

Result<RetrieveSummary> QueryClient::Private::retrieve(
    const Call& call, const Progress& progress, const CancelToken& stop)
{
    Listener listener;
    listener.onProgress = progress;
    TransferSyntaxUid syntax;
    const auto end = run(call, listener, syntax, stop);
    if (!end) {
        return fail(end.error());
    }
    if (!hasResult(end->status)) {
        return fail(statusError(*end));
    }
    RetrieveSummary summary;
    summary.counts = listener.counts;
    summary.isCounted = listener.isCounted;
    summary.hasFailures = end->status == kSomeFailed;
    summary.wasStopped = end->status == net::kStatusCancel;
    if (end->isSuccess() && !end->counts.remaining) {
        summary.counts.remaining = 0; // the last word; what an earlier response said of it is past
    }
    summary.failedInstances = failedInstances(end->identifier, syntax);
    return summary;
}

namespace {

/// What C-GET will bring: the SOP classes of all instances below the keys, found level by level. False when something
/// could not be asked or was not told: what was found is not all then.
[[nodiscard]] bool collectClasses(
    QueryClient& client, FindParams find, QSet<QByteArray>& classes, const CancelToken& stop)
{
    using namespace dicom::tag;
    static constexpr std::array<quint32, 4> kUids{kPatientId, kStudyInstanceUid, kSeriesInstanceUid, kSopInstanceUid};
    const auto uid = kUids.at(static_cast<std::size_t>(find.level));
    const bool isImage = find.level == QueryLevel::Image;
    if (!isImage && find.keys.contains(uid)) {
        find.level = static_cast<QueryLevel>(static_cast<int>(find.level) + 1);
        return collectClasses(client, std::move(find), classes, stop);
    }
    find.keys.set(uid, find.keys.value(uid));
    if (isImage) {
        find.keys.set(kSopClassUid);
    }
    QStringList found;
    const auto take = [&](const auto& match) { found << match.value(isImage ? kSopClassUid : uid); };
    bool isAll = client.find(find, take, stop).has_value();
    found.removeDuplicates();
    const bool isUntold = found.removeAll(QString()) > 0; // asked with, it would match everything
    isAll = isAll && !(isImage && isUntold);
    for (const auto& value : std::as_const(found)) {
        if (isImage) {
            classes.insert(value.toLatin1());
            continue;
        }
        auto below = find;
        below.keys.set(uid, value);
        isAll = collectClasses(client, std::move(below), classes, stop) && isAll;
    }
    return isAll;
}

// PS3.4 Tables C.4-2, C.4-3: unable to perform sub-operations; said when every one failed.
constexpr quint16 kCannotSend = 0xA702;

/// That kinds were not offered may be why.
bool maySendMore(const Result<RetrieveSummary>& first)
{
    return first ? !first->wasStopped && (first->hasFailures || first->counts.failed > 0)
                 : first.error().dimseStatus == kCannotSend;
}

/// @p now of a second association, in which all that came on the first one failed.
RetrieveCounts addedUp(const RetrieveCounts& first, const RetrieveCounts& now)
{
    const qint64 more = now.completed + now.warning;
    return {now.remaining, first.completed + now.completed, std::max<qint64>(0, first.failed - more),
        first.warning + now.warning};
}

RetrieveSummary addedUp(const RetrieveSummary& first, RetrieveSummary second)
{
    const auto failedTwice = [&](const QString& uid) { return second.failedInstances.contains(uid); };
    QStringList failed;
    std::copy_if(first.failedInstances.begin(), first.failedInstances.end(), std::back_inserter(failed), failedTwice);
    second.counts = addedUp(first.counts, second.counts);
    second.failedInstances = failed;
    second.hasFailures = second.counts.failed > 0 || !failed.isEmpty() || first.counts.failed == 0;
    second.isCounted = first.isCounted && second.isCounted;
    return second;
}

} // namespace

QueryClient::QueryClient(config::Destination destination, AeTitle callingAeTitle, Traces* traces)
    : d(std::make_unique<Private>(std::move(destination), callingAeTitle, traces))
{
}

QueryClient::~QueryClient() = default;

Result<RetrieveSummary> QueryClient::Private::retrieveAnyKind(
    const Call& call, const Progress& progress, const CancelToken& stop)
{
    const auto parts = StorageContexts::usual();
    auto summary = retrieve(call.offering(parts.front()), progress, stop);
    for (auto part = parts.begin() + 1; part != parts.end() && maySendMore(summary); ++part) {
        const auto before = summary ? summary->counts : RetrieveCounts();
        const auto tell = [&](const RetrieveCounts& now) {
            if (progress) {
                progress(summary ? addedUp(before, now) : now);
            }
        };
        auto more = retrieve(call.offering(*part), tell, stop);
        if (more) {
            summary = summary ? addedUp(*summary, *std::move(more)) : std::move(more);
        }
    }
    return summary;
}

Result<FindSummary> QueryClient::find(
    const FindParams& params, const std::function<void(const dicom::Identifier&)>& onMatch, const CancelToken& stop)
{
    FindSummary summary;
    CancelSource enough;
    const std::stop_callback onStop(stop.stopToken(), [&enough] { enough.cancel(); });
    TransferSyntaxUid syntax;
    std::optional<Error> unreadable;
    Listener listener;
    listener.onMatch = [&](net::ConstBytes bytes) {
        const auto match = dicom::decodeIdentifier(bytes, syntax);
        if (!match) {
            unreadable = match.error();
        } else if (params.limit == 0 || summary.matches < params.limit) {
            onMatch(*match);
            ++summary.matches;
        }
        if (unreadable || (params.limit > 0 && summary.matches >= params.limit)) {
            enough.cancel();
        }
    };
    const Private::Call call{
        DimseCommand::CFindRq, params.model, withLevel(params.keys, params.model, params.level), {}, {}, nullptr};
    const auto end = d->run(call, listener, syntax, enough.token());
    if (unreadable) {
        return fail(*unreadable);
    }
    if (!end && params.limit > 0 && summary.matches >= params.limit && end.error().code == ErrorCode::ResponseTimeout) {
        return summary; // a peer that does not heed C-CANCEL (optional, PS3.4 C.4.1.3): what was wanted is here
    }
    if (!end) {
        return fail(end.error());
    }
    // A limit of the peer has no status of its own; A700 after matches says that there are more.
    const bool wasCut = end->status == net::kStatusOutOfResources && summary.matches > 0;
    if (!hasResult(end->status) && !wasCut) {
        return fail(statusError(*end));
    }
    summary.isComplete = end->isSuccess();
    return summary;
}

Result<RetrieveSummary> QueryClient::move(
    const RetrieveParams& params, const AeTitle& to, const Progress& progress, const CancelToken& stop)
{
    return d->retrieve(
        {DimseCommand::CMoveRq, params.model, withLevel(params.keys, params.model, params.level), to, {}, nullptr},
        progress, stop);
}

Result<RetrieveSummary> QueryClient::get(
    const RetrieveParams& params, const QString& folder, const Progress& progress, const CancelToken& stop)
{
    net::FileReceiver files(folder, net::Durability::PowerLoss);
    if (auto opened = files.open(); !opened) {
        return fail(std::move(opened.error()));
    }
    const Private::Call call{
        DimseCommand::CGetRq, params.model, withLevel(params.keys, params.model, params.level), {}, {}, &files};
    QSet<QByteArray> classes;
    const bool isAll = collectClasses(*this, {params.model, QueryLevel::Study, params.keys, 0}, classes, stop);
    const bool areKnown = isAll && !classes.isEmpty();
    auto summary = areKnown ? d->retrieve(call.offering(StorageContexts::of(classes)), progress, stop)
                            : d->retrieveAnyKind(call, progress, stop);
    if (summary) {
        summary->received = files.counters().stored + files.counters().duplicates + files.counters().conflicts;
        summary->refused = files.counters().failed;
        summary->wereKindsGuessed = !areKnown;
    }
    return summary;
}

} // namespace radpost::engine
