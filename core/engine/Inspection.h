#pragma once

#include "core/base/CancelToken.h"
#include "core/engine/InstanceList.h"
#include "core/engine/StudyTree.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace radpost::scan {
class TemporaryFolder;
}

namespace radpost::engine {

struct InspectionParams
{
    QString temporaryFolder; ///< members of archives are unpacked into a private folder below it
    int threads = 2;
};

/// What was found and will not be sent.
struct LeftOutFile
{
    QString path;                           ///< as a person would call it
    ErrorCode reason = ErrorCode::NotDicom; ///< DuplicateDiffers for a differing copy
    QString sameAs;                         ///< of a copy: the file that is sent; else empty
    bool isIdenticalCopy = false;
};

/// How an inspection stands: files = instances + leftOut, always.
struct InspectionCounts
{
    qint64 files = 0;
    qint64 instances = 0;
    qint64 instanceBytes = 0;
    qint64 skipped = 0; ///< not DICOM, unreadable, …
    qint64 duplicatesIdentical = 0;
    qint64 duplicatesDiffering = 0;
    friend bool operator==(const InspectionCounts&, const InspectionCounts&) = default;
};

/// What changed since the last look. The heads are without their studies and series; indices never change.
struct InspectionNews
{
    struct Patient
    {
        size_t index = 0;
        PatientNode head;
    };
    struct Study
    {
        size_t patient = 0;
        size_t index = 0;
        StudyNode head;
    };
    struct Series
    {
        SeriesPlace place;
        SeriesNode node;
    };
    std::vector<Patient> patients; ///< by index, as all of these
    std::vector<Study> studies;
    std::vector<Series> series;
    std::vector<LeftOutFile> leftOut;
    InspectionCounts counts;
    bool isRunning = false;
    bool wasCut = false; ///< a scan was cancelled or failed and not done again: there may be more than was found
    double filesPerSecond = 0;
    std::optional<Error> error; ///< of the last scan that failed; told once
};

/// Looks at what shall be sent before there is a job: scans paths on threads of its own and keeps patients, studies,
/// series and the files of each. What is already there and comes again by another path is a duplicate, as it will be
/// for a job over all paths. Any thread; no call but the destructor blocks for longer than a copy of what changed.
class Inspection final
{
public:
    explicit Inspection(InspectionParams params);

    /// Cancels, waits, and removes what was unpacked. Blocks.
    ~Inspection();
    Q_DISABLE_COPY_MOVE(Inspection)

    /// Scans @p paths when what was added before is done.
    void add(const QStringList& paths);

    /// Ends the scan that runs and forgets those that wait; what was found stays.
    void cancel();

    [[nodiscard]] InspectionNews takeNews();

    /// The files of a series, each readable for as long as this lives. Empty when there is no such series.
    [[nodiscard]] std::vector<SeriesInstance> instances(size_t serial) const;

private:
    class Sink;

    void run(const std::stop_token& stop);
    void scanOne(const QStringList& paths, const CancelToken& cancel);
    [[nodiscard]] Result<QString> unpackFolder();
    void touch(const SeriesPlace& place);
    [[nodiscard]] bool leaveOut(LeftOutFile file); ///< false: known already

    const InspectionParams m_params;
    std::unique_ptr<scan::TemporaryFolder> m_unpacked; // made and used by the scanning thread

    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable_any m_wake;
    std::deque<QStringList> m_waiting;
    std::optional<CancelSource> m_running;
    StudyTree m_tree;
    InstanceList m_files;
    std::map<size_t, SeriesPlace> m_touched; // by serial
    std::vector<LeftOutFile> m_leftOut;
    QSet<QString> m_knownLeftOut;
    InspectionCounts m_counts;
    std::chrono::steady_clock::time_point m_startedAt;
    qint64 m_filesAtStart = 0;
    QStringList m_unfinished; ///< paths whose scan was cut
    std::optional<Error> m_error;

    std::jthread m_thread; // the last member: it uses all of the above
};

/// @p paths made absolute, without those that lie in another of them or stand there twice.
[[nodiscard]] QStringList withoutNested(const QStringList& paths);

} // namespace radpost::engine
