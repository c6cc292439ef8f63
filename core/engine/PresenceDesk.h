#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Clock.h"
#include "core/config/Destination.h"
#include "core/engine/ProofAsker.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace radpost::engine {

enum class Presence {
    Asking,   ///< the destination has not answered yet
    There,    ///< it has the instance
    NotThere, ///< it has not, or could not be asked: the instance is to be sent
};

/// Which instances destinations have already, for who must not wait: a look is answered at once, and the C-FIND at
/// IMAGE level for the series runs on a thread of its destination. An answer is good for kLife, as
/// long as the destination is set as it was. A destination that cannot be asked has nothing, and is left alone for
/// kSulk; so has one when the system gives no thread to ask it. Any thread.
class PresenceDesk final
{
public:
    static constexpr std::chrono::seconds kLife{60};
    static constexpr std::chrono::seconds kSulk{30};
    static constexpr std::size_t kMostAnswers = 2000;  ///< of all destinations; the oldest goes first
    static constexpr std::size_t kMostQuestions = 256; ///< that wait for one destination

    using MakeAsker = std::function<std::unique_ptr<ProofAsker>()>;

    using Key = std::tuple<QString, QByteArray, QByteArray>; ///< name of the destination in one case, study, series
    [[nodiscard]] static Key keyOf(
        const QString& destination, const StudyInstanceUid& study, const SeriesInstanceUid& series)
    {
        return {destination.toCaseFolded(), study.value, series.value};
    }

    /// @p clock outlives it.
    PresenceDesk(MakeAsker makeAsker, const Clock& clock);
    /// Ends what is being asked. Blocks until it has.
    ~PresenceDesk();
    Q_DISABLE_COPY_MOVE(PresenceDesk)

    /// By SOP Instance UID, and by SOP class where the destination says it. Without a study or series nobody can be
    /// asked: NotThere. Does not block on the network.
    [[nodiscard]] Presence look(const config::Destination& destination, const StudyInstanceUid& study,
        const SeriesInstanceUid& series, const SopInstanceUid& instance, const SopClassUid& sopClass);

    /// @p onAnswer hears that there is an answer; from the thread of the destination, with the desk locked: return at
    /// once, and do not look. After this returned, the one before is not called any more.
    void setOnAnswer(std::function<void()> onAnswer);
    /// What was answered since the last call; not beyond kMostAnswers.
    [[nodiscard]] std::vector<Key> takeAnswered();

private:
    struct Answer
    {
        std::optional<ProofAsker::Instances> instances; ///< none: being asked, or it could not be
        bool isAsking = true;
        Clock::SteadyTime since;         ///< that it was asked, or that it answered
        config::Destination destination; ///< as it was set: under its name there may be another one by now
    };
    struct Question
    {
        Key key;
        config::Destination destination;
    };
    struct Lane
    {
        std::deque<Question> questions;
        std::condition_variable_any more;
        std::optional<std::pair<config::Destination, Clock::SteadyTime>> failed; ///< as it was set, and when
        std::jthread thread;                                                     // goes first
    };

    [[nodiscard]] Presence ask(const Key& key, const config::Destination& destination);
    [[nodiscard]] Lane* laneFor(const QString& name);
    void run(Lane& lane, const std::stop_token& stop);
    [[nodiscard]] std::optional<ProofAsker::Instances> answerOf(
        Lane& lane, const Question& question, ProofAsker& asker) const;
    [[nodiscard]] bool isOld(const Answer& answer) const;
    void makeRoom();
    void tell(const Key& key);

    const MakeAsker m_makeAsker;
    const Clock& m_clock;
    CancelSource m_ending;
    std::mutex m_mutex; // guards what follows
    std::map<Key, Answer> m_answers;
    std::vector<Key> m_answered;
    std::function<void()> m_onAnswer;
    std::map<QString, std::unique_ptr<Lane>> m_lanes; // go first
};

} // namespace radpost::engine
