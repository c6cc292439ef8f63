#pragma once

#include "core/base/Clock.h"
#include "core/base/StrongId.h"

#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace radpost::store {

/// Patient, study and series of received instances, as the index keeps them. Text is decoded.
struct SpoolSeries
{
    QString patientName;
    QString patientId;
    QString issuerOfPatientId;
    QString patientBirthDate;
    QString patientSex;
    QString studyInstanceUid;
    QString studyDate;
    QString studyTime;
    QString accessionNumber;
    QString studyId;
    QString studyDescription;
    QString referringPhysicianName;
    QString seriesInstanceUid;
    QString modality;
    QString seriesNumber;
    QString seriesDescription;
    QString seriesDate;
    QString seriesTime;
    QString bodyPartExamined;
    QString protocolName;
    QString stationName;
    QString institutionName;
    QString manufacturer;
    friend bool operator==(const SpoolSeries&, const SpoolSeries&) = default;
};

/// Who sent an instance, and to whom.
struct SpoolSource
{
    QString callingAeTitle;
    QString calledAeTitle;
    QString peerAddress; ///< without port
    friend bool operator==(const SpoolSource&, const SpoolSource&) = default;
};

/// The same SOP Instance UID comes with another content. The numbers are not stored.
enum class DuplicatePolicy {
    KeepFirst, ///< what came first stays, the other one is refused
    KeepLast,  ///< the newest takes the place of those before
    KeepBoth,  ///< every content is kept as a version of its own
};

enum class SpoolState {
    Current = 0,
    Superseded = 1, ///< a later version came
    Missing = 2,    ///< the file is not there any more
};

/// One instance that is to enter the index.
struct NewSpoolInstance
{
    qint64 id = 0; ///< from LedgerWriter::nextSpoolId(); names the file
    SpoolSource source;
    QString sourceName{};                      ///< of a watch folder; empty: an association
    std::shared_ptr<const SpoolSeries> series; ///< shared by instances that say the same
    qint64 contextId = 0;                      ///< from LedgerWriter::contextId()
    SopInstanceUid sopInstanceUid;
    QString digest; ///< XXH3-128 of the data set, hexadecimal
    qint64 fileBytes = 0;
    qint64 dataSetOffset = 0;
    Clock::WallTime receivedAt;
    QString instanceNumber;
    QString contentDate;
    QString contentTime;
    int numberOfFrames = 0;
    int rows = 0;
    int columns = 0;
    int bitsAllocated = 0;
    bool isFound = false;      ///< a file of before, not one that just came: only ids say which content is newer
    QList<qint64> differsFrom; ///< instances of equal digest whose bytes were compared and are others
};

/// What became of it.
struct SpoolOutcome
{
    enum class Kind {
        Stored,
        Identical, ///< an instance of the same UID, transfer syntax and digest is there: nothing was added
        Refused,   ///< another content is there, and the policy is KeepFirst: nothing was added
    };
    Kind kind = Kind::Stored;
    qint64 existing = 0;        ///< the other one, when nothing was added
    int version = 1;            ///< of the instance that was stored
    bool isSuperseded = false;  ///< it was stored, but what was there stays the current one
    QList<qint64> superseded{}; ///< by it
};

/// What became of a file that is there while no row says so.
enum class Revival {
    NoRow,        ///< its id is in no row
    Revived,      ///< its row was marked as missing: a known file again
    OtherContent, ///< its row tells of other bytes
};

/// One row of the index, as it stands.
struct SpoolInstanceRow
{
    qint64 id = 0;
    SopInstanceUid sopInstanceUid;
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid;
    SpoolSource source;
    int version = 1;
    SpoolState state = SpoolState::Current;
    bool differs = false; ///< another content came with the same UID, kept or not
    QString digest;
    qint64 fileBytes = 0;
    qint64 dataSetOffset = 0;
    Clock::WallTime receivedAt;
    QString instanceNumber;
    QString studyInstanceUid;
    QString seriesInstanceUid;
    QString modality;
    QString studyDescription;
};

struct SpoolTotals
{
    qint64 instances = 0; ///< files that are there, all versions
    qint64 bytes = 0;
};

/// What a list of studies is asked for; empty members match everything.
struct SpoolStudyFilter
{
    QString patientId{};
    QString patientName{}; ///< with * and ? (PS3.4 C.2.2.2.4), without regard to case
    QString studyInstanceUid{};
    QString accessionNumber{};
    QString dateFrom{}; ///< DA
    QString dateTo{};
    QString modality{};
};

struct SpoolStudyRow
{
    SpoolSeries study;  ///< patient and study attributes only
    QString modalities; ///< in the study, separated by backslash
    qint64 series = 0;
    qint64 instances = 0;
    Clock::WallTime firstReceivedAt;
};

/// Somebody who was not let in.
struct RefusedPeer
{
    qint64 id = 0;
    SpoolSource source;
    QString certificateSha256; ///< empty without TLS or certificate
    QString certificateSubject;
    int reason = 0; ///< engine::RefusalReason
    Clock::WallTime firstAt;
    Clock::WallTime lastAt;
    qint64 times = 1;
};

} // namespace radpost::store
