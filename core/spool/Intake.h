#pragma once

#include "core/base/CancelToken.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/dicom/HeaderTap.h"
#include "core/spool/ContentDigest.h"
#include "core/spool/Spool.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace radpost::spool {

/// One instance that is about to come.
struct Announced
{
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    TransferSyntaxUid transferSyntaxUid;
    store::SpoolSource source;
    std::vector<std::byte> head; ///< preamble and file meta information, written before the data set
    QString sourceName{};        ///< of a watch folder
};

/// The instances of one association on their way into the spool, one after the other, with little memory whatever their
/// size. One thread. What was not finished leaves nothing behind.
class Intake final
{
public:
    explicit Intake(Spool& spool);
    ~Intake();
    Q_DISABLE_COPY_MOVE(Intake)

    void begin(Announced announced);

    /// The next bytes of the data set. After an error the rest is dropped, and finish() tells the error.
    void write(std::span<const std::span<const std::byte>> parts);

    /// The data set is complete: blocks until it is safe. Errors: DiskFull (no room, or the reserve is reached),
    /// FileWriteFailed, FileUnreadable and LedgerFailed with Retry::Later (folder or ledger are not those that were
    /// opened), InvalidArgument (no valid SOP Instance UID, no data set), DicomMalformed (the status of PS3.4
    /// B.2.3 says why: SOP class or transfer syntax are no UIDs, the data set is another one or cannot be read),
    /// DuplicateDiffers, Cancelled, those of the ledger; nothing of the instance is kept then.
    [[nodiscard]] Result<Arrived> finish(const CancelToken& cancel = {});

    /// It will never be complete.
    void drop();

private:
    [[nodiscard]] bool create();
    [[nodiscard]] bool writeToFile(std::span<const std::span<const std::byte>> parts);
    void failed(Error error);
    [[nodiscard]] Result<Arrived> enter(const CancelToken& cancel);
    [[nodiscard]] store::NewSpoolInstance entry(qint64 id, const dicom::IndexedHeader& header);
    [[nodiscard]] std::shared_ptr<const store::SpoolSeries> seriesOf(
        const std::shared_ptr<const dicom::IndexedSeries>& tapped);
    void count(const Result<Arrived>& arrived);

    Spool::Private& m_spool;
    dicom::HeaderTap m_tap;
    ContentDigest m_digest;
    Announced m_announced;
    FileDescriptor m_file;
    QByteArray m_path; ///< of the unfinished file; empty: there is none
    std::optional<Error> m_error;
    bool m_lacksRoom = false;  ///< it was begun, and then there was no room
    qint64 m_taken = 0;        ///< from the space guard
    qint64 m_dataSetBytes = 0; ///< that came, kept or not
    qint64 m_headBytes = 0;
    std::shared_ptr<const dicom::IndexedSeries> m_lastTapped;
    std::shared_ptr<const store::SpoolSeries> m_lastSeries;
};

/// The tap's attributes as the index has them.
[[nodiscard]] store::SpoolSeries toSpoolSeries(const dicom::IndexedSeries& tapped);

/// Sets what the index keeps of an instance beside its series.
void setHeader(store::NewSpoolInstance& entry, const dicom::IndexedHeader& header);

} // namespace radpost::spool
