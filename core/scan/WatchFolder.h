#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Clock.h"
#include "core/dicom/HeaderReader.h"
#include "core/scan/ScanSink.h"
#include "core/scan/TakenFiles.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace radpost::scan {

/// What becomes of a file that was taken.
enum class AfterTaking {
    Keep,   ///< it stays, and is remembered
    Move,   ///< to movedFolder, below the same subfolders
    Remove, ///< it is in the spool now
};

struct WatchParams
{
    QString folder;
    std::chrono::milliseconds settle{10'000}; ///< size and time must stay for so long
    AfterTaking afterTaking = AfterTaking::Keep;
    QString movedFolder; ///< for Move
    QString junkFolder;  ///< what is no DICOM goes here, with its reason beside it; empty: it stays, and is remembered
    QString temporaryFolder;    ///< where archives are unpacked; empty: archives are junk
    int mostTaken = 500;        ///< by one poll, so that a full folder does not keep it busy for long
    qint64 mostFiles = 500'000; ///< looked at; more are left for later, and said
    int deepest = 32;
    std::chrono::milliseconds retryDelay{30'000}; ///< after a take that failed for a cause that may pass
};

/// Who takes what a watch folder finds. Called from the thread that polls.
class WatchSink
{
public:
    virtual ~WatchSink() = default;

    /// Success: the instance is safe elsewhere, and its file may go. An error with Retry::Later: it is offered again
    /// after a while; with another: the file is junk.
    [[nodiscard]] virtual Result<> take(ScannedInstance&& instance) = 0;

    /// A file was set aside, or stays without being looked at again. @p movedTo: where it is now.
    virtual void onJunk(SkippedFile&& file, const QString& movedTo) = 0;

    /// A file was taken, but could not be moved or removed: it stays, and is not taken again.
    virtual void onStuck(const QString& path, const Error& error) = 0;
};

/// What one look at the folder found. seen = taken + junk + waiting + known + postponed.
struct WatchReport
{
    qint64 seen = 0;
    qint64 taken = 0;
    qint64 junk = 0;
    qint64 waiting = 0;     ///< not settled, or open for writing
    qint64 known = 0;       ///< taken or set aside before
    qint64 postponed = 0;   ///< taking failed for now, or this poll took enough
    bool isComplete = true; ///< false: the folder holds more than mostFiles, or is deeper than deepest
    std::optional<Clock::SteadyTime> nextDue; ///< when another look is worth it even if nothing changes
};

/// A folder into which others put files. A file is taken when its size and time did not change for a while and nobody
/// has it open for writing, as far as the system tells. Names that programs use while they copy (".x", "x.part",
/// "x.tmp") are left alone until the file has its own. Links are not followed. Restart-safe with a journal
/// (TakenFiles): a file is remembered as soon as it was taken; a process killed in between takes at most that one
/// again, which who takes recognises by its SOP Instance UID.
///
/// Driven by poll(); WatchRunner calls it when the system tells of a change. One thread at a time.
class WatchFolder final
{
public:
    WatchFolder(WatchParams params, const Clock& clock, WatchSink& sink, TakenFiles& taken);

    /// One look: takes what settled, notes what is new. Blocks on files and on the sink.
    /// Errors: FileNotFound, FileUnreadable of the folder itself; Cancelled.
    [[nodiscard]] Result<WatchReport> poll(const CancelToken& cancel);

    /// The folder and its subfolders at the last poll, at most kMostWatched: what to have watched by the system.
    [[nodiscard]] const QStringList& folders() const { return m_folders; }
    static constexpr qsizetype kMostWatched = 512;

private:
    struct Sighting
    {
        FileStamp stamp;
        Clock::SteadyTime since;                    ///< as it is now
        std::optional<Clock::SteadyTime> notBefore; ///< a take failed
        quint64 round = 0;                          ///< the poll that saw it last
    };

    enum class Outcome { Taken, Junk, Later };

    [[nodiscard]] Result<> walk(const QString& folder, int depth, const CancelToken& cancel);
    void look(const QString& path);
    [[nodiscard]] bool isSettled(const QString& path, Sighting& sighting);
    void takeFile(const QString& path, Sighting& sighting);
    [[nodiscard]] Outcome offer(const QString& path, const FileStamp& stamp, Error& error);
    [[nodiscard]] Outcome offerArchive(const QString& path, Error& error);
    void dispose(const QString& path, const FileStamp& stamp);
    void setAside(const QString& path, const FileStamp& stamp, const Error& reason);
    void remember(const QString& path, const FileStamp& stamp, Fate fate);
    void forgetGone();
    void due(Clock::SteadyTime when);
    [[nodiscard]] bool isOwnFolder(const QString& path) const;
    [[nodiscard]] QString freePlace(const QString& targetFolder, const QString& path) const;
    [[nodiscard]] Result<QString> moveTo(const QString& targetFolder, const QString& path) const;

    const WatchParams m_params;
    const Clock& m_clock;
    WatchSink& m_sink;
    TakenFiles& m_taken;
    dicom::HeaderReader m_headers;
    QHash<QString, Sighting> m_sightings;
    QHash<QString, Clock::SteadyTime> m_missing; ///< remembered files that are not there, since when
    QSet<QString> m_present;                     ///< remembered files that this poll saw
    QSet<QString> m_stuck;                       ///< taken, but neither moved nor removed
    QString m_root;                              ///< as it was resolved for this poll
    QStringList m_ownFolders;                    ///< likewise: of what was moved and set aside
    QStringList m_folders;
    WatchReport m_report;
    quint64 m_round = 0;
    CancelToken m_cancel;
};

} // namespace radpost::scan
