#include "core/engine/ForwardRun.h"

#include "core/engine/ruleHours.h"
#include "core/observe/Log.h"
#include "core/queue/Dispatcher.h"
#include "core/queue/JobQueue.h"
#include "core/queue/WaitClock.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

#include <algorithm>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

// A page is one transaction: large enough that several hundred instances a second need a few, small enough that the
// first of a backlog is on its way soon.
constexpr int kPage = 256;
// How long a wall clock that was set may go unnoticed.
constexpr auto kLookAgain = 1min;
constexpr auto kTakeAgain = 1s;
// An answer of a destination is heard at once; this is for the question that found no room, and for another process.
constexpr auto kAskAgain = 5s;
constexpr std::size_t kMostAsked = 2000; // series

constexpr qint64 kNanosecondsPerSecond = 1'000'000'000;

std::optional<qint64> modifiedNs(const QByteArray& file)
{
    struct stat facts = {};
    if (::stat(file.constData(), &facts) != 0) {
        return std::nullopt;
    }
#ifdef Q_OS_DARWIN
    const auto& time = facts.st_mtimespec;
#else
    const auto& time = facts.st_mtim;
#endif
    return qint64(time.tv_sec) * kNanosecondsPerSecond + time.tv_nsec;
}

store::SeriesText textOf(const store::SpoolSeries& series)
{
    store::SeriesText text;
    text.patientName = series.patientName;
    text.patientId = series.patientId;
    text.patientBirthDate = series.patientBirthDate;
    text.patientSex = series.patientSex;
    text.studyInstanceUid = {series.studyInstanceUid.toLatin1()};
    text.studyDate = series.studyDate;
    text.studyTime = series.studyTime;
    text.studyDescription = series.studyDescription;
    text.accessionNumber = series.accessionNumber;
    text.seriesInstanceUid = {series.seriesInstanceUid.toLatin1()};
    text.modality = series.modality;
    text.seriesDescription = series.seriesDescription;
    text.seriesNumber = series.seriesNumber.trimmed().toInt();
    return text;
}

store::NewInstance fileOf(const store::RoutableInstance& instance, const QByteArray& path, qint64 mtimeNs)
{
    store::NewInstance file;
    file.path = QString::fromLocal8Bit(path);
    file.sizeBytes = instance.fileBytes;
    file.mtimeNs = mtimeNs;
    file.dataSetOffset = instance.dataSetOffset;
    file.dataSetLength = instance.fileBytes - instance.dataSetOffset;
    file.sopClassUid = instance.sopClassUid;
    file.sopInstanceUid = instance.sopInstanceUid;
    file.transferSyntaxUid = instance.transferSyntaxUid;
    file.series = textOf(instance.series);
    return file;
}

bool isAmong(const QStringList& names, const QString& name)
{
    return std::any_of(
        names.begin(), names.end(), [&name](const QString& known) { return store::isSameDestination(known, name); });
}

store::HoldReason reasonOf(route::HoldReason reason)
{
    switch (reason) {
    case route::HoldReason::Rule:
        return store::HoldReason::Rule;
    case route::HoldReason::Undecided:
        return store::HoldReason::Undecided;
    case route::HoldReason::ProfilesDiffer:
        break;
    }
    return store::HoldReason::ProfilesDiffer;
}

route::WaitKey keyOf(const store::WaitGroup& group)
{
    return {group.rule, static_cast<config::Trigger>(group.level), group.uid.toLatin1()};
}

store::WaitGroup groupOf(const route::WaitKey& key)
{
    return {key.rule, static_cast<int>(key.level), QString::fromLatin1(key.uid)};
}

config::Completion completionOf(const store::WaitTerms& terms)
{
    return {terms.quiet, terms.maxWait, terms.expected};
}

QString uidAt(const store::RoutableInstance& instance, config::Trigger level)
{
    return level == config::Trigger::Series ? instance.series.seriesInstanceUid : instance.series.studyInstanceUid;
}

QString countKey(config::Trigger level, const QString& uid)
{
    return QString::number(static_cast<int>(level)) + u'\n' + uid;
}

} // namespace

/// What one transaction is to hold, and what is told after it.
struct ForwardRun::Plan
{
    std::vector<store::InstanceRecord> records;
    std::vector<queue::Batch::Record> skips;
    std::vector<std::pair<qint64, DeliveryId>> links;
    std::vector<store::SpoolWait> waits;
    std::vector<store::SpoolWait> ended;
    std::vector<std::pair<store::SpoolWait, Clock::WallTime>> postponed;
    std::vector<store::SpoolHold> holds;
    std::vector<std::pair<qint64, store::RoutingState>> states;
    std::vector<qint64> leftOut; ///< of skips
    std::vector<route::Completed> completed;
    Clock::WallTime completedAt{};
    std::vector<RoutedInstance> told;
    std::optional<Error> refusal; ///< written on the writer thread, read after a flush

    [[nodiscard]] bool isEmpty() const
    {
        return records.empty() && skips.empty() && waits.empty() && ended.empty() && postponed.empty() &&
            holds.empty() && states.empty() && completed.empty();
    }

    [[nodiscard]] Result<> write(store::WriteSession& session) const
    {
        store::RoutingRepository routing(session.database);
        Result<> done;
        const auto each = [&done](const auto& list, const auto& write) {
            for (const auto& item : list) {
                done = done ? write(item) : done;
            }
        };
        each(skips, [&](const auto& skip) { return skip(session); });
        each(links, [&](const auto& link) { return routing.link(link.first, link.second); });
        each(waits, [&](const auto& wait) { return routing.add(wait); });
        each(ended, [&](const auto& wait) { return routing.remove(wait); });
        each(postponed, [&](const auto& wait) { return routing.postpone(wait.first, wait.second); });
        each(holds, [&](const auto& hold) { return routing.add(hold); });
        each(states, [&](const auto& state) { return routing.setState(state.first, state.second); });
        each(leftOut, [&](qint64 id) { return routing.leaveOut(id); }); // after all that may come of them
        each(completed, [&](const route::Completed& group) {
            return routing.complete(groupOf(group.key), completedAt).map([](qint64) {});
        });
        return done;
    }
};

ForwardRun::ForwardRun(ForwardParams params)
    : m_params(std::move(params))
    , m_desk(*m_params.rules, *m_params.health)
    , m_book(*m_params.jobs, *m_params.clock, m_params.limits)
    , m_tracker(*m_params.clock)
{
}

ForwardRun::~ForwardRun() = default;

Result<> ForwardRun::restoreWaits()
{
    const auto groups = m_reader->routing().waitingGroups();
    if (!groups) {
        return fail(groups.error());
    }
    for (const auto& waiting : *groups) {
        const auto received = m_reader->routing().receivedCount(waiting.group.level, waiting.group.uid);
        if (!received) {
            return fail(received.error());
        }
        m_tracker.restore({keyOf(waiting.group), completionOf(waiting.terms), waiting.waiting, *received,
            waiting.terms.announced, waiting.first, waiting.last});
    }
    return {};
}

Result<> ForwardRun::prepare()
{
    if (m_isPrepared) {
        return {};
    }
    auto reader = m_params.ledger->openReader();
    if (!reader) {
        return fail(std::move(reader.error()));
    }
    m_reader = std::move(*reader);
    auto restored = restoreWaits();
    m_isPrepared = restored.has_value();
    return restored;
}

Result<std::optional<Clock::SteadyTime>> ForwardRun::turn(const CancelToken& cancel)
{
    if (m_refusal) {
        takeBegun();
        return fail(*m_refusal);
    }
    if (m_isUnflushed) {
        if (auto flushed = commit({}); !flushed) {
            return fail(std::move(flushed.error()));
        }
    }
    if (auto prepared = prepare(); !prepared) {
        return fail(std::move(prepared.error()));
    }
    takeBegun();
    if (auto hastened = hastenAnswered(); !hastened) {
        return fail(std::move(hastened.error()));
    }
    const auto hasMore = routePage();
    if (!hasMore) {
        return fail(hasMore.error());
    }
    Plan completions;
    completeGroups(completions);
    if (auto done = commit(std::move(completions)); !done) {
        return fail(std::move(done.error()));
    }
    const auto hasMoreDue = sendDue();
    if (!hasMoreDue) {
        return fail(hasMoreDue.error());
    }
    if (cancel.isCancelled()) {
        return std::optional<Clock::SteadyTime>();
    }
    m_book.review();
    return *hasMore || *hasMoreDue ? std::optional(m_params.clock->steadyNow()) : nextTurn();
}

std::optional<Clock::SteadyTime> ForwardRun::nextTurn()
{
    const auto now = m_params.clock->steadyNow();
    auto next = m_book.nextReview();
    const auto earliest = [&next](Clock::SteadyTime time) { next = std::min(next.value_or(time), time); };
    if (const auto due = m_tracker.nextDue()) {
        earliest(*due);
    }
    const auto due = m_reader->routing().nextDue();
    if (due && *due) {
        const auto left = std::max<Clock::WallTime::duration>(**due - m_params.clock->now(), 0ms);
        earliest(now + std::min<Clock::WallTime::duration>(left, kLookAgain));
    }
    if (!m_untaken.empty()) {
        earliest(now + kTakeAgain);
    }
    return next;
}

Result<bool> ForwardRun::routePage()
{
    m_before.clear();
    m_inPage.clear();
    const auto page = m_reader->routing().pending(kPage);
    if (!page) {
        return fail(page.error());
    }
    Plan plan;
    Result<> routed;
    for (const auto& instance : *page) {
        routed = routed ? route(instance, plan) : routed;
    }
    // Also after an error: what entered a job has to be posted.
    const auto done = commit(std::move(plan)).and_then([&routed] { return routed; });
    return done ? Result<bool>(page->size() == kPage) : fail(done.error());
}

Result<> ForwardRun::route(const store::RoutableInstance& instance, Plan& plan)
{
    const auto known = m_reader->routing().destinationsOf(instance.id);
    if (!known) {
        return fail(known.error());
    }
    RoutedInstance told;
    told.id = instance.id;
    told.sopInstanceUid = instance.sopInstanceUid;
    told.callingAeTitle = instance.source.callingAeTitle;
    noteArrival(instance);
    auto judged = m_desk.judge(instance, m_params.pathOf(instance.id), m_reader->routing());
    if (lacksDestination(judged) && !m_desk.isUpToDate()) { // the configuration was changed in between
        judged = m_desk.judge(instance, m_params.pathOf(instance.id), m_reader->routing());
    }
    if (judged.isFileMissing) {
        hold(instance, {0, instance.id, store::HoldReason::FileMissing, {}, {}, {}, {}, {}}, plan, told);
    } else {
        decide(instance, judged, *known, plan, told);
    }
    plan.states.emplace_back(instance.id, told.state);
    plan.told.push_back(std::move(told));
    return {};
}

bool ForwardRun::lacksDestination(const JudgedInstance& judged) const
{
    const auto& deliveries = judged.routing.deliveries;
    return std::any_of(deliveries.begin(), deliveries.end(),
        [this](const auto& delivery) { return !m_params.destination(delivery.destination); });
}

void ForwardRun::decide(const store::RoutableInstance& instance, const JudgedInstance& judged, const QStringList& known,
    Plan& plan, RoutedInstance& told)
{
    const auto& routing = judged.routing;
    told.rules = routing.matched;
    for (const auto& delivery : routing.deliveries) {
        if (!isAmong(known, delivery.destination)) {
            place(instance, delivery, judged, plan, told);
        }
    }
    for (const auto& held : routing.held) {
        hold(instance, {0, 0, reasonOf(held.reason), held.rule, held.text, held.destination, {}, {}}, plan, told);
    }
    told.reason = routing.dropped ? routing.dropped->text : QString();
    const bool isPlaced = !told.alreadyThere.isEmpty() || !told.destinations.isEmpty() || !told.waiting.isEmpty() ||
        !told.holds.isEmpty() || !known.isEmpty();
    if (!isPlaced) {
        told.state = routing.isUnmatched() ? store::RoutingState::Unmatched : store::RoutingState::Dropped;
    }
}

void ForwardRun::hold(
    const store::RoutableInstance& instance, store::SpoolHold hold, Plan& plan, RoutedInstance& told) const
{
    hold.spoolId = instance.id;
    hold.afterRule = instance.afterRule;
    hold.heldAt = m_params.clock->now();
    told.holds.append(hold);
    plan.holds.push_back(std::move(hold));
}

void ForwardRun::place(const store::RoutableInstance& instance, const route::RoutedDelivery& delivery,
    const JudgedInstance& judged, Plan& plan, RoutedInstance& told)
{
    const QString rule = delivery.rules.isEmpty() ? QString() : delivery.rules.first();
    const auto holdFor = [&](store::HoldReason reason, const QString& text) {
        hold(instance, {0, 0, reason, rule, text, delivery.destination, {}, {}}, plan, told);
    };
    const auto destination = m_params.destination(delivery.destination);
    if (!destination) {
        return holdFor(store::HoldReason::DestinationMissing, {});
    }
    if (!delivery.profile.isEmpty()) {
        return holdFor(store::HoldReason::TransformMissing, delivery.profile);
    }
    const bool isForLater = delivery.trigger != config::Trigger::Instance || delivery.delay > 0ms ||
        hoursOpenAt(delivery.hours, m_params.clock->now());
    const auto presence = isForLater ? Presence::NotThere : look(delivery.onlyMissing, *destination, instance);
    if (isForLater || presence == Presence::Asking) {
        told.waiting.append(delivery.destination);
        await(instance, delivery, judged, plan);
        if (presence == Presence::Asking) {
            plan.waits.back().dueAt = noteAsked(plan.waits.back(), instance);
        }
        return;
    }
    const ForwardKey key{instance.series.studyInstanceUid, destination->name, static_cast<int>(delivery.priority),
        hoursToText(delivery.hours)};
    if (presence == Presence::There) {
        return skip(key, *destination, instance, plan, told);
    }
    if (!queue(key, *destination, instance, plan)) {
        return holdFor(store::HoldReason::FileMissing, {});
    }
    told.destinations.append(destination->name);
}

bool ForwardRun::queue(
    const ForwardKey& key, const config::Destination& destination, const store::RoutableInstance& instance, Plan& plan)
{
    const auto path = m_params.pathOf(instance.id);
    const auto mtimeNs = modifiedNs(path);
    if (!mtimeNs) {
        return false;
    }
    plan.records.push_back(m_book.add(key, destination, instance, fileOf(instance, path, *mtimeNs)));
    for (const auto delivery : queue::Batch::deliveriesOf(plan.records.back())) {
        plan.links.emplace_back(instance.id, delivery);
    }
    return true;
}

/// A new version has the SOP Instance UID of the old one, which the destination may well have.
Presence ForwardRun::look(
    bool onlyMissing, const config::Destination& destination, const store::RoutableInstance& instance) const
{
    if (!onlyMissing || m_params.presence == nullptr || instance.version > 1) {
        return Presence::NotThere;
    }
    return m_params.presence->look(destination, {instance.series.studyInstanceUid.toLatin1()},
        {instance.series.seriesInstanceUid.toLatin1()}, instance.sopInstanceUid, instance.sopClassUid);
}

/// @return until when the wait is put off, unless the answer is there before.
Clock::WallTime ForwardRun::noteAsked(const store::SpoolWait& wait, const store::RoutableInstance& instance)
{
    if (m_asked.size() >= kMostAsked) {
        m_asked.clear(); // they come again by themselves
    }
    const auto key = PresenceDesk::keyOf(wait.destination, {instance.series.studyInstanceUid.toLatin1()},
        {instance.series.seriesInstanceUid.toLatin1()});
    m_asked[key].insert(wait.spoolId, wait.destination);
    return m_params.clock->now() + kAskAgain;
}

/// What waits for an answer that is there is due.
Result<> ForwardRun::hastenAnswered()
{
    const auto answered = m_params.presence ? m_params.presence->takeAnswered() : std::vector<PresenceDesk::Key>();
    Plan plan;
    for (const auto& key : answered) {
        const auto asked = m_asked.extract(key);
        const auto waits = asked.empty() ? QHash<qint64, QString>() : asked.mapped();
        for (auto it = waits.begin(); it != waits.end(); ++it) {
            store::SpoolWait wait;
            wait.spoolId = it.key();
            wait.destination = it.value();
            plan.postponed.emplace_back(std::move(wait), m_params.clock->now());
        }
    }
    return commit(std::move(plan));
}

void ForwardRun::skip(const ForwardKey& key, const config::Destination& destination,
    const store::RoutableInstance& instance, Plan& plan, RoutedInstance& told)
{
    const auto path = QString::fromLocal8Bit(m_params.pathOf(instance.id));
    plan.skips.push_back(m_book.skip(key, destination, instance, path));
    plan.leftOut.push_back(instance.id);
    told.alreadyThere.append(destination.name);
}

/// Each counts once, however many rules wait for it, and whatever the rules say of it.
void ForwardRun::noteArrival(const store::RoutableInstance& instance)
{
    for (const auto level : {config::Trigger::Series, config::Trigger::Study}) {
        if (instance.version <= 1) {
            m_inPage[countKey(level, uidAt(instance, level))].insert(instance.sopInstanceUid.value);
        }
    }
}

/// With those of this page until now. Each page commits its instances as routed.
int ForwardRun::received(const store::RoutableInstance& instance, config::Trigger level)
{
    const auto uid = uidAt(instance, level);
    const auto key = countKey(level, uid);
    auto before = m_before.find(key);
    if (before == m_before.end()) {
        const auto count = m_reader->routing().receivedCount(static_cast<int>(level), uid);
        before = m_before.insert(key, count.value_or(0));
    }
    return *before + static_cast<int>(m_inPage.value(key).size());
}

void ForwardRun::await(const store::RoutableInstance& instance, const route::RoutedDelivery& delivery,
    const JudgedInstance& judged, Plan& plan)
{
    const auto now = m_params.clock->now();
    store::SpoolWait wait;
    wait.spoolId = instance.id;
    wait.destination = delivery.destination;
    wait.delay = delivery.delay;
    wait.hours = hoursToText(delivery.hours);
    wait.priority = static_cast<int>(delivery.priority);
    wait.arrivedAt = now;
    wait.onlyMissing = delivery.onlyMissing;
    wait.group.rule = delivery.waitsBy;
    wait.group.level = static_cast<int>(delivery.trigger);
    if (delivery.trigger == config::Trigger::Instance) {
        wait.dueAt = now + delivery.delay;
    } else {
        wait.group.uid = uidAt(instance, delivery.trigger);
        wait.terms = {delivery.completion.quiet, delivery.completion.maxWait, delivery.completion.expected,
            delivery.trigger == config::Trigger::Series ? judged.announcedInSeries : judged.announcedInStudy};
    }
    const bool isFirstOfGroup = std::none_of(plan.waits.rbegin(), plan.waits.rend(),
        [&](const auto& other) { return other.spoolId == wait.spoolId && other.group == wait.group; });
    if (!wait.dueAt && isFirstOfGroup) {
        const bool isExpected = wait.terms.expected > 0 || wait.terms.announced > 0;
        m_tracker.arrived(keyOf(wait.group), completionOf(wait.terms),
            isExpected ? received(instance, delivery.trigger) : 0, wait.terms.announced);
    }
    plan.waits.push_back(std::move(wait));
}

void ForwardRun::completeGroups(Plan& plan)
{
    plan.completed = m_tracker.takeCompleted();
    plan.completedAt = m_params.clock->now();
}

/// That the wall clock was set back is noticed now and then. Nobody knows how much of the delay is over: it begins
/// anew, so that nothing goes too early and nothing waits for the clock to come there again.
Result<> ForwardRun::redate(Plan& plan)
{
    const auto steady = m_params.clock->steadyNow();
    if (steady < m_nextClockLook) {
        return {};
    }
    const auto now = m_params.clock->now();
    const auto misdated = m_reader->routing().misdated(now, kPage);
    if (!misdated) {
        return fail(misdated.error());
    }
    for (const auto& wait : *misdated) {
        plan.postponed.emplace_back(wait, now + wait.delay);
    }
    m_nextClockLook = misdated->size() == kPage ? steady : steady + kLookAgain;
    return {};
}

Result<bool> ForwardRun::sendDue()
{
    const auto due = m_reader->routing().due(m_params.clock->now(), kPage);
    if (!due) {
        return fail(due.error());
    }
    Plan plan;
    Result<> sent = due->isEmpty() ? redate(plan) : Result<>();
    for (const auto& wait : *due) {
        sent = sent ? sendDue(wait, plan) : sent;
    }
    const auto done = commit(std::move(plan)).and_then([&sent] { return sent; });
    return done ? Result<bool>(due->size() == kPage) : fail(done.error());
}

Result<> ForwardRun::sendDue(const store::SpoolWait& wait, Plan& plan)
{
    if (const auto opens = hoursOpenAt(hoursFromText(wait.hours), m_params.clock->now())) {
        plan.postponed.emplace_back(wait, *opens);
        return {};
    }
    const auto instance = m_reader->routing().find(wait.spoolId);
    if (!instance) {
        return fail(instance.error());
    }
    if (!*instance) {
        // Its row may come back when the index is made anew.
        plan.postponed.emplace_back(wait, m_params.clock->now() + kLookAgain);
        return {};
    }
    const auto destination = m_params.destination(wait.destination);
    const auto presence = destination ? look(wait.onlyMissing, *destination, **instance) : Presence::NotThere;
    if (presence == Presence::Asking) {
        plan.postponed.emplace_back(wait, noteAsked(wait, **instance));
        return {};
    }
    plan.ended.push_back(wait);
    const ForwardKey key{
        (*instance)->series.studyInstanceUid, destination ? destination->name : QString(), wait.priority, wait.hours};
    RoutedInstance told;
    const auto holdFor = [&](store::HoldReason reason) {
        hold(**instance, {0, 0, reason, wait.group.rule, {}, wait.destination, {}, {}}, plan, told);
    };
    if (!destination) {
        holdFor(store::HoldReason::DestinationMissing);
    } else if (presence == Presence::There) {
        skip(key, *destination, **instance, plan, told);
    } else if (!queue(key, *destination, **instance, plan)) {
        holdFor(store::HoldReason::FileMissing);
    } else {
        told.destinations.append(destination->name);
    }
    told.isLate = true;
    told.id = (*instance)->id;
    told.sopInstanceUid = (*instance)->sopInstanceUid;
    told.callingAeTitle = (*instance)->source.callingAeTitle;
    told.rules = {wait.group.rule};
    plan.told.push_back(std::move(told));
    return {};
}

/// What a page decided becomes durable as a whole; only then it is told, and the index is read again.
Result<> ForwardRun::commit(Plan&& plan)
{
    if (plan.isEmpty() && !m_isUnflushed) {
        return {};
    }
    auto& writer = m_params.ledger->writer();
    if (!plan.isEmpty()) {
        auto shared = std::make_shared<Plan>(std::move(plan));
        auto records = std::exchange(shared->records, {});
        m_counters.deliveries += qint64(records.size());
        writer.post(std::move(records), [shared](store::WriteSession& session) {
            auto written = shared->write(session);
            shared->refusal = written ? std::nullopt : std::optional(written.error());
            return written;
        });
        m_posted = shared;
        m_untold = std::make_unique<Plan>();
        m_untold->told = shared->told;
        m_untold->waits = shared->waits;
        m_untold->completed = shared->completed;
        m_isUnflushed = true;
    }
    if (auto flushed = writer.flush(); !flushed) {
        return flushed;
    }
    m_isUnflushed = false;
    takeBegun();
    if (const auto posted = std::exchange(m_posted, nullptr); posted && posted->refusal) {
        return refuse(*posted->refusal);
    }
    if (const auto told = std::exchange(m_untold, nullptr)) {
        tell(*told);
    }
    return {};
}

/// The deliveries are in the ledger, but not what tells that they were made: the same again would be sent without end.
Result<> ForwardRun::refuse(const Error& error)
{
    qCCritical(observe::lcEngine) << "what was decided cannot be noted; nothing is routed until the next start:"
                                  << error.detail;
    m_untold.reset();
    m_refusal = error;
    return fail(error);
}

void ForwardRun::takeBegun()
{
    const auto begun = m_book.takeBegun();
    m_untaken.insert(m_untaken.end(), begun.begin(), begun.end());
    std::erase_if(m_untaken, [this](JobId job) {
        const auto taken = m_params.dispatcher->take(job);
        if (!taken) {
            qCWarning(observe::lcEngine) << "job" << job.value << "is not sent now:" << taken.error().detail;
        }
        return taken || !mayBeTaken(job);
    });
}

/// What was stopped with a reason is tried again by StandingJobs.
bool ForwardRun::mayBeTaken(JobId job)
{
    const auto row = m_reader ? m_reader->jobs().find(job) : fail(ErrorCode::LedgerUnreadable);
    return row ? row->state == store::JobState::Active : row.error().code != ErrorCode::JobNotFound;
}

void ForwardRun::tell(const Plan& plan)
{
    m_counters.waiting += qint64(plan.waits.size());
    const qint64 newestBefore = m_newestJudged;
    for (const auto& told : plan.told) {
        m_newestJudged = std::max(m_newestJudged, told.id);
        m_counters.routed += told.isLate ? 0 : 1;
        // What a person released is judged again, and is the same instance.
        const bool isNew = told.id > newestBefore;
        m_counters.unmatched += isNew && told.state == store::RoutingState::Unmatched ? 1 : 0;
        m_counters.dropped += told.state == store::RoutingState::Dropped ? 1 : 0;
        m_counters.held += told.holds.isEmpty() ? 0 : 1;
        m_counters.alreadyThere += told.alreadyThere.size();
        if (m_params.listener != nullptr) {
            m_params.listener->onRouted(told);
        }
    }
    for (const auto& completed : plan.completed) {
        if (m_params.listener != nullptr) {
            m_params.listener->onComplete(groupOf(completed.key), completed.waiting);
        }
    }
}

void ForwardRun::rereadWaits()
{
    m_tracker.clear();
    m_isPrepared = false;
}

void ForwardRun::finish()
{
    std::ignore = m_params.ledger->writer().flush();
    m_book.sealAll();
    m_reader.reset(); // of this thread
    m_isPrepared = false;
}

} // namespace radpost::engine
