#include "ui/doctor/TestResult.h"

#include "ui/doctor/DoctorRun.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace radpost::ui {

using Outcome = TestResult::Outcome;

namespace {

constexpr int kVersion = 1;
constexpr qsizetype kMostResults = 500; // the file that keeps them is small

QJsonObject objectOf(const TestResult& result)
{
    QJsonObject object{{u"contract"_s, QString::fromLatin1(result.contract.toHex())},
        {u"outcome"_s, static_cast<int>(result.outcome)}, {u"tested"_s, result.testedAt.toString(Qt::ISODateWithMs)},
        {u"us"_s, static_cast<double>(result.roundTrip.count())},
        {u"delivered"_s, result.deliveredAt.toString(Qt::ISODateWithMs)}};
    if (result.error) {
        object.insert(u"error"_s, static_cast<int>(result.error->code));
    }
    return object;
}

TestResult resultFrom(const QJsonObject& object)
{
    TestResult result;
    result.contract = QByteArray::fromHex(object[u"contract"_s].toString().toLatin1());
    const int outcome = object[u"outcome"_s].toInt();
    result.outcome =
        outcome >= 0 && outcome <= static_cast<int>(Outcome::Failed) ? static_cast<Outcome>(outcome) : Outcome::None;
    result.testedAt = QDateTime::fromString(object[u"tested"_s].toString(), Qt::ISODateWithMs);
    result.roundTrip = std::chrono::microseconds(static_cast<qint64>(object[u"us"_s].toDouble()));
    result.deliveredAt = QDateTime::fromString(object[u"delivered"_s].toString(), Qt::ISODateWithMs);
    if (object.contains(u"error"_s)) {
        result.error = makeError(static_cast<ErrorCode>(object[u"error"_s].toInt()));
    }
    return result;
}

Outcome outcomeOf(DoctorRun::State state)
{
    switch (state) {
    case DoctorRun::State::Passed:
        return Outcome::Passed;
    case DoctorRun::State::Warned:
        return Outcome::Warned;
    case DoctorRun::State::Failed:
        return Outcome::Failed;
    case DoctorRun::State::Waiting:
    case DoctorRun::State::Running:
    case DoctorRun::State::Cancelled:
        break;
    }
    return Outcome::None;
}

} // namespace

std::optional<TestResult> resultOf(const DoctorRun& run)
{
    TestResult result;
    result.outcome = outcomeOf(run.state());
    if (result.outcome == Outcome::None) {
        return std::nullopt;
    }
    result.contract = contractOf(run.destination(), run.callingAeTitle());
    result.testedAt = run.endedAt();
    result.roundTrip = run.report().medianRoundTrip();
    result.error = run.error();
    return result;
}

QByteArray contractOf(const config::Destination& destination, const AeTitle& ownAeTitle)
{
    const auto& calling = destination.callingAeTitle.isEmpty() ? ownAeTitle : destination.callingAeTitle;
    const QStringList parts{destination.host.toLower(), QString::number(destination.port),
        destination.calledAeTitle.toString(), calling.toString(),
        QString::number(static_cast<int>(destination.tls.mode)), destination.tls.caFile,
        destination.tls.certificateFile, destination.tls.keyFile, QString::number(destination.tls.verifyHost ? 1 : 0),
        QString::number(static_cast<int>(destination.userIdentity.kind)), destination.userIdentity.primary,
        destination.userIdentity.secretReference};
    return QCryptographicHash::hash(parts.join(u'\n').toUtf8(), QCryptographicHash::Sha256).left(16);
}

QByteArray testResultsText(const QMap<QString, TestResult>& results)
{
    QJsonObject all;
    for (auto result = results.begin(); result != results.end() && all.size() < kMostResults; ++result) {
        all.insert(result.key(), objectOf(result.value()));
    }
    return QJsonDocument(QJsonObject{{u"version"_s, kVersion}, {u"results"_s, all}}).toJson(QJsonDocument::Compact);
}

QMap<QString, TestResult> testResultsFrom(const QByteArray& text)
{
    const auto object = QJsonDocument::fromJson(text).object();
    QMap<QString, TestResult> results;
    if (object[u"version"_s].toInt() == kVersion) {
        const auto all = object[u"results"_s].toObject();
        for (auto result = all.begin(); result != all.end(); ++result) {
            results.insert(result.key(), resultFrom(result.value().toObject()));
        }
    }
    return results;
}

} // namespace radpost::ui
