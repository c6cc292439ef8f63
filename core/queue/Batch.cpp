#include "core/queue/Batch_p.h"

#include "core/observe/Log.h"
#include "core/store/Database.h"
#include "core/store/JobRepository.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::queue {

namespace {

constexpr qsizetype kMaxCachedFolders = 4096; // a forgotten folder merely gets a second row

QString sourcePathOf(const store::NewInstance& instance)
{
    return instance.sourcePath.isEmpty() ? instance.path : instance.sourcePath;
}

QByteArray seriesKey(const store::SeriesText& text)
{
    // The patient too: one series UID under two patients is two entries, whatever a broken source means by it.
    return text.seriesInstanceUid.value + '\n' + text.studyInstanceUid.value + '\n' + text.patientId.toUtf8();
}

Result<> insertSeries(store::WriteSession& session, qint64 id, const store::SeriesText& text)
{
    auto& insert = session.database.prepared(
        u"INSERT INTO series (id, patient_name, patient_id, patient_birth_date, patient_sex, study_instance_uid, "
        "study_date, study_time, study_description, accession_number, series_instance_uid, modality, "
        "series_description, series_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    insert.bind(id).bindText(text.patientName).bindText(text.patientId).bindText(text.patientBirthDate);
    insert.bindText(text.patientSex).bindText(text.studyInstanceUid.toString()).bindText(text.studyDate);
    insert.bindText(text.studyTime).bindText(text.studyDescription).bindText(text.accessionNumber);
    insert.bindText(text.seriesInstanceUid.toString()).bindText(text.modality).bindText(text.seriesDescription);
    return insert.bind(text.seriesNumber).exec();
}

Result<> insertJobSeries(store::WriteSession& session, const QList<JobId>& jobs, qint64 series)
{
    for (const auto job : jobs) {
        auto& insert = session.database.prepared(u"INSERT INTO job_series (job_id, series_id) VALUES (?, ?)"_s);
        if (auto done = insert.bind(job.value).bind(series).exec(); !done) {
            return done;
        }
    }
    return {};
}

Result<> insertJobContext(store::WriteSession& session, const QList<JobId>& jobs, qint64 context)
{
    for (const auto job : jobs) {
        auto& insert = session.database.prepared(
            u"INSERT INTO job_contexts (job_id, context_id) VALUES (?, ?) ON CONFLICT DO NOTHING"_s);
        if (auto done = insert.bind(job.value).bind(context).exec(); !done) {
            return done;
        }
    }
    return {};
}

} // namespace

Batch::Batch(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

Batch::~Batch()
{
    if (d->sealed) {
        return;
    }
    d->ledger.writer().post([jobs = d->jobs](store::WriteSession& session) -> Result<> {
        for (const auto job : jobs) {
            if (auto done = session.jobs.setGrowth(job, store::JobGrowth::Interrupted); !done) {
                return done;
            }
        }
        return {};
    });
    if (!d->ledger.writer().flush()) {
        qCWarning(observe::lcQueue) << "the end of a scan could not be recorded yet";
    }
    d->onSealed();
}

const QList<JobId>& Batch::jobs() const
{
    return d->jobs;
}

bool Batch::knows(const SopInstanceUid& instance) const
{
    return d->known.contains(instance.value);
}

qint64 Batch::instanceCount() const
{
    return d->count;
}

Result<> Batch::append(store::NewInstance&& instance, const CancelToken& cancel)
{
    if (d->allCancelled()) {
        return fail(ErrorCode::Cancelled, u"every job of the batch was cancelled"_s);
    }
    if (!d->known.isEmpty()) {
        if (const auto known = d->known.constFind(instance.sopInstanceUid.value); known != d->known.constEnd()) {
            return d->passOver(instance, *known, cancel);
        }
    }
    auto posted = d->ledger.writer().post(d->recordOf(std::move(instance)), cancel);
    d->count += posted ? 1 : 0;
    return posted;
}

store::InstanceRecord Batch::record(store::NewInstance&& instance)
{
    auto made = d->recordOf(std::move(instance));
    ++d->count;
    return made;
}

QList<DeliveryId> Batch::deliveriesOf(const store::InstanceRecord& record)
{
    QList<DeliveryId> made;
    for (const auto first : *record.firstDeliveries) {
        made.append(DeliveryId{first.value + record.ordinal});
    }
    return made;
}

bool Batch::isCancelled() const
{
    return d->allCancelled();
}

store::InstanceRecord Batch::Private::recordOf(store::NewInstance&& instance)
{
    store::InstanceRecord record;
    const auto slash = instance.path.lastIndexOf(u'/') + 1;
    record.folderId = folderId(instance.path.left(slash));
    record.fileName = instance.path.mid(slash);
    record.sourcePath = instance.sourcePath == instance.path ? QString() : std::move(instance.sourcePath);
    record.sizeBytes = instance.sizeBytes;
    record.mtimeNs = instance.mtimeNs;
    record.dataSetOffset = instance.dataSetOffset;
    record.dataSetLength = instance.dataSetLength;
    record.contextId = contextId(instance);
    record.seriesId = seriesId(instance.series);
    record.sopInstanceUid = std::move(instance.sopInstanceUid);
    record.firstDeliveries = firstDeliveries;
    record.ordinal = count;
    record.id = ledger.writer().nextInstanceId();
    return record;
}

Batch::Record Batch::skippedRecord(store::SkippedFile&& file) const
{
    return [jobs = d->jobs, file = std::move(file)](store::WriteSession& session) -> Result<> {
        for (const auto job : jobs) {
            auto& insert = session.database.prepared(
                u"INSERT INTO skipped_files (job_id, source_path, reason, detail) VALUES (?, ?, ?, ?)"_s);
            insert.bind(job.value).bindText(file.sourcePath).bind(static_cast<int>(file.reason));
            if (auto done = insert.bindText(file.detail).exec(); !done) {
                return done;
            }
        }
        return {};
    };
}

Result<> Batch::addSkipped(store::SkippedFile&& file, const CancelToken& cancel)
{
    return d->ledger.writer().postWhenRoom(skippedRecord(std::move(file)), cancel);
}

Result<> Batch::addDuplicate(store::DuplicateFile&& file, const CancelToken& cancel)
{
    const auto known = d->known.constFind(file.sopInstanceUid.value);
    if (known == d->known.constEnd() || *known != file.sourcePath) {
        return d->insertDuplicate(std::move(file), cancel);
    }
    // This scan met the copies in another order than the first one: what it takes for the copy is the instance of the
    // job, and the file it took for the first is recorded as the copy by append().
    return d->ledger.writer().postWhenRoom(
        [jobs = d->jobs, file = std::move(file)](store::WriteSession& session) -> Result<> {
            for (const auto job : jobs) {
                auto& update = session.database.prepared(
                    u"UPDATE duplicate_files SET kind = ? WHERE job_id = ? AND source_path = ?"_s);
                update.bind(static_cast<int>(file.kind)).bind(job.value);
                if (auto done = update.bindText(file.firstSourcePath).exec(); !done) {
                    return done;
                }
            }
            return {};
        },
        cancel);
}

Result<> Batch::seal(const CancelToken& cancel)
{
    auto sealed = d->ledger.writer().run(
        [jobs = d->jobs](store::WriteSession& session) -> Result<> {
            for (const auto job : jobs) {
                if (auto done = session.jobs.setGrowth(job, store::JobGrowth::Sealed); !done) {
                    return done;
                }
            }
            return {};
        },
        cancel);
    if (sealed) {
        d->sealed = true;
        d->onSealed();
    }
    return sealed;
}

qint64 Batch::Private::folderId(const QString& folder)
{
    if (folder == lastFolder && lastFolderId != 0) {
        return lastFolderId;
    }
    lastFolder = folder;
    if (const auto found = folders.constFind(folder); found != folders.constEnd()) {
        lastFolderId = *found;
        return lastFolderId;
    }
    lastFolderId = ledger.writer().nextFolderId();
    if (folders.size() >= kMaxCachedFolders) {
        folders.clear();
    }
    folders.insert(folder, lastFolderId);
    ledger.writer().post([id = lastFolderId, folder](store::WriteSession& session) {
        auto& insert = session.database.prepared(u"INSERT INTO folders (id, path) VALUES (?, ?)"_s);
        return insert.bind(id).bindText(folder).exec();
    });
    return lastFolderId;
}

qint64 Batch::Private::seriesId(const store::SeriesText& text)
{
    QByteArray key = seriesKey(text);
    if (key == lastSeriesKey) {
        return lastSeriesId;
    }
    lastSeriesKey = key;
    if (const auto found = series.constFind(key); found != series.constEnd()) {
        lastSeriesId = *found;
        return lastSeriesId;
    }
    lastSeriesId = ledger.writer().nextSeriesId();
    series.insert(std::move(key), lastSeriesId);
    ledger.writer().post([list = jobs, id = lastSeriesId, text](store::WriteSession& session) {
        return insertSeries(session, id, text).and_then([&] { return insertJobSeries(session, list, id); });
    });
    return lastSeriesId;
}

qint64 Batch::Private::contextId(const store::NewInstance& instance)
{
    const store::Context context{instance.sopClassUid, instance.transferSyntaxUid};
    if (lastContextId != 0 && context == lastContext) {
        return lastContextId;
    }
    lastContext = context;
    lastContextId = ledger.writer().contextId(context);
    if (!contexts.contains(lastContextId)) {
        contexts.insert(lastContextId);
        ledger.writer().post([list = jobs, id = lastContextId](
                                 store::WriteSession& session) { return insertJobContext(session, list, id); });
    }
    return lastContextId;
}

bool Batch::Private::allCancelled() const
{
    return std::all_of(cancelFlags.begin(), cancelFlags.end(), [](const CancelFlag& flag) { return flag->load(); });
}

Result<> Batch::Private::passOver(
    const store::NewInstance& instance, const QString& knownPath, const CancelToken& cancel)
{
    const QString path = sourcePathOf(instance);
    if (path == knownPath) {
        return {};
    }
    return insertDuplicate({path, knownPath, instance.sopInstanceUid, store::DuplicateKind::Identical}, cancel);
}

Result<> Batch::Private::insertDuplicate(store::DuplicateFile&& file, const CancelToken& cancel)
{
    return ledger.writer().postWhenRoom(
        [list = jobs, file = std::move(file)](store::WriteSession& session) -> Result<> {
            for (const auto job : list) {
                auto& insert = session.database.prepared(
                    u"INSERT INTO duplicate_files (job_id, source_path, first_source_path, sop_instance_uid, kind) "
                    "VALUES (?, ?, ?, ?, ?)"_s);
                insert.bind(job.value).bindText(file.sourcePath).bindText(file.firstSourcePath);
                insert.bindText(file.sopInstanceUid.toString()).bind(static_cast<int>(file.kind));
                if (auto done = insert.exec(); !done) {
                    return done;
                }
            }
            return {};
        },
        cancel);
}

} // namespace radpost::queue
