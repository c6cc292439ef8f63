#pragma once

#include "core/base/CancelToken.h"
#include "core/config/Destination.h"
#include "core/dicom/Identifier.h"

#include <functional>
#include <memory>

namespace radpost::engine {

class Traces;

/// The information model that is asked (PS3.4 C.6, K.6).
enum class QueryModel { StudyRoot, PatientRoot, ModalityWorklist };

enum class QueryLevel { Patient, Study, Series, Image };

struct FindParams
{
    QueryModel model = QueryModel::StudyRoot;
    QueryLevel level = QueryLevel::Study; ///< the worklist has none
    dicom::Identifier keys;               ///< without Query/Retrieve Level, which follows from the level
    qint64 limit = 0;                     ///< matches after which the peer is told to stop; 0: none
};

struct FindSummary
{
    qint64 matches = 0;
    bool isComplete = false; ///< the peer said that there are no more
};

struct RetrieveParams
{
    QueryModel model = QueryModel::StudyRoot; ///< not the worklist
    QueryLevel level = QueryLevel::Study;
    dicom::Identifier keys; ///< unique keys down to the level (PS3.4 C.4.2.2.1)
};

/// What became of the instances, as the peer counts them; its final word where it gives one.
struct RetrieveCounts
{
    qint64 remaining = 0;
    qint64 completed = 0;
    qint64 failed = 0;
    qint64 warning = 0; ///< stored, and the receiver had something to say
};

struct RetrieveSummary
{
    RetrieveCounts counts;
    bool hasFailures = false; ///< the peer said so, whether it counts them or not (PS3.4 Table C.4-2: B000)
    bool wasStopped = false;
    QStringList failedInstances;   ///< SOP Instance UIDs, where the peer lists them
    qint64 received = 0;           ///< by C-GET: files that are here now
    qint64 refused = 0;            ///< by C-GET: what could not be written
    bool isCounted = false;        ///< the peer gave numbers
    bool wereKindsGuessed = false; ///< by C-GET: the peer did not say what it holds, so that all kinds were offered

    /// What failed may be of a kind, or in a transfer syntax, that was not offered.
    [[nodiscard]] bool mayLackKinds() const
    {
        return wereKindsGuessed && !wasStopped && (hasFailures || counts.failed > refused);
    }
    /// The peer found nothing under the keys.
    [[nodiscard]] bool hasNothing() const
    {
        return isComplete() && isCounted && counts.completed == 0 && counts.warning == 0 && received == 0;
    }
    [[nodiscard]] bool isComplete() const
    {
        return !wasStopped && !hasFailures && counts.failed == 0 && counts.remaining == 0 &&
            failedInstances.isEmpty() && refused == 0;
    }
};

/// Asks a PACS what it has, and has it sent: C-FIND, C-MOVE, C-GET (PS3.4 Annexes C and K). Each call opens an
/// association of its own and blocks; one object serves any thread. Pulling the stop token asks the peer to end
/// (C-CANCEL) and, when it does not within some seconds, breaks off.
///
/// Errors of all calls: those of an association that cannot be opened or breaks, Cancelled, InvalidArgument (a key that
/// cannot be encoded), ServiceNotOffered, QueryFailed and MoveDestinationUnknown
/// (with the peer's status).
class QueryClient final
{
public:
    /// @p callingAeTitle is used where the destination names none. With @p traces, what is said with a destination
    /// that is traced is recorded; it need not outlive this call.
    QueryClient(config::Destination destination, AeTitle callingAeTitle, Traces* traces = nullptr);
    ~QueryClient();
    Q_DISABLE_COPY_MOVE(QueryClient)

    /// @p onMatch hears each match on this thread.
    [[nodiscard]] Result<FindSummary> find(const FindParams& params,
        const std::function<void(const dicom::Identifier&)>& onMatch, const CancelToken& stop);

    using Progress = std::function<void(const RetrieveCounts&)>;

    /// Has the peer send to the node it knows as @p to. @p progress hears each response on this thread.
    [[nodiscard]] Result<RetrieveSummary> move(
        const RetrieveParams& params, const AeTitle& to, const Progress& progress, const CancelToken& stop);

    /// Takes the instances over the same association, into @p folder as SOPInstanceUID.dcm. Nothing has to listen here.
    ///
    /// A peer that says which SOP classes it holds gets these offered; any other gets all of the Standard, by clinical
    /// use, and is asked once more with those that the first association had no room for when something failed.
    /// Errors also: FileWriteFailed.
    [[nodiscard]] Result<RetrieveSummary> get(
        const RetrieveParams& params, const QString& folder, const Progress& progress, const CancelToken& stop);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::engine
