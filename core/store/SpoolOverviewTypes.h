#pragma once

#include "core/store/RoutingTypes.h"
#include "core/store/SpoolTypes.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// What a list of received studies asks of the index, and what it gets. Plain values.
namespace radpost::store {

/// How instances of the spool stand. One that stands in several ways is counted in each.
struct SpoolStanding
{
    qint64 instances = 0; ///< different ones
    qint64 files = 0;     ///< the same with older versions: what the counts below are parts of
    qint64 bytes = 0;     ///< of the files
    qint64 differing = 0; ///< instances that came with several contents
    qint64 unrouted = 0;  ///< not judged yet
    qint64 unmatched = 0;
    qint64 dropped = 0;
    qint64 waiting = 0; ///< for the rest of a series or study, or for a time
    qint64 held = 0;
    friend bool operator==(const SpoolStanding&, const SpoolStanding&) = default;
};

/// Deliveries of these instances to one destination. The sum is their number.
struct SpoolTarget
{
    QString destination;
    qint64 waiting = 0; ///< not queued yet: for the rest of a series or study, or for a time
    qint64 open = 0;
    qint64 stored = 0; ///< with the proof that is wanted
    qint64 rejected = 0;
    qint64 cancelled = 0;
    qint64 awaited = 0;  ///< sent: the proof that is wanted may still come
    qint64 unproved = 0; ///< sent: the proof is missing, and nobody has seen to it
    [[nodiscard]] qint64 total() const { return waiting + open + stored + rejected + cancelled + awaited + unproved; }
    friend bool operator==(const SpoolTarget&, const SpoolTarget&) = default;
};

/// One study, series or instance as a list shows it.
struct SpoolEntry
{
    qint64 id = 0;                   ///< of its row
    SpoolSeries text;                ///< down to its level
    QString modalities{};            ///< of a study, separated by backslash
    QStringList callers{};           ///< calling AE titles
    SopInstanceUid sopInstanceUid{}; ///< of an instance, as what follows
    SopClassUid sopClassUid{};
    TransferSyntaxUid transferSyntaxUid{};
    QString instanceNumber{};
    Clock::WallTime firstAt{};
    Clock::WallTime lastAt{};
    SpoolStanding standing{};
    QList<SpoolTarget> targets{}; ///< by name
    friend bool operator==(const SpoolEntry&, const SpoolEntry&) = default;
};

enum class SpoolStandingFilter {
    Any,
    NeedsPerson, ///< held, or rejected or not proved and nobody has seen to it
    Unmatched,   ///< no rule wanted it
    Unfinished,  ///< not judged, waiting, being delivered, or its proof is awaited
};

/// A page of studies; the one that came last is first.
struct SpoolStudyQuery
{
    /// Words, each of which must be in the name or ID of the patient, or the accession number, description or UID of
    /// the study. ASCII letters match without regard to case.
    QString text{};
    SpoolStandingFilter standing = SpoolStandingFilter::Any;
    qint64 before = 0; ///< the id of the last one of the page before; 0: from the start
    int limit = 100;
    friend bool operator==(const SpoolStudyQuery&, const SpoolStudyQuery&) = default;
};

/// What a person chose in such a list.
struct SpoolChoice
{
    QList<qint64> studies{}; ///< SpoolEntry::id
    QList<qint64> series{};
    [[nodiscard]] bool isEmpty() const { return studies.isEmpty() && series.isEmpty(); }
    friend bool operator==(const SpoolChoice&, const SpoolChoice&) = default;
};

/// One file of the spool with what names it for people.
struct SpoolFile
{
    qint64 id = 0;
    SopInstanceUid sopInstanceUid;
    QString patientName;
    QString patientId;
    QString studyInstanceUid;
    QString studyDate;
    QString seriesInstanceUid;
    QString seriesNumber;
    QString modality;
};

/// What needs a person, in the whole index.
struct SpoolAttention
{
    qint64 heldStudies = 0;
    qint64 unmatched = 0; ///< instances
    friend bool operator==(const SpoolAttention&, const SpoolAttention&) = default;
};

} // namespace radpost::store
