#include "core/engine/JobOptions.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace radpost::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kPaths = "paths"_L1;
constexpr auto kOnlySeries = "onlySeries"_L1;
constexpr auto kOnlyKeys = "onlyKeys"_L1;
constexpr auto kOnlyMissing = "onlyMissing"_L1;
constexpr auto kForward = "forward"_L1;
constexpr auto kForwardHours = "forwardHours"_L1;
constexpr auto kUnpackFolder = "unpackFolder"_L1;

QJsonArray toJson(const SeriesKey& key)
{
    return {key.patient, key.studyInstanceUid.toString(), key.seriesInstanceUid.toString()};
}

SeriesKey keyFrom(const QJsonArray& array)
{
    return {array.at(0).toString(), {array.at(1).toString().toLatin1()}, {array.at(2).toString().toLatin1()}};
}

} // namespace

QString toText(const JobOptions& options)
{
    QJsonArray series;
    for (const auto& uid : options.onlySeries) {
        series.append(uid.toString());
    }
    QJsonArray keys;
    for (const auto& key : options.onlyKeys) {
        keys.append(toJson(key));
    }
    QJsonObject object{
        {kPaths, QJsonArray::fromStringList(options.paths)},
        {kOnlySeries, series},
        {kOnlyKeys, keys},
        {kUnpackFolder, options.unpackFolder},
        {kOnlyMissing, options.onlyMissing},
    };
    if (options.isForward) {
        object.insert(kForward, true);
        object.insert(kForwardHours, options.forwardHours);
    }
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Result<JobOptions> jobOptions(const QString& text)
{
    const auto object = QJsonDocument::fromJson(text.toUtf8()).object();
    if (!object.value(kPaths).isArray()) {
        return fail(ErrorCode::LedgerCorrupt, u"the job's options are not readable"_s);
    }
    JobOptions options;
    for (const auto& path : object.value(kPaths).toArray()) {
        options.paths.append(path.toString());
    }
    for (const auto& uid : object.value(kOnlySeries).toArray()) {
        options.onlySeries.append({uid.toString().toLatin1()});
    }
    for (const auto& key : object.value(kOnlyKeys).toArray()) {
        options.onlyKeys.append(keyFrom(key.toArray()));
    }
    options.onlyMissing = object.value(kOnlyMissing).toBool();
    options.unpackFolder = object.value(kUnpackFolder).toString();
    options.isForward = object.value(kForward).toBool();
    options.forwardHours = object.value(kForwardHours).toString();
    return options;
}

} // namespace radpost::engine
