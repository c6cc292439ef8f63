#include "app/cli/JsonValues.h"

#include "app/cli/ProgressText.h"
#include "core/config/Fields.h"
#include "core/queue/ReceiptWriter.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace radpost::cli {

QJsonObject toJson(const Error& error)
{
    QJsonObject object{{u"code"_s, static_cast<int>(error.code)}, {u"name"_s, errorName(error.code).toString()},
        {u"detail"_s, error.detail}};
    if (error.dimseStatus) {
        object.insert(u"dimseStatus"_s, static_cast<int>(*error.dimseStatus));
    }
    return object;
}

QString toJson(Clock::WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonArray toJson(const QList<JobId>& jobs)
{
    QJsonArray array;
    for (const auto job : jobs) {
        array.append(job.value);
    }
    return array;
}

QJsonObject toJson(const store::StateCounts& counts)
{
    QJsonObject object;
    for (int i = 0; i < store::kDeliveryStateCount; ++i) {
        const auto state = static_cast<store::DeliveryState>(i);
        object.insert(queue::stateKey(state), counts.of(state));
    }
    object.insert(u"total"_s, counts.total());
    object.insert(u"totalBytes"_s, counts.totalBytes());
    return object;
}

QJsonObject toJson(const queue::JobProgress& progress)
{
    QJsonObject object{{u"job"_s, progress.job.value}, {u"destination"_s, progress.destinationName},
        {u"activity"_s, queue::activityName(progress.activity).toString()}, {u"growing"_s, progress.growing},
        {u"counts"_s, toJson(progress.counts)}, {u"sending"_s, progress.sending},
        {u"instancesPerSecond"_s, progress.instancesPerSecond}, {u"bytesPerSecond"_s, progress.bytesPerSecond},
        {u"associations"_s, progress.associations}};
    object.insert(u"bytesDone"_s, bytesDone(progress));
    object.insert(u"bytesTotal"_s, progress.counts.totalBytes());
    if (progress.eta) {
        object.insert(u"etaSeconds"_s, static_cast<qint64>(progress.eta->count()));
    }
    if (progress.lastError) {
        object.insert(u"error"_s, toJson(*progress.lastError));
    }
    return object;
}

QJsonObject toJson(const queue::DeliveryEvent& delivery)
{
    QJsonObject object{{u"job"_s, delivery.job.value}, {u"path"_s, delivery.path},
        {u"sopInstanceUid"_s, delivery.sopInstanceUid.toString()}, {u"state"_s, queue::stateKey(delivery.state)},
        {u"tries"_s, delivery.tries}, {u"detail"_s, delivery.detail}, {u"errorComment"_s, delivery.errorComment},
        {u"offendingElement"_s, delivery.offendingElement}};
    if (delivery.dimseStatus) {
        object.insert(u"dimseStatus"_s, static_cast<int>(*delivery.dimseStatus));
    }
    if (delivery.errorCode) {
        object.insert(u"code"_s, static_cast<int>(*delivery.errorCode));
        object.insert(u"name"_s, errorName(*delivery.errorCode).toString());
    }
    if (delivery.retryAt) {
        object.insert(u"retryAt"_s, toJson(*delivery.retryAt));
    }
    return object;
}

QJsonObject toJson(const scan::ScanSummary& summary)
{
    return {{u"files"_s, summary.files}, {u"instances"_s, summary.instances}, {u"skipped"_s, summary.skipped},
        {u"duplicatesIdentical"_s, summary.duplicatesIdentical},
        {u"duplicatesDiffering"_s, summary.duplicatesDiffering}, {u"instanceBytes"_s, summary.instanceBytes}};
}

QJsonObject toJson(const dicom::SyntheticSummary& made, const QString& folder)
{
    return {{u"folder"_s, folder}, {u"patients"_s, made.patients}, {u"studies"_s, made.studies},
        {u"series"_s, made.series}, {u"instances"_s, made.instances}, {u"bytes"_s, made.bytes}};
}

QJsonObject toJson(const config::Destination& destination)
{
    QJsonObject object;
    for (const auto& field : config::destinationFields()) {
        const auto value = field.get(destination);
        if (const auto* truth = std::get_if<bool>(&value)) {
            object.insert(field.key, *truth);
        } else if (const auto* number = std::get_if<qint64>(&value)) {
            object.insert(field.key, *number);
        } else {
            object.insert(field.key, config::scalarToText(value));
        }
    }
    return object;
}

} // namespace radpost::cli
