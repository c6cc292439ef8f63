#include "core/queue/ReceiptWriter.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace radpost::queue {

namespace {

using store::DeliveryState;

QString iso(store::WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonValue isoOrNull(const std::optional<store::WallTime>& time)
{
    return time ? QJsonValue(iso(*time)) : QJsonValue();
}

QJsonObject countsObject(const store::StateCounts& counts)
{
    QJsonObject object;
    for (int state = 0; state < store::kDeliveryStateCount; ++state) {
        object.insert(stateKey(static_cast<DeliveryState>(state)), counts.of(static_cast<DeliveryState>(state)));
    }
    object.insert(u"total"_s, counts.total());
    object.insert(u"bytes"_s, counts.totalBytes());
    object.insert(
        u"bytesStored"_s, counts.bytesOf(DeliveryState::Stored) + counts.bytesOf(DeliveryState::StoredWithWarning));
    return object;
}

QJsonObject errorObject(const Error& error)
{
    return {{u"code"_s, static_cast<int>(error.code)}, {u"name"_s, errorName(error.code).toString()},
        {u"status"_s, error.dimseStatus ? QJsonValue(statusText(error.dimseStatus)) : QJsonValue()},
        {u"detail"_s, error.detail}};
}

QJsonValue partiesValue(const std::optional<ReceiptParties>& parties)
{
    if (!parties) {
        return {};
    }
    return QJsonObject{{u"host"_s, parties->host}, {u"port"_s, parties->port}, {u"tls"_s, parties->isSecured},
        {u"calledAeTitle"_s, parties->calledAeTitle}, {u"callingAeTitle"_s, parties->callingAeTitle}};
}

QJsonObject jobObject(const Receipt& receipt)
{
    const auto& job = receipt.job;
    return {{u"id"_s, job.id.value}, {u"title"_s, job.title}, {u"destination"_s, job.destinationName},
        {u"parties"_s, partiesValue(receipt.parties)}, {u"state"_s, stateKey(job.state)},
        {u"createdAt"_s, iso(job.createdAt)}, {u"finishedAt"_s, isoOrNull(job.finishedAt)},
        {u"complete"_s, receipt.isComplete()}, {u"scanInterrupted"_s, job.growth == store::JobGrowth::Interrupted},
        {u"stopReason"_s, job.stopReason ? QJsonValue(errorObject(*job.stopReason)) : QJsonValue()}};
}

QJsonObject proofObject(const Receipt& receipt)
{
    return {{u"wanted"_s, proofKey(receipt.job.proofWanted)}, {u"proved"_s, receipt.provedCount()},
        {u"notProved"_s, receipt.counts.total() - receipt.provedCount()},
        {u"asked"_s, receipt.proof.of(store::Proof::Asked)}, {u"missing"_s, receipt.proof.of(store::Proof::Missing)},
        {u"alreadyThere"_s, receipt.alreadyThereCount()}, {u"uncommitted"_s, receipt.uncommittedCount()}};
}

QJsonObject seriesObject(const ReceiptSeries& series)
{
    const auto& text = series.text;
    return {{u"seriesInstanceUid"_s, text.seriesInstanceUid.toString()}, {u"modality"_s, text.modality},
        {u"seriesNumber"_s, text.seriesNumber}, {u"description"_s, text.seriesDescription},
        {u"counts"_s, countsObject(series.counts)}};
}

QJsonObject studyObject(const ReceiptStudy& study)
{
    const auto& text = study.text;
    QJsonArray series;
    for (const auto& entry : study.series) {
        series.append(seriesObject(entry));
    }
    return {{u"studyInstanceUid"_s, text.studyInstanceUid.toString()}, {u"patientName"_s, text.patientName},
        {u"patientId"_s, text.patientId}, {u"patientBirthDate"_s, text.patientBirthDate},
        {u"patientSex"_s, text.patientSex}, {u"studyDate"_s, text.studyDate}, {u"studyTime"_s, text.studyTime},
        {u"description"_s, text.studyDescription}, {u"accessionNumber"_s, text.accessionNumber},
        {u"counts"_s, countsObject(study.counts)}, {u"series"_s, series}};
}

QJsonObject deliveryObject(const store::DeliveryRow& delivery)
{
    QJsonObject object{{u"path"_s, delivery.sourcePath}, {u"state"_s, stateKey(delivery.state)},
        {u"sopInstanceUid"_s, delivery.sopInstanceUid.toString()}, {u"sopClassUid"_s, delivery.sopClassUid.toString()},
        {u"transferSyntaxUid"_s, delivery.transferSyntaxUid.toString()},
        {u"seriesInstanceUid"_s, delivery.seriesInstanceUid.toString()}, {u"bytes"_s, delivery.bytes},
        {u"attempts"_s, delivery.tries}, {u"retryAt"_s, isoOrNull(delivery.retryAt)}};
    object.insert(u"proof"_s, proofKey(delivery.proof));
    if (delivery.proofError) {
        object.insert(u"proofError"_s, errorName(*delivery.proofError).toString());
        object.insert(
            u"proofReason"_s, delivery.proofReason ? QJsonValue(statusText(delivery.proofReason)) : QJsonValue());
    }
    if (const auto& last = delivery.lastAttempt) {
        object.insert(u"errorCode"_s, last->errorCode ? QJsonValue(static_cast<int>(*last->errorCode)) : QJsonValue());
        object.insert(u"error"_s, last->errorCode ? QJsonValue(errorName(*last->errorCode).toString()) : QJsonValue());
        object.insert(u"status"_s, last->dimseStatus ? QJsonValue(statusText(last->dimseStatus)) : QJsonValue());
        object.insert(u"errorComment"_s, last->errorComment);
        object.insert(u"offendingElement"_s, last->offendingElement);
        object.insert(u"note"_s, last->note);
        object.insert(u"detail"_s, last->detail);
        object.insert(u"lastAttemptAt"_s, iso(last->startedAt));
    }
    return object;
}

QJsonArray problemsArray(const QList<ReceiptProblem>& problems)
{
    QJsonArray array;
    for (const auto& problem : problems) {
        array.append(deliveryObject(problem.delivery));
    }
    return array;
}

QJsonArray skippedArray(const QList<store::SkippedFile>& files)
{
    QJsonArray array;
    for (const auto& file : files) {
        array.append(QJsonObject{{u"path"_s, file.sourcePath}, {u"error"_s, errorName(file.reason).toString()},
            {u"errorCode"_s, static_cast<int>(file.reason)}, {u"detail"_s, file.detail}});
    }
    return array;
}

QJsonArray duplicatesArray(const QList<store::DuplicateFile>& files)
{
    QJsonArray array;
    for (const auto& file : files) {
        const bool differs = file.kind == store::DuplicateKind::Differs;
        array.append(QJsonObject{{u"path"_s, file.sourcePath}, {u"firstPath"_s, file.firstSourcePath},
            {u"sopInstanceUid"_s, file.sopInstanceUid.toString()},
            {u"kind"_s, differs ? u"differs"_s : u"identical"_s}});
    }
    return array;
}

QJsonArray associationsArray(const QList<store::AssociationRow>& associations)
{
    QJsonArray array;
    for (const auto& row : associations) {
        array.append(QJsonObject{{u"id"_s, row.id.value}, {u"peerAddress"_s, row.peerAddress},
            {u"peerImplementation"_s, row.peerImplementation}, {u"window"_s, row.window},
            {u"openedAt"_s, iso(row.openedAt)}, {u"closedAt"_s, isoOrNull(row.closedAt)},
            {u"error"_s, row.errorCode ? QJsonValue(errorName(*row.errorCode).toString()) : QJsonValue()}});
    }
    return array;
}

} // namespace

QByteArray receiptJson(const Receipt& receipt)
{
    QJsonArray studies;
    for (const auto& study : receipt.studies) {
        studies.append(studyObject(study));
    }
    const QJsonObject document{{u"version"_s, 1}, {u"madeAt"_s, iso(receipt.madeAt)}, {u"job"_s, jobObject(receipt)},
        {u"files"_s, receipt.fileCount()}, {u"counts"_s, countsObject(receipt.counts)},
        {u"proof"_s, proofObject(receipt)}, {u"studies"_s, studies}, {u"rejected"_s, problemsArray(receipt.rejected)},
        {u"missing"_s, problemsArray(receipt.missing)}, {u"warnings"_s, problemsArray(receipt.warnings)},
        {u"unfinished"_s, problemsArray(receipt.unfinished)}, {u"skipped"_s, skippedArray(receipt.skipped)},
        {u"unread"_s, receipt.unreadCount()}, {u"duplicates"_s, duplicatesArray(receipt.duplicates)},
        {u"associations"_s, associationsArray(receipt.associations)}};
    return QJsonDocument(document).toJson(QJsonDocument::Indented);
}

} // namespace radpost::queue
