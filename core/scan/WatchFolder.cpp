#include "core/scan/WatchFolder.h"

#include "core/scan/FolderListing.h"
#include "core/scan/FoundFile.h"
#include "core/scan/Scanner.h"
#include "core/scan/TemporaryFolder.h"
#include "core/scan/filekind.h"
#include "core/scan/filestate.h"
#include "core/scan/nativepath.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::scan {

namespace {

// A share that is away for a while looks like an empty folder: what was taken from it stays known for so long.
constexpr auto kForgetAfter = std::chrono::hours(24);

bool isUnfinishedName(const QString& name)
{
    constexpr std::array<QStringView, 7> kEndings{
        u".part", u".partial", u".tmp", u".temp", u".filepart", u".crdownload", u"~"};
    return name.startsWith(u'.') || std::any_of(kEndings.begin(), kEndings.end(), [&name](QStringView ending) {
        return name.endsWith(ending, Qt::CaseInsensitive);
    });
}

// Where a folder really is: one that is given as a link is looked into, links in it are not.
QString resolved(const QString& folder)
{
    const QString canonical = folder.isEmpty() ? QString() : QFileInfo(folder).canonicalFilePath();
    return canonical.isEmpty() && !folder.isEmpty() ? QDir::cleanPath(QDir(folder).absolutePath()) : canonical;
}

/// Hands the members of an archive on while they are unpacked.
class ArchiveMembers final : public ScanSink
{
public:
    explicit ArchiveMembers(WatchSink& sink)
        : m_sink(sink)
    {
    }

    void onInstance(ScannedInstance&& instance) override
    {
        const auto taken = m_sink.take(std::move(instance));
        m_takenCount += taken ? 1 : 0;
        if (!taken && (!m_error || taken.error().retry == Retry::Later)) {
            m_error = taken.error();
        }
    }

    void onSkipped(SkippedFile&& file) override
    {
        // A member that is no image is no reason to set the archive aside; one that could not be read is.
        const auto code = file.reason.code;
        const bool isForeign =
            code == ErrorCode::NotDicom || code == ErrorCode::DicomdirIndex || code == ErrorCode::FileEmpty;
        m_onlyForeign = m_onlyForeign && isForeign;
        if (!m_archiveError || !isForeign) {
            m_archiveError = file.reason;
        }
    }

    void onDuplicate(DuplicateFile&& file) override
    {
        if (file.kind == DuplicateKind::Differs) {
            onInstance(std::move(file.instance));
        }
    }

    [[nodiscard]] qint64 takenCount() const { return m_takenCount; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] bool onlyForeignMembers() const { return m_onlyForeign; }
    [[nodiscard]] const std::optional<Error>& archiveError() const { return m_archiveError; }

private:
    WatchSink& m_sink;
    qint64 m_takenCount = 0;
    bool m_onlyForeign = true;
    std::optional<Error> m_error;
    std::optional<Error> m_archiveError;
};

} // namespace

WatchFolder::WatchFolder(WatchParams params, const Clock& clock, WatchSink& sink, TakenFiles& taken)
    : m_params(std::move(params))
    , m_clock(clock)
    , m_sink(sink)
    , m_taken(taken)
{
}

Result<WatchReport> WatchFolder::poll(const CancelToken& cancel)
{
    m_report = {};
    m_folders.clear();
    m_present.clear();
    m_cancel = cancel;
    ++m_round;
    m_root = resolved(m_params.folder);
    m_ownFolders = {resolved(m_params.movedFolder), resolved(m_params.junkFolder)};
    if (auto walked = walk(m_root, 1, cancel); !walked) {
        return fail(walked.error());
    }
    forgetGone();
    return m_report;
}

Result<> WatchFolder::walk(const QString& folder, int depth, const CancelToken& cancel)
{
    const auto listing = listFolder(nativeBytes(folder));
    if (!listing) {
        return fail(listing.error());
    }
    if (m_folders.size() < kMostWatched) {
        m_folders.append(folder);
    }
    for (const auto& entry : listing->entries()) {
        if (cancel.isCancelled()) {
            return cancel.check();
        }
        const auto name = exactText(listing->name(entry));
        if (!name || isUnfinishedName(*name)) {
            continue;
        }
        const QString path = folder + u'/' + *name;
        if (entry.kind == EntryKind::File) {
            look(path);
        } else if (entry.kind == EntryKind::Folder && !isOwnFolder(path)) {
            m_report.isComplete = m_report.isComplete && depth < m_params.deepest;
            // A subfolder that vanished or may not be read does not end the look at the others.
            if (auto walked = depth < m_params.deepest ? walk(path, depth + 1, cancel) : Result<>();
                !walked && walked.error().code == ErrorCode::Cancelled) {
                return walked;
            }
        }
    }
    return {};
}

bool WatchFolder::isOwnFolder(const QString& path) const
{
    return m_ownFolders.contains(path);
}

void WatchFolder::look(const QString& path)
{
    if (m_report.seen >= m_params.mostFiles) {
        m_report.isComplete = false;
        return;
    }
    const auto stamp = stampOf(path);
    if (!stamp) {
        return;
    }
    ++m_report.seen;
    if (const auto fate = m_taken.fateOf(path, *stamp)) {
        ++m_report.known;
        m_present.insert(path);
        m_missing.remove(path);
        // A process killed right after a take left it there.
        if (*fate == Fate::Taken && !m_stuck.contains(path)) {
            dispose(path, *stamp);
        }
        return;
    }
    auto& sighting = m_sightings[path];
    if (sighting.round == 0 || sighting.stamp != *stamp) {
        sighting = {*stamp, m_clock.steadyNow(), std::nullopt, m_round};
    }
    sighting.round = m_round;
    if (!isSettled(path, sighting)) {
        ++m_report.waiting;
        return;
    }
    const bool isLater = sighting.notBefore && *sighting.notBefore > m_clock.steadyNow();
    if (isLater || m_report.taken + m_report.junk >= m_params.mostTaken) {
        ++m_report.postponed;
        due(isLater ? *sighting.notBefore : m_clock.steadyNow());
        return;
    }
    takeFile(path, sighting);
}

bool WatchFolder::isSettled(const QString& path, Sighting& sighting)
{
    const auto now = m_clock.steadyNow();
    const Clock::SteadyTime end = sighting.since + m_params.settle;
    if (end > now) {
        due(end);
        return false;
    }
    if (writerOf(path) == Writer::Open) {
        sighting.since = now; // from the end of writing on it must be quiet once more
        due(now + m_params.settle);
        return false;
    }
    return true;
}

void WatchFolder::takeFile(const QString& path, Sighting& sighting)
{
    const FileStamp stamp = sighting.stamp;
    Error error;
    const Outcome outcome = offer(path, stamp, error);
    // What took its place meanwhile was not looked at: it has to settle first.
    const bool isReplacedJunk = outcome == Outcome::Junk && stampOf(path) != stamp;
    if (outcome == Outcome::Later || isReplacedJunk) {
        ++m_report.postponed;
        sighting.notBefore = m_clock.steadyNow() + m_params.retryDelay;
        due(*sighting.notBefore);
        return;
    }
    m_sightings.remove(path);
    if (outcome == Outcome::Taken) {
        ++m_report.taken;
        remember(path, stamp, Fate::Taken);
        dispose(path, stamp);
    } else {
        ++m_report.junk;
        setAside(path, stamp, error);
    }
}

WatchFolder::Outcome WatchFolder::offer(const QString& path, const FileStamp& stamp, Error& error)
{
    auto header = m_headers.readFile(path);
    const auto read = m_headers.lastStamp();
    if (header && FileStamp{read.sizeBytes, read.mtimeNs} != stamp) {
        return Outcome::Later; // it changed under our eyes
    }
    if (!header) {
        const auto glance = header.error().code == ErrorCode::NotDicom ? glanceAt(path) : fail(header.error());
        if (glance && isArchive(glance->kind) && !m_params.temporaryFolder.isEmpty()) {
            return offerArchive(path, error);
        }
        error = stamp.sizeBytes == 0 ? makeError(ErrorCode::FileEmpty) : header.error();
        const bool mayPass = error.code == ErrorCode::FileUnreadable || error.code == ErrorCode::FileNotFound;
        return mayPass ? Outcome::Later : Outcome::Junk;
    }
    if (isDicomdir(*header)) {
        error = makeError(ErrorCode::DicomdirIndex);
        return Outcome::Junk;
    }
    const auto taken = m_sink.take({*std::move(header), path, path, stamp.sizeBytes, stamp.mtimeNs});
    if (taken) {
        return Outcome::Taken;
    }
    error = taken.error();
    return error.retry == Retry::Never ? Outcome::Junk : Outcome::Later;
}

WatchFolder::Outcome WatchFolder::offerArchive(const QString& path, Error& error)
{
    const auto scratch = TemporaryFolder::create(m_params.temporaryFolder);
    if (!scratch) {
        return Outcome::Later;
    }
    ScanParams params;
    params.paths = {path};
    params.threads = 1;
    params.temporaryFolder = scratch->path();
    ArchiveMembers members(m_sink);
    const auto scanned = scan(params, members, m_cancel);
    if (!scanned) {
        return Outcome::Later;
    }
    if (members.error()) {
        error = *members.error();
        return error.retry == Retry::Never ? Outcome::Junk : Outcome::Later;
    }
    error = members.archiveError().value_or(makeError(ErrorCode::NotDicom));
    const bool isWhole = scanned->skipped == 0 || members.onlyForeignMembers();
    return members.takenCount() > 0 && isWhole ? Outcome::Taken : Outcome::Junk;
}

void WatchFolder::dispose(const QString& path, const FileStamp& stamp)
{
    // Another file under the name was not taken: it stays, and settles anew.
    if (m_params.afterTaking == AfterTaking::Keep || stampOf(path) != stamp) {
        m_present.insert(path);
        return;
    }
    Result<> done;
    if (m_params.afterTaking == AfterTaking::Move) {
        done = moveTo(m_params.movedFolder, path).map([](const QString&) {});
    } else {
        QFile file(path);
        done = file.remove() ? Result<>() : fail(ErrorCode::FileWriteFailed, file.errorString());
    }
    if (done) {
        m_taken.forget(path);
    } else {
        m_present.insert(path);
        m_stuck.insert(path); // said once
        m_sink.onStuck(path, done.error());
    }
}

void WatchFolder::setAside(const QString& path, const FileStamp& stamp, const Error& reason)
{
    const auto moved = m_params.junkFolder.isEmpty() ? Result<QString>(path) : moveTo(m_params.junkFolder, path);
    const QString place = moved.value_or(path);
    if (place == path) {
        remember(path, stamp, Fate::SetAside);
        m_present.insert(path);
    } else {
        QSaveFile why(place + u".reason.txt"_s);
        const QByteArray text = errorName(reason.code).toUtf8() + ": " + reason.detail.toUtf8() + '\n';
        if (why.open(QIODevice::WriteOnly) && why.write(text) == text.size()) {
            why.commit();
        }
    }
    m_sink.onJunk({path, reason}, place);
}

void WatchFolder::remember(const QString& path, const FileStamp& stamp, Fate fate)
{
    if (const auto added = m_taken.add(path, stamp, fate); !added) {
        m_sink.onStuck(path, added.error());
    }
}

QString WatchFolder::freePlace(const QString& targetFolder, const QString& path) const
{
    const QString relative = path.sliced(m_root.size() + 1);
    QString place = targetFolder + u'/' + relative;
    const QFileInfo info(place);
    for (int number = 1; QFileInfo::exists(place); ++number) {
        const QString ending = info.suffix().isEmpty() ? QString() : QString(u'.' + info.suffix());
        place = info.path() + u'/' + info.completeBaseName() + u'-' + QString::number(number) + ending;
    }
    return place;
}

Result<QString> WatchFolder::moveTo(const QString& targetFolder, const QString& path) const
{
    const QString place = freePlace(targetFolder, path);
    QFile file(path);
    if (!QDir().mkpath(QFileInfo(place).path()) || !file.rename(place)) {
        return fail(ErrorCode::FileWriteFailed, file.errorString());
    }
    return place;
}

void WatchFolder::forgetGone()
{
    m_sightings.removeIf([this](const auto& entry) { return entry.value().round != m_round; });
    if (!m_report.isComplete) {
        return; // not everything was looked at
    }
    const auto now = m_clock.steadyNow();
    const auto remembered = m_taken.files();
    for (const auto& path : remembered) {
        if (m_present.contains(path)) {
            continue;
        }
        if (!m_missing.contains(path)) {
            m_missing.insert(path, now);
        }
        if (now - m_missing.value(path) >= kForgetAfter) {
            m_taken.forget(path);
            m_missing.remove(path);
        }
    }
}

void WatchFolder::due(Clock::SteadyTime when)
{
    m_report.nextDue = m_report.nextDue ? std::min(*m_report.nextDue, when) : when;
}

} // namespace radpost::scan
