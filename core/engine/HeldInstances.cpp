#include "core/engine/HeldInstances.h"

#include "core/store/Database.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

constexpr int kMostHeld = 100'000;     // in one list
constexpr int kUnmatchedAtOnce = 2000; // in one transaction
constexpr int kMostGroups = 1000;
constexpr auto kKind = "hold"_L1;
constexpr auto kHolds = "holds"_L1;
constexpr auto kUnmatched = "unmatched"_L1;
constexpr auto kComplete = "complete"_L1;
constexpr auto kLevel = "level"_L1;
constexpr auto kUid = "uid"_L1;
constexpr auto kDrop = "drop"_L1;
constexpr auto kInstances = "instances"_L1;
constexpr auto kUnknown = "unknown"_L1;
constexpr auto kError = "error"_L1;
constexpr auto kDetail = "detail"_L1;

QString ledgerPath(const QString& dataFolder)
{
    return QFileInfo(dataFolder).absoluteFilePath() + u"/ledger.sqlite"_s;
}

template <typename T>
Result<T> fromReader(const QString& dataFolder, const std::function<Result<T>(store::RoutingRepository&)>& read)
{
    const auto ledger = store::Ledger::open({.path = ledgerPath(dataFolder), .mode = store::LedgerMode::ReadOnly});
    if (!ledger) {
        return fail(ledger.error());
    }
    const auto reader = (*ledger)->openReader();
    return reader ? read((*reader)->routing()) : fail(reader.error());
}

QJsonArray toJson(const QList<qint64>& numbers)
{
    QJsonArray array;
    for (const auto number : numbers) {
        array.append(number);
    }
    return array;
}

QList<qint64> numbersFrom(const QJsonArray& array)
{
    QList<qint64> numbers;
    for (const auto& value : array) {
        numbers.append(value.toInteger());
    }
    return numbers;
}

QJsonArray toJson(const QList<CompleteGroup>& groups)
{
    QJsonArray array;
    for (const auto& group : groups) {
        array.append(QJsonObject{{kLevel, static_cast<int>(group.level)}, {kUid, group.uid}});
    }
    return array;
}

/// Nothing: one of them is none.
std::optional<QList<CompleteGroup>> groupsFrom(const QJsonArray& array)
{
    QList<CompleteGroup> groups;
    for (const auto& value : array) {
        const auto level = static_cast<config::Trigger>(value.toObject()[kLevel].toInt());
        const auto uid = value.toObject()[kUid].toString();
        const bool isLevel = level == config::Trigger::Series || level == config::Trigger::Study;
        if (!isLevel || uid.isEmpty() || groups.size() >= kMostGroups) {
            return std::nullopt;
        }
        groups.append({level, uid});
    }
    return groups;
}

QByteArray toText(const HoldDecision& decision)
{
    return QJsonDocument(QJsonObject{{kHolds, toJson(decision.holds)}, {kUnmatched, decision.isUnmatched},
                             {kDrop, decision.isDrop}, {kComplete, toJson(decision.complete)}})
        .toJson(QJsonDocument::Compact);
}

QByteArray toText(const Result<HoldOutcome>& outcome)
{
    const auto object = outcome
        ? QJsonObject{{kInstances, outcome->instances}, {kUnknown, toJson(outcome->unknown)}}
        : QJsonObject{{kError, static_cast<int>(outcome.error().code)}, {kDetail, outcome.error().detail}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<HoldOutcome> outcomeFrom(const QByteArray& text)
{
    const auto object = QJsonDocument::fromJson(text).object();
    if (object.contains(kError)) {
        return fail(static_cast<ErrorCode>(object[kError].toInt()), object[kDetail].toString());
    }
    return HoldOutcome{object[kInstances].toInteger(), numbersFrom(object[kUnknown].toArray())};
}

Result<HoldOutcome> carryOut(store::WriteSession& session, const HoldDecision& decision)
{
    store::RoutingRepository routing(session.database);
    HoldOutcome outcome;
    for (const auto hold : decision.holds) {
        const auto done = decision.isDrop ? routing.drop(hold) : routing.release(hold);
        if (!done && done.error().code != ErrorCode::InvalidArgument) {
            return fail(done.error());
        }
        outcome.instances += done ? 1 : 0;
        if (!done) {
            outcome.unknown.append(hold);
        }
    }
    for (const auto& group : decision.complete) {
        const auto count = routing.complete(static_cast<int>(group.level), group.uid, SystemClock().now());
        if (!count) {
            return fail(count.error());
        }
        outcome.instances += *count;
    }
    return outcome;
}

/// In pages, so that nobody who receives waits for all of them. Ids only grow: what is judged again, and is wanted by
/// no rule again, is not met twice.
Result<qint64> decideUnmatched(store::Ledger& ledger, store::RoutingState state)
{
    qint64 all = 0;
    qint64 last = 0;
    for (qint64 count = 1; count > 0; all += count) {
        const qint64 from = last;
        auto done = ledger.writer().run([&, from](store::WriteSession& session) {
            last = from; // this may run again
            return store::RoutingRepository(session.database)
                .decideUnmatched(state, last, kUnmatchedAtOnce)
                .map([&count](qint64 changed) { count = changed; });
        });
        if (!done) {
            return fail(std::move(done.error()));
        }
    }
    return all;
}

Result<HoldOutcome> carryOut(store::Ledger& ledger, const HoldDecision& decision)
{
    Result<HoldOutcome> outcome;
    auto done = ledger.writer().run([&](store::WriteSession& session) {
        outcome = carryOut(session, decision);
        return outcome.map([](const auto&) {});
    });
    if (!done) {
        return fail(std::move(done.error()));
    }
    const auto state = decision.isDrop ? store::RoutingState::Dropped : store::RoutingState::Pending;
    const auto unmatched = decision.isUnmatched ? decideUnmatched(ledger, state) : Result<qint64>(0);
    outcome->instances += unmatched.value_or(0);
    return unmatched ? outcome : fail(unmatched.error());
}

} // namespace

Result<QList<store::HeldInstance>> heldInstances(const QString& dataFolder)
{
    return fromReader<QList<store::HeldInstance>>(
        dataFolder, [](store::RoutingRepository& routing) { return routing.held(0, kMostHeld); });
}

Result<store::SpoolReport> spoolReport(const QString& dataFolder)
{
    return fromReader<store::SpoolReport>(
        dataFolder, [](store::RoutingRepository& routing) { return routing.report(); });
}

std::optional<HoldDecision> parseHoldDecision(const QByteArray& text)
{
    const auto document = text.size() <= RequestFolder::kMostBytes ? QJsonDocument::fromJson(text) : QJsonDocument();
    if (!document.isObject() || !document[kHolds].isArray()) {
        return std::nullopt;
    }
    auto groups = groupsFrom(document[kComplete].toArray());
    if (!groups) {
        return std::nullopt;
    }
    return HoldDecision{numbersFrom(document[kHolds].toArray()), document[kUnmatched].toBool(),
        document[kDrop].toBool(), *std::move(groups)};
}

Result<HoldOutcome> decideHolds(const QString& dataFolder, const HoldDecision& decision,
    std::chrono::milliseconds patience, const CancelToken& cancel)
{
    const auto ledger = store::Ledger::open({.path = ledgerPath(dataFolder)});
    if (ledger) {
        return carryOut(**ledger, decision);
    }
    if (ledger.error().code != ErrorCode::LedgerLocked) {
        return fail(ledger.error());
    }
    auto asked = RequestFolder(dataFolder, kKind).ask(toText(decision), patience, cancel).and_then(&outcomeFrom);
    if (asked || asked.error().code != ErrorCode::LedgerOwnerSilent) {
        return asked;
    }
    const auto free = store::Ledger::open({.path = ledgerPath(dataFolder)}); // its owner may have come to its end
    return free ? carryOut(**free, decision) : asked;
}

Result<HoldOutcome> decideHolds(store::Ledger& ledger, const HoldDecision& decision)
{
    return carryOut(ledger, decision);
}

HoldRequests::HoldRequests(const QString& dataFolder)
    : m_folder(dataFolder, kKind)
{
}

void HoldRequests::open() const
{
    m_folder.open();
}

bool HoldRequests::serve(store::Ledger& ledger, bool* areWaitsOver)
{
    const auto requests = m_folder.take();
    for (const auto& request : requests) {
        const auto decision = parseHoldDecision(request.text);
        const auto outcome =
            decision ? carryOut(ledger, *decision) : Result<HoldOutcome>(fail(ErrorCode::InvalidArgument));
        if (areWaitsOver != nullptr && decision && !decision->complete.isEmpty()) {
            *areWaitsOver = true;
        }
        m_folder.answer(request, toText(outcome));
    }
    return !requests.empty();
}

} // namespace radpost::engine
