#include "core/engine/ReceivedStudies.h"

#include "core/base/CancelToken.h"
#include "core/dicom/HeaderReader.h"
#include "core/scan/Scanner.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace radpost::engine {

namespace {

constexpr size_t kMaxWaiting = 100'000;      // names of some hundred bytes
constexpr qint64 kRecentNs = 10'000'000'000; // more than clocks of file systems lag behind
constexpr qsizetype kMaxSenders = 8;
constexpr char kEndOfName = '\0'; // the one character that no file name holds

qint64 nanoseconds(Clock::WallTime time)
{
    return std::chrono::nanoseconds(time.time_since_epoch()).count();
}

Clock::WallTime wallTime(qint64 sinceEpochNs)
{
    return Clock::WallTime(std::chrono::milliseconds(sinceEpochNs / 1'000'000));
}

void addOnce(QStringList& list, const QString& text)
{
    if (!text.isEmpty() && !list.contains(text)) {
        list.append(text);
    }
}

struct Arrival
{
    QString fileName;
    QString sender;
    Clock::WallTime at;
    bool isDuplicate = false;
    bool isConflict = false;
};

/// A file of the folder with what is told of it.
struct FoundInstance
{
    const dicom::InstanceHeader& header;
    QString path;
    qint64 sizeBytes = 0;
    Clock::WallTime at;
    bool isDuplicate = false; ///< there is no further file
    bool isConflict = false;
};

} // namespace

struct ReceivedStudies::Private final : scan::ScanSink
{
    explicit Private(QString path)
        : folder(std::move(path))
        , begunNs(nanoseconds(SystemClock().now()))
    {
    }

    void run()
    {
        readFolder();
        for (;;) {
            std::unique_lock lock(mutex);
            wake.wait(lock, [this] { return isEnding || !waiting.empty() || isStale; });
            if (isEnding) {
                return;
            }
            if (isStale) {
                lock.unlock();
                readFolder();
                continue;
            }
            const auto arrival = std::move(waiting.front());
            waiting.pop_front();
            lock.unlock();
            take(arrival);
        }
    }

    void readFolder()
    {
        {
            const std::lock_guard lock(mutex);
            studies.clear();
            fileNames.clear();
            serialByKey.clear();
            recent.clear();
            isStale = false;
            isReading = true;
        }
        scan::ScanParams params;
        params.paths = {folder};
        params.threads = 1;                              // beside receiving
        (void)scan::scan(params, *this, cancel.token()); // a folder that is not there yet holds nothing
        const std::lock_guard lock(mutex);
        isReading = false;
        ++version;
    }

    void onInstance(scan::ScannedInstance&& found) override { remember(found, false); }
    void onSkipped(scan::SkippedFile&&) override {}
    void onDuplicate(scan::DuplicateFile&& file) override
    {
        if (file.kind == scan::DuplicateKind::Differs) {
            remember(file.instance, true);
        }
    }

    void remember(const scan::ScannedInstance& found, bool isConflict)
    {
        const auto name = QFileInfo(found.path).fileName();
        if (name.startsWith(u'.')) {
            return; // on its way in: its arrival will be told
        }
        const std::lock_guard lock(mutex);
        if (found.mtimeNs >= begunNs - kRecentNs) {
            recent.insert(name); // its arrival may still be told
        }
        group({found.header, found.path, found.sizeBytes, wallTime(found.mtimeNs), false, isConflict},
            found.header.sourceAeTitle);
    }

    void take(const Arrival& arrival)
    {
        const auto path = QDir(folder).filePath(arrival.fileName);
        const auto header = reader.readFile(path);
        if (!header) {
            return; // moved away by somebody else since
        }
        const std::lock_guard lock(mutex);
        const bool isKnown = recent.remove(arrival.fileName) || arrival.isDuplicate;
        group({*header, path, reader.lastStamp().sizeBytes, arrival.at, isKnown, arrival.isConflict}, arrival.sender);
    }

    void group(const FoundInstance& found, const QString& sender)
    {
        const auto series = seriesKey(found.header);
        const auto serial = studyOf(found.header);
        auto& study = studies[serial];
        if (std::find(study.series.begin(), study.series.end(), series) == study.series.end()) {
            study.series.push_back(series);
        }
        addOnce(study.modalities, found.header.modality);
        if (study.senders.size() < kMaxSenders) {
            addOnce(study.senders, sender);
        }
        study.lastArrival = std::max(study.lastArrival, found.at);
        study.instances += found.isDuplicate || found.isConflict ? 0 : 1;
        study.differing += found.isConflict && !found.isDuplicate ? 1 : 0;
        study.bytes += found.isDuplicate ? 0 : found.sizeBytes;
        if (!found.isDuplicate) {
            fileNames[serial] += QDir(folder).relativeFilePath(found.path).toUtf8() + kEndOfName;
        }
        ++version;
    }

    size_t studyOf(const dicom::InstanceHeader& header)
    {
        auto key = seriesKey(header);
        key.seriesInstanceUid = {};
        const auto known = serialByKey.constFind(key);
        if (known != serialByKey.cend()) {
            return *known;
        }
        serialByKey.insert(key, studies.size());
        ReceivedStudy made;
        made.uid = header.studyInstanceUid;
        made.patientId = header.patientId;
        made.patientName = header.patientName;
        made.date = header.studyDate;
        made.description = header.studyDescription;
        made.accessionNumber = header.accessionNumber;
        studies.push_back(std::move(made));
        fileNames.emplace_back();
        return studies.size() - 1;
    }

    const QString folder;
    const qint64 begunNs;
    dicom::HeaderReader reader; // of the thread
    CancelSource cancel;
    mutable std::mutex mutex; // guards what follows
    std::condition_variable wake;
    std::deque<Arrival> waiting;
    std::vector<ReceivedStudy> studies;
    std::vector<QByteArray> fileNames; ///< of each study, relative to the folder, each ended by kEndOfName
    QHash<SeriesKey, size_t> serialByKey;
    QSet<QString> recent; ///< files that the scan has counted and whose arrival may be told later
    quint64 version = 1;
    bool isReading = true;
    bool isStale = false; ///< more came than could be kept waiting: the folder knows it all
    bool isEnding = false;
    std::thread thread;
};

ReceivedStudies::ReceivedStudies(QString folder)
    : d(std::make_unique<Private>(std::move(folder)))
{
    d->thread = std::thread([this] { d->run(); });
}

ReceivedStudies::~ReceivedStudies()
{
    d->cancel.cancel();
    {
        const std::lock_guard lock(d->mutex);
        d->isEnding = true;
    }
    d->wake.notify_all();
    d->thread.join();
}

void ReceivedStudies::add(const ReceivedInstance& instance)
{
    if (instance.fileName.isEmpty()) {
        return; // nothing was kept
    }
    const QString firstName = QString::fromLatin1(instance.sopInstanceUid.value) + QStringLiteral(".dcm");
    const bool isConflict = instance.fileName != firstName;
    const std::lock_guard lock(d->mutex);
    d->waiting.push_back(
        {instance.fileName, instance.callingAeTitle, SystemClock().now(), instance.isDuplicate, isConflict});
    if (d->waiting.size() > kMaxWaiting) {
        d->waiting.clear();
        d->isStale = true;
    }
    d->wake.notify_one();
}

std::vector<ReceivedStudy> ReceivedStudies::newest(size_t limit) const
{
    const std::lock_guard lock(d->mutex);
    std::vector<size_t> order(d->studies.size());
    std::generate(order.begin(), order.end(), [next = size_t(0)]() mutable { return next++; });
    const auto end = std::next(order.begin(), std::ptrdiff_t(std::min(limit, order.size())));
    std::partial_sort(order.begin(), end, order.end(),
        [this](size_t one, size_t other) { return d->studies[one].lastArrival > d->studies[other].lastArrival; });
    std::vector<ReceivedStudy> found;
    std::for_each(order.begin(), end, [&](size_t serial) { found.push_back(d->studies[serial]); });
    return found;
}

qint64 ReceivedStudies::count() const
{
    const std::lock_guard lock(d->mutex);
    return static_cast<qint64>(d->studies.size());
}

QStringList ReceivedStudies::files(const ReceivedStudy& study, qsizetype limit) const
{
    QStringList paths;
    const std::lock_guard lock(d->mutex);
    auto key = study.series.empty() ? SeriesKey() : study.series.front();
    key.seriesInstanceUid = {};
    const auto serial = d->serialByKey.constFind(key);
    if (serial == d->serialByKey.cend() || d->fileNames[*serial].count(kEndOfName) > limit) {
        return paths;
    }
    for (const auto& name : d->fileNames[*serial].split(kEndOfName)) {
        if (!name.isEmpty()) {
            paths.append(QDir(d->folder).filePath(QString::fromUtf8(name)));
        }
    }
    return paths;
}

quint64 ReceivedStudies::version() const
{
    const std::lock_guard lock(d->mutex);
    return d->version;
}

bool ReceivedStudies::isReading() const
{
    const std::lock_guard lock(d->mutex);
    return d->isReading;
}

} // namespace radpost::engine
