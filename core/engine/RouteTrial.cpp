#include "core/engine/RouteTrial.h"

#include "core/dicom/AttributeReader.h"
#include "core/dicom/HeaderReader.h"

#include <QFile>
#include <QFileInfo>

namespace radpost::engine {

Result<route::LoadedRules> readRules(const QString& path, const QStringList& destinations)
{
    constexpr qint64 kMostBytes = qint64(8) << 20; // the parser says what is too large
    QFile file(path);
    if (!file.exists()) {
        return fail(ErrorCode::FileNotFound, path);
    }
    if (QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::FileUnreadable, path);
    }
    const QByteArray toml = file.read(kMostBytes);
    if (file.error() != QFileDevice::NoError) {
        return fail(ErrorCode::FileUnreadable, path);
    }
    return route::loadRules(toml, path, destinations);
}

Result<RouteTrial> tryRoute(
    const QString& file, const std::shared_ptr<const route::RuleBook>& rules, const TrialArrival& arrival)
{
    auto header = dicom::HeaderReader().readFile(file);
    if (!header) {
        return fail(header.error());
    }
    RouteTrial trial{*std::move(header), {}, {}};
    auto facts = route::factsOf(trial.header);
    facts.callingAeTitle = arrival.callingAeTitle;
    facts.calledAeTitle = arrival.calledAeTitle;
    facts.peerAddress = arrival.peerAddress;
    facts.source = arrival.source;
    facts.receivedAt = arrival.receivedAt;
    auto attributes = dicom::AttributeReader(rules->attributes()).readFile(file, trial.header);
    if (attributes) {
        facts.attributes = *std::move(attributes);
    } else {
        trial.unreadable = attributes.error().detail;
    }
    route::EvaluateOptions options;
    options.explains = true;
    trial.routing = rules->evaluate(facts, {}, options);
    return trial;
}

} // namespace radpost::engine
