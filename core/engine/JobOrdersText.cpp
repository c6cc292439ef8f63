#include "core/engine/JobOrders.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

constexpr int kVersion = 1;
constexpr qsizetype kMostNameLength = 1000;
constexpr auto kVersionKey = "version"_L1;
constexpr auto kAct = "act"_L1;
constexpr auto kJob = "job"_L1;
constexpr auto kDestination = "destination"_L1;
constexpr auto kJobs = "jobs"_L1;
constexpr auto kDone = "done"_L1;
constexpr auto kInstances = "instances"_L1;
constexpr auto kTotal = "total"_L1;
constexpr auto kMore = "more"_L1;
constexpr auto kError = "error"_L1;
constexpr auto kDetail = "detail"_L1;

constexpr std::array<std::pair<JobAct, QLatin1StringView>, 4> kActs{{{JobAct::Pause, "pause"_L1},
    {JobAct::Resume, "resume"_L1}, {JobAct::Retry, "retry"_L1}, {JobAct::Cancel, "cancel"_L1}}};

QByteArray line(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

/// Empty: it is too long, or not of this version.
QJsonObject read(const QByteArray& text)
{
    if (text.size() > RequestFolder::kMostBytes) {
        return {};
    }
    auto object = QJsonDocument::fromJson(text).object();
    return object[kVersionKey].toInt() == kVersion ? object : QJsonObject();
}

bool isWhole(const JobOrder& order)
{
    const bool isOne = order.job.has_value() != !order.destination.isEmpty();
    const bool isAll = !order.job && order.destination.isEmpty() && order.act == JobAct::Resume;
    return (isOne || isAll) && order.destination.size() <= kMostNameLength;
}

QJsonObject toJson(const OrderedJob& job)
{
    return {{kJob, job.job.value}, {kDestination, job.destination}, {kDone, job.isDone}, {kInstances, job.instances},
        {kTotal, job.total}};
}

OrderedJob jobFrom(const QJsonObject& object)
{
    return {JobId{object[kJob].toInteger()}, object[kDestination].toString(), object[kDone].toBool(),
        object[kInstances].toInteger(), object[kTotal].toInteger()};
}

} // namespace

QByteArray toText(const JobOrder& order)
{
    const auto* act =
        std::find_if(kActs.begin(), kActs.end(), [&](const auto& pair) { return pair.first == order.act; });
    QJsonObject object{{kVersionKey, kVersion}, {kAct, act->second}, {kDestination, order.destination}};
    if (order.job) {
        object.insert(kJob, order.job->value);
    }
    return line(object);
}

std::optional<JobOrder> parseJobOrder(const QByteArray& text)
{
    const auto object = read(text);
    const auto word = object[kAct].toString();
    const auto* act = std::find_if(kActs.begin(), kActs.end(), [&](const auto& pair) { return pair.second == word; });
    if (act == kActs.end()) {
        return std::nullopt;
    }
    JobOrder order{act->first, std::nullopt, object[kDestination].toString()};
    if (object.contains(kJob)) {
        const auto job = object[kJob].toInteger();
        if (job <= 0) { // never taken for an order without a job, which is for all
            return std::nullopt;
        }
        order.job = JobId{job};
    }
    return isWhole(order) ? std::optional(order) : std::nullopt;
}

QByteArray toText(const Result<OrderOutcome>& outcome)
{
    if (!outcome) {
        return line({{kVersionKey, kVersion}, {kError, static_cast<int>(outcome.error().code)},
            {kDetail, outcome.error().detail}});
    }
    QJsonArray jobs;
    for (const auto& job : outcome->jobs) {
        jobs.append(toJson(job));
    }
    return line(
        {{kVersionKey, kVersion}, {kDestination, outcome->isDestination}, {kJobs, jobs}, {kMore, outcome->more}});
}

Result<OrderOutcome> parseOrderOutcome(const QByteArray& text)
{
    const auto object = read(text);
    if (object.contains(kError)) {
        const auto code = static_cast<ErrorCode>(object[kError].toInt());
        return fail(errorName(code) == u"Unknown" ? ErrorCode::Internal : code, object[kDetail].toString());
    }
    const auto jobs = object[kJobs].toArray();
    if (!object[kJobs].isArray() || jobs.size() > OrderOutcome::kMostJobs) {
        return fail(ErrorCode::Internal, u"the answer cannot be read"_s);
    }
    OrderOutcome outcome{object[kDestination].toBool(), {}, object[kMore].toInteger()};
    for (const auto& job : jobs) {
        outcome.jobs.append(jobFrom(job.toObject()));
    }
    return outcome;
}

} // namespace radpost::engine
