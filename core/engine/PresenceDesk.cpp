#include "core/engine/PresenceDesk.h"

#include "core/base/thread.h"
#include "core/engine/AlreadyThere.h"
#include "core/observe/Log.h"
#include "core/store/threadname.h"

namespace radpost::engine {

PresenceDesk::PresenceDesk(MakeAsker makeAsker, const Clock& clock)
    : m_makeAsker(std::move(makeAsker))
    , m_clock(clock)
{
}

PresenceDesk::~PresenceDesk()
{
    m_ending.cancel();
    std::map<QString, std::unique_ptr<Lane>> ending;
    {
        const std::lock_guard lock(m_mutex);
        ending.swap(m_lanes);
    }
    ending.clear(); // each stops and joins its thread, which wants the mutex
}

Presence PresenceDesk::look(const config::Destination& destination, const StudyInstanceUid& study,
    const SeriesInstanceUid& series, const SopInstanceUid& instance, const SopClassUid& sopClass)
{
    if (study.isEmpty() || series.isEmpty()) {
        return Presence::NotThere;
    }
    const auto key = keyOf(destination.name, study, series);
    const std::lock_guard lock(m_mutex);
    const auto known = m_answers.find(key);
    if (known == m_answers.end() || isOld(known->second) || known->second.destination != destination) {
        return ask(key, destination);
    }
    if (known->second.isAsking) {
        return Presence::Asking;
    }
    const bool isThere = known->second.instances && contains(*known->second.instances, instance, sopClass);
    return isThere ? Presence::There : Presence::NotThere;
}

bool PresenceDesk::isOld(const Answer& answer) const
{
    const auto life = answer.instances ? kLife : kSulk;
    return !answer.isAsking && m_clock.steadyNow() - answer.since >= life;
}

/// What is being asked for is never forgotten: who looks for it would have it asked anew without end.
void PresenceDesk::makeRoom()
{
    if (m_answers.size() < kMostAnswers) {
        return;
    }
    auto oldest = m_answers.end();
    for (auto it = m_answers.begin(); it != m_answers.end(); ++it) {
        const bool isOlder = oldest == m_answers.end() || it->second.since < oldest->second.since;
        oldest = !it->second.isAsking && isOlder ? it : oldest;
    }
    if (oldest != m_answers.end()) {
        m_answers.erase(oldest);
    }
}

/// Beyond kMostQuestions the question waits for the next look.
Presence PresenceDesk::ask(const Key& key, const config::Destination& destination)
{
    auto* lane = laneFor(std::get<0>(key));
    if (lane != nullptr && lane->questions.size() >= kMostQuestions) {
        return Presence::Asking;
    }
    m_answers.erase(key);
    makeRoom();
    const bool isAsking = lane != nullptr;
    m_answers[key] = {std::nullopt, isAsking, m_clock.steadyNow(), destination};
    if (!isAsking) {
        return Presence::NotThere;
    }
    lane->questions.push_back({key, destination});
    lane->more.notify_one();
    return Presence::Asking;
}

/// With the mutex held. Nothing: there is no thread for it.
PresenceDesk::Lane* PresenceDesk::laneFor(const QString& name)
{
    if (const auto known = m_lanes.find(name); known != m_lanes.end()) {
        return known->second.get();
    }
    auto lane = std::make_unique<Lane>();
    auto thread = startThread<std::jthread>([this, &own = *lane](const std::stop_token& stop) { run(own, stop); });
    if (!thread) {
        qCWarning(observe::lcEngine) << "a destination could not be asked what it has:" << thread.error().detail
                                     << "- everything is sent";
        return nullptr;
    }
    lane->thread = *std::move(thread);
    return (m_lanes[name] = std::move(lane)).get();
}

void PresenceDesk::run(Lane& lane, const std::stop_token& stop)
{
    store::nameThisThread("presence");
    const auto asker = m_makeAsker();
    std::unique_lock lock(m_mutex);
    while (lane.more.wait(lock, stop, [&lane] { return !lane.questions.empty(); })) {
        const auto question = std::move(lane.questions.front());
        lane.questions.pop_front();
        lock.unlock();
        auto instances = answerOf(lane, question, *asker);
        lock.lock();
        const auto asked = m_answers.find(question.key);
        if (asked != m_answers.end() && asked->second.destination == question.destination) {
            asked->second = {std::move(instances), false, m_clock.steadyNow(), question.destination};
            tell(question.key);
        }
    }
}

void PresenceDesk::tell(const Key& key)
{
    if (m_answered.size() < kMostAnswers) {
        m_answered.push_back(key);
    }
    if (m_onAnswer) {
        m_onAnswer();
    }
}

void PresenceDesk::setOnAnswer(std::function<void()> onAnswer)
{
    const std::lock_guard lock(m_mutex);
    m_onAnswer = std::move(onAnswer);
}

std::vector<PresenceDesk::Key> PresenceDesk::takeAnswered()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_answered, {});
}

std::optional<ProofAsker::Instances> PresenceDesk::answerOf(
    Lane& lane, const Question& question, ProofAsker& asker) const
{
    const bool isSame = lane.failed && lane.failed->first == question.destination;
    if (isSame && m_clock.steadyNow() - lane.failed->second < kSulk) {
        return std::nullopt;
    }
    const auto found = asker.instances(
        question.destination, {std::get<1>(question.key)}, {std::get<2>(question.key)}, m_ending.token());
    lane.failed = found ? std::nullopt : std::optional(std::pair(question.destination, m_clock.steadyNow()));
    if (!found) {
        qCWarning(observe::lcEngine) << question.destination.name
                                     << "could not be asked what it has:" << errorName(found.error().code)
                                     << "- everything is sent";
        return std::nullopt;
    }
    return *found;
}

} // namespace radpost::engine
