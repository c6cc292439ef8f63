#include "core/engine/Inspection.h"

#include "core/scan/Scanner.h"
#include "core/scan/TemporaryFolder.h"
#include "core/scan/comparefiles.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace radpost::engine {

namespace {

PatientNode headOf(const PatientNode& patient)
{
    return {patient.id, patient.name, patient.birthDate, patient.sex, patient.instances, patient.bytes, {},
        patient.warnings};
}

StudyNode headOf(const StudyNode& study)
{
    return {study.uid, study.date, study.time, study.description, study.accessionNumber, study.instances, study.bytes,
        {}, study.warnings};
}

bool liesIn(const QString& path, const QString& folder)
{
    return path == folder || path.startsWith(folder.endsWith(u'/') ? folder : QString(folder + u'/'));
}

} // namespace

/// Takes what one scan finds; calls come one at a time.
class Inspection::Sink final : public scan::ScanSink
{
public:
    Sink(Inspection& owner, CancelToken cancel)
        : m_owner(owner)
        , m_cancel(std::move(cancel))
    {
    }

    void onInstance(scan::ScannedInstance&& instance) override
    {
        const auto known = knownPath(instance.header.sopInstanceUid);
        if (known == instance.path) {
            return; // added twice by its folder and by one above
        }
        if (known) {
            const auto isSame = scan::haveSameBytes(*known, instance.path, m_cancel);
            addDuplicate(instance, *known, isSame.value_or(false));
            return;
        }
        const std::scoped_lock lock(m_owner.m_mutex);
        const auto place = m_owner.m_tree.add(instance);
        m_owner.m_files.add(place.serial, instance);
        m_owner.touch(place);
        ++m_owner.m_counts.files;
        ++m_owner.m_counts.instances;
        m_owner.m_counts.instanceBytes += instance.sizeBytes;
    }

    void onSkipped(scan::SkippedFile&& file) override
    {
        const std::scoped_lock lock(m_owner.m_mutex);
        if (m_owner.leaveOut({file.sourcePath, file.reason.code, {}, false})) {
            ++m_owner.m_counts.skipped;
        }
    }

    void onDuplicate(scan::DuplicateFile&& file) override
    {
        addDuplicate(file.instance, file.firstSourcePath, file.kind == scan::DuplicateKind::Identical);
    }

private:
    [[nodiscard]] std::optional<QString> knownPath(const SopInstanceUid& uid) const
    {
        const std::scoped_lock lock(m_owner.m_mutex);
        return m_owner.m_files.pathOf(uid);
    }

    void addDuplicate(const scan::ScannedInstance& instance, const QString& first, bool isIdentical)
    {
        const std::scoped_lock lock(m_owner.m_mutex);
        if (!m_owner.leaveOut({instance.sourcePath, ErrorCode::DuplicateDiffers, first, isIdentical})) {
            return;
        }
        if (!isIdentical) {
            m_owner.touch(m_owner.m_tree.addDifferingDuplicate(instance));
        }
        ++(isIdentical ? m_owner.m_counts.duplicatesIdentical : m_owner.m_counts.duplicatesDiffering);
    }

    Inspection& m_owner;
    const CancelToken m_cancel;
};

Inspection::Inspection(InspectionParams params)
    : m_params(std::move(params))
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

Inspection::~Inspection()
{
    cancel();
    m_thread.request_stop();
    m_thread.join();
}

void Inspection::add(const QStringList& paths)
{
    const std::scoped_lock lock(m_mutex);
    if (m_waiting.empty() && !m_running) {
        m_startedAt = std::chrono::steady_clock::now();
        m_filesAtStart = m_counts.files;
    }
    m_waiting.push_back(paths);
    m_wake.notify_all();
}

void Inspection::cancel()
{
    const std::scoped_lock lock(m_mutex);
    for (const auto& paths : std::exchange(m_waiting, {})) {
        m_unfinished += paths;
    }
    if (m_running) {
        m_running->cancel();
    }
}

void Inspection::run(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); }), !stop.stop_requested()) {
        const auto paths = std::move(m_waiting.front());
        m_waiting.pop_front();
        const auto cancel = m_running.emplace().token();
        lock.unlock();
        scanOne(paths, cancel);
        lock.lock();
        m_running.reset();
    }
}

void Inspection::scanOne(const QStringList& paths, const CancelToken& cancel)
{
    scan::ScanParams params;
    params.paths = paths;
    params.threads = m_params.threads;
    params.temporaryFolder = unpackFolder().value_or(QString()); // without one, archives say so themselves
    Sink sink(*this, cancel);
    auto scanned = scan::scan(params, sink, cancel);
    const std::scoped_lock lock(m_mutex);
    if (scanned) {
        m_unfinished.removeIf([&paths](const auto& cut) {
            return withoutNested(paths + QStringList(cut)).size() == withoutNested(paths).size();
        });
        return;
    }
    m_unfinished += paths;
    if (scanned.error().code != ErrorCode::Cancelled) {
        m_error = std::move(scanned.error());
    }
}

Result<QString> Inspection::unpackFolder()
{
    if (!m_unpacked) {
        static_cast<void>(scan::TemporaryFolder::takeLeftovers(m_params.temporaryFolder)); // of a killed process
        auto made = scan::TemporaryFolder::create(m_params.temporaryFolder);
        if (!made) {
            return fail(made.error());
        }
        m_unpacked = std::make_unique<scan::TemporaryFolder>(*std::move(made));
    }
    return m_unpacked->path();
}

void Inspection::touch(const SeriesPlace& place)
{
    m_touched.insert_or_assign(place.serial, place);
}

bool Inspection::leaveOut(LeftOutFile file)
{
    const auto before = m_knownLeftOut.size();
    m_knownLeftOut.insert(file.path);
    if (m_knownLeftOut.size() == before) {
        return false;
    }
    ++m_counts.files;
    m_leftOut.push_back(std::move(file));
    return true;
}

InspectionNews Inspection::takeNews()
{
    const std::scoped_lock lock(m_mutex);
    InspectionNews news;
    std::set<size_t> patients;
    std::set<std::pair<size_t, size_t>> studies;
    for (const auto& [serial, place] : std::exchange(m_touched, {})) {
        patients.insert(place.patient);
        studies.insert({place.patient, place.study});
        news.series.push_back({place, m_tree.patients()[place.patient].studies[place.study].series[place.series]});
    }
    for (const auto patient : patients) {
        news.patients.push_back({patient, headOf(m_tree.patients()[patient])});
    }
    for (const auto& [patient, study] : studies) {
        news.studies.push_back({patient, study, headOf(m_tree.patients()[patient].studies[study])});
    }
    std::sort(news.series.begin(), news.series.end(), [](const auto& a, const auto& b) {
        return std::tie(a.place.patient, a.place.study, a.place.series) <
            std::tie(b.place.patient, b.place.study, b.place.series);
    });
    news.leftOut = std::exchange(m_leftOut, {});
    news.counts = m_counts;
    news.isRunning = m_running || !m_waiting.empty();
    news.wasCut = !m_unfinished.isEmpty();
    news.error = std::exchange(m_error, std::nullopt);
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - m_startedAt;
    news.filesPerSecond = static_cast<double>(m_counts.files - m_filesAtStart) / std::max(passed.count(), 0.001);
    return news;
}

std::vector<SeriesInstance> Inspection::instances(size_t serial) const
{
    const std::scoped_lock lock(m_mutex);
    return m_files.instances(serial);
}

QStringList withoutNested(const QStringList& paths)
{
    QStringList kept;
    for (const auto& path : paths) {
        const auto clean = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
        const bool isCovered =
            std::any_of(kept.begin(), kept.end(), [&](const auto& other) { return liesIn(clean, other); });
        if (!isCovered) {
            kept.removeIf([&](const auto& other) { return liesIn(other, clean); });
            kept.append(clean);
        }
    }
    return kept;
}

} // namespace radpost::engine
