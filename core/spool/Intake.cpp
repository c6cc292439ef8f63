#include "core/spool/Intake.h"

#include "core/dicom/uid.h"
#include "core/spool/Spool_p.h"
#include "core/store/DeliveryRepository.h"

#include <QScopeGuard>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost::spool {

namespace {

constexpr std::size_t kPartsPerCall = 64;
constexpr mode_t kPrivateFile = 0600;

// PS3.4 Table B.2-1
constexpr quint16 kStatusSopClassNotSupported = 0x0122;
constexpr quint16 kStatusDataSetMismatch = 0xA900;
constexpr quint16 kStatusCannotUnderstand = 0xC000;

Error refused(quint16 status, const QString& why)
{
    auto error = makeError(ErrorCode::DicomMalformed, why);
    error.dimseStatus = status;
    return error;
}

/// What is kept will be proposed to destinations, and a peer that gets what is no UID drops the whole association.
std::optional<Error> objectionTo(const Announced& announced)
{
    if (!dicom::isValidUid(announced.sopInstanceUid.value)) {
        return makeError(ErrorCode::InvalidArgument, u"the SOP Instance UID is not valid"_s);
    }
    if (!dicom::isValidUid(announced.sopClassUid.value)) {
        return refused(kStatusSopClassNotSupported, u"the SOP Class UID is not valid"_s);
    }
    if (!dicom::isValidUid(announced.transferSyntaxUid.value)) {
        return refused(kStatusCannotUnderstand, u"the Transfer Syntax UID is not valid"_s);
    }
    return std::nullopt;
}

bool saysNothing(const dicom::IndexedHeader& header)
{
    return !header.isWhole && header.sopClassUid.isEmpty() && header.sopInstanceUid.isEmpty() &&
        *header.series == dicom::IndexedSeries();
}

/// The data set is the one that the command names (PS3.4 B.2.3). It need not be whole: what is kept is what came.
Result<> judge(const dicom::IndexedHeader& header, const Announced& announced)
{
    if (!header.sopInstanceUid.isEmpty() && header.sopInstanceUid != announced.sopInstanceUid) {
        return fail(refused(kStatusDataSetMismatch, u"the data set is of another instance than the command"_s));
    }
    if (!header.sopClassUid.isEmpty() && header.sopClassUid != announced.sopClassUid) {
        return fail(refused(kStatusDataSetMismatch, u"the data set is of another SOP class than the command"_s));
    }
    return saysNothing(header) ? fail(refused(kStatusCannotUnderstand, u"the data set cannot be read"_s)) : Result<>();
}

} // namespace

store::SpoolSeries toSpoolSeries(const dicom::IndexedSeries& t)
{
    return {t.patientName, t.patientId, t.issuerOfPatientId, t.patientBirthDate, t.patientSex, t.studyInstanceUid,
        t.studyDate, t.studyTime, t.accessionNumber, t.studyId, t.studyDescription, t.referringPhysicianName,
        t.seriesInstanceUid, t.modality, t.seriesNumber, t.seriesDescription, t.seriesDate, t.seriesTime,
        t.bodyPartExamined, t.protocolName, t.stationName, t.institutionName, t.manufacturer};
}

void setHeader(store::NewSpoolInstance& entry, const dicom::IndexedHeader& header)
{
    entry.instanceNumber = header.instanceNumber;
    entry.contentDate = header.contentDate;
    entry.contentTime = header.contentTime;
    entry.numberOfFrames = header.numberOfFrames;
    entry.rows = header.rows;
    entry.columns = header.columns;
    entry.bitsAllocated = header.bitsAllocated;
}

Intake::Intake(Spool& spool)
    : m_spool(*spool.d)
{
}

Intake::~Intake()
{
    drop();
}

void Intake::begin(Announced announced)
{
    drop();
    m_announced = std::move(announced);
    m_headBytes = static_cast<qint64>(m_announced.head.size());
    m_dataSetBytes = 0;
    m_lacksRoom = false;
    m_error.reset();
    m_digest.restart();
    m_tap.start(m_announced.transferSyntaxUid);
    if (auto objection = objectionTo(m_announced)) {
        failed(*std::move(objection));
    } else if (auto ready = m_spool.isReady(); !ready) {
        failed(std::move(ready.error()));
    }
}

void Intake::drop()
{
    m_file.close();
    if (!m_path.isEmpty()) {
        ::unlink(m_path.constData());
        m_path.clear();
    }
    m_spool.space.giveBack(m_taken);
    m_taken = 0;
}

/// Room that was taken is given back at once: others may need it.
void Intake::failed(Error error)
{
    m_error = std::move(error);
    drop();
}

bool Intake::create()
{
    m_path = m_spool.folder.unfinishedPath();
    m_file.reset(::open(m_path.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kPrivateFile));
    if (!m_file.isOpen()) {
        const int error = errno;
        m_path.clear();
        failed(writeError(error, u"cannot make a file in the spool"_s));
    }
    return m_file.isOpen();
}

void Intake::write(std::span<const std::span<const std::byte>> parts)
{
    for (const auto part : parts) { // also of what is refused: so much room is wanted
        m_dataSetBytes += static_cast<qint64>(part.size());
    }
    while (!parts.empty() && !m_error && (m_file.isOpen() || create())) {
        const auto now = parts.first(std::min(parts.size(), kPartsPerCall));
        for (const auto part : now) { // first, while the bytes are in the cache of the processor
            m_tap.feed(part);
            m_digest.add(part);
        }
        if (!writeToFile(now)) {
            return;
        }
        parts = parts.subspan(now.size());
    }
}

bool Intake::writeToFile(std::span<const std::span<const std::byte>> parts)
{
    std::array<iovec, kPartsPerCall + 1> vectors{};
    std::size_t used = 0;
    qint64 bytes = 0;
    const auto add = [&](std::span<const std::byte> part) {
        vectors[used++] = iovec{const_cast<std::byte*>(part.data()), part.size()};
        bytes += static_cast<qint64>(part.size());
    };
    if (!m_announced.head.empty()) {
        add(m_announced.head);
    }
    std::for_each(parts.begin(), parts.end(), add);
    if (!m_spool.space.take(bytes)) {
        m_lacksRoom = true;
        failed(makeError(ErrorCode::DiskFull, u"the reserve of the disk or the quota of the spool is reached"_s));
        return false;
    }
    m_taken += bytes;
    if (!writeAll(m_file.get(), std::span(vectors).first(used))) {
        failed(writeError(errno, u"cannot write to the spool"_s));
        return false;
    }
    m_announced.head.clear();
    return true;
}

Result<Arrived> Intake::finish(const CancelToken& cancel)
{
    if (m_lacksRoom) { // only now it is known for how much
        m_spool.space.refused(m_headBytes + m_dataSetBytes);
    }
    if (!m_error && m_dataSetBytes == 0) {
        failed(makeError(ErrorCode::InvalidArgument, u"no data set"_s));
    }
    if (!m_error && m_spool.params.durability == Durability::PowerLoss && !syncData(m_file.get())) {
        failed(writeError(errno, u"cannot put a file on the disk"_s));
    }
    if (!m_error && !m_file.close()) {
        failed(writeError(errno, u"cannot write to the spool"_s));
    }
    auto arrived = m_error ? Result<Arrived>(fail(*m_error)) : enter(cancel);
    count(arrived);
    drop();
    return arrived;
}

/// From here on the file has its name, and goes again unless its row stays.
Result<Arrived> Intake::enter(const CancelToken& cancel)
{
    const auto header = m_tap.take();
    if (auto good = judge(header, m_announced); !good) {
        return fail(std::move(good.error()));
    }
    const auto id = m_spool.ledger.writer().nextSpoolId();
    const auto moved = m_spool.folder.publish(m_path, id, m_spool.params.durability);
    // A name may have been given in a folder that took the place of ours.
    if (const auto placed = m_spool.isInPlace(); !moved || !placed) {
        m_spool.folder.remove(id);
        return fail(placed ? moved.error() : placed.error());
    }
    m_path.clear();
    auto added = entry(id, header);
    Arrived arrived{id, m_announced.sopClassUid, m_announced.sopInstanceUid, m_announced.transferSyntaxUid,
        m_announced.source, added.series, m_dataSetBytes, added.digest, added.receivedAt, 1, false, {}};
    auto entered = m_spool.enter(std::move(added), std::move(arrived), m_spool.params.duplicates, cancel);
    if (!entered || entered->isIdentical) {
        m_spool.folder.remove(id);
    } else {
        m_taken = 0; // it is the spool's now
    }
    return entered;
}

store::NewSpoolInstance Intake::entry(qint64 id, const dicom::IndexedHeader& header)
{
    store::NewSpoolInstance added;
    added.id = id;
    added.source = m_announced.source;
    added.sourceName = m_announced.sourceName;
    added.series = seriesOf(header.series);
    added.contextId = m_spool.ledger.writer().contextId({m_announced.sopClassUid, m_announced.transferSyntaxUid});
    added.sopInstanceUid = m_announced.sopInstanceUid;
    added.digest = m_digest.value();
    added.fileBytes = m_headBytes + m_dataSetBytes;
    added.dataSetOffset = m_headBytes;
    added.receivedAt = m_spool.ledger.clock().now();
    setHeader(added, header);
    return added;
}

std::shared_ptr<const store::SpoolSeries> Intake::seriesOf(const std::shared_ptr<const dicom::IndexedSeries>& tapped)
{
    if (tapped != m_lastTapped) {
        m_lastTapped = tapped;
        m_lastSeries = std::make_shared<store::SpoolSeries>(toSpoolSeries(*tapped));
    }
    return m_lastSeries;
}

void Intake::count(const Result<Arrived>& arrived)
{
    auto& counters = m_spool.counters;
    if (!arrived) {
        ++(arrived.error().code == ErrorCode::DuplicateDiffers ? counters.refused : counters.failed);
    } else if (arrived->isIdentical) {
        ++counters.identical;
    } else {
        ++counters.stored;
        counters.versions += arrived->superseded.isEmpty() ? 0 : 1;
        counters.bytes += arrived->dataSetBytes;
    }
}

} // namespace radpost::spool
