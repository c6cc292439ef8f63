#include "core/engine/PresenceDesk.h"
#include "tests/support/ManualClock.h"
#include "tests/support/NoMoreThreads.h"

#include <QDeadlineTimer>
#include <QTest>

#include <atomic>
#include <numeric>
#include <thread>
#include <vector>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::Presence;
using engine::PresenceDesk;
using engine::ProofAsker;

namespace {

constexpr int kMostAnswers = PresenceDesk::kMostAnswers;

const SopClassUid kCt{"1.2.840.10008.5.1.4.1.1.2"};

using Answer = std::function<Result<ProofAsker::Instances>(const config::Destination&, const CancelToken&)>;

class FakeAsker final : public ProofAsker
{
public:
    explicit FakeAsker(Answer answer)
        : m_answer(std::move(answer))
    {
    }
    Result<> commit(
        const config::Destination&, const net::CommitmentRequest&, const Watch&, const CancelToken&) override
    {
        return fail(ErrorCode::ServiceNotOffered);
    }
    Result<Instances> instances(const config::Destination& destination, const StudyInstanceUid&,
        const SeriesInstanceUid&, const CancelToken& cancel) override
    {
        return m_answer(destination, cancel);
    }

private:
    const Answer m_answer;
};

struct Fixture
{
    explicit Fixture(Answer answer)
        : desk(
              [this, answer = std::move(answer)] {
                  return std::make_unique<FakeAsker>([this, answer](const auto& destination, const auto& cancel) {
                      ++asked;
                      return answer(destination, cancel);
                  });
              },
              clock)
    {
    }

    Presence look(const QByteArray& instance, const QByteArray& series = "1.2.3.1", const QString& name = u"PACS"_s)
    {
        config::Destination destination;
        destination.name = name;
        destination.port = port;
        return desk.look(destination, {"1.2.3"}, {series}, {instance}, kCt);
    }

    test::ManualClock clock;
    quint16 port = 104;
    std::atomic<int> asked{0};
    PresenceDesk desk; // its threads use the above
};

Answer knows(const ProofAsker::Instances& instances)
{
    return [instances](const auto&, const auto&) { return instances; };
}

/// Answers when it is cancelled.
Result<ProofAsker::Instances> hang(const config::Destination&, const CancelToken& cancel)
{
    while (!cancel.isCancelled()) {
        std::this_thread::yield();
    }
    return fail(ErrorCode::Cancelled);
}

} // namespace

class TestPresenceDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSeriesIsAskedAboutOnce()
    {
        Fixture f(knows({{SopInstanceUid{"1"}, kCt}, {SopInstanceUid{"2"}, {}}, {SopInstanceUid{"3"}, {"9.9"}}}));
        QCOMPARE(f.look("1"), Presence::Asking);
        QTRY_COMPARE(f.look("1"), Presence::There);
        QCOMPARE(f.look("2"), Presence::There);    // of whatever class
        QCOMPARE(f.look("3"), Presence::NotThere); // of another class
        QCOMPARE(f.look("4"), Presence::NotThere);
        QCOMPARE(f.asked.load(), 1);
        QCOMPARE(f.look("1", "1.2.3.2"), Presence::Asking);
        QTRY_COMPARE(f.asked.load(), 2);
    }

    void anAnswerIsGoodForAWhile()
    {
        Fixture f(knows({{SopInstanceUid{"1"}, kCt}}));
        QTRY_COMPARE(f.look("1"), Presence::There);
        f.clock.advance(PresenceDesk::kLife - 1ms);
        QCOMPARE(f.look("1"), Presence::There);
        f.clock.advance(1ms);
        QCOMPARE(f.look("1"), Presence::Asking);
        QTRY_COMPARE(f.look("1"), Presence::There);
        QCOMPARE(f.asked.load(), 2);
    }

    void whoCannotBeAskedHasNothingAndIsLeftAlone()
    {
        Fixture f(
            [](const auto&, const auto&) -> Result<ProofAsker::Instances> { return fail(ErrorCode::QueryFailed); });
        QTRY_COMPARE(f.look("1"), Presence::NotThere);
        QTRY_COMPARE(f.look("1", "1.2.3.2"), Presence::NotThere);
        QCOMPARE(f.asked.load(), 1);
        f.clock.advance(PresenceDesk::kSulk);
        QCOMPARE(f.look("1"), Presence::Asking);
        QTRY_COMPARE(f.asked.load(), 2);
    }

    void aDestinationThatHangsHoldsUpNoOther()
    {
        Fixture f([](const config::Destination& destination, const CancelToken& cancel) {
            return destination.name == u"DEAD" ? hang(destination, cancel)
                                               : ProofAsker::Instances{{SopInstanceUid{"1"}, kCt}};
        });
        QCOMPARE(f.look("1", "1.2.3.1", u"DEAD"_s), Presence::Asking);
        QTRY_COMPARE(f.look("1"), Presence::There);
        QCOMPARE(f.look("1", "1.2.3.1", u"dead"_s), Presence::Asking); // and its end ends the asking
    }

    void aSilentDestinationWithManySeriesTakesNoAnswerFromAnother()
    {
        Fixture f([](const config::Destination& destination, const CancelToken& cancel) {
            return destination.name == u"DEAD" ? hang(destination, cancel)
                                               : ProofAsker::Instances{{SopInstanceUid{"1"}, kCt}};
        });
        for (int i = 0; i <= kMostAnswers; ++i) {
            QCOMPARE(f.look("1", QByteArray::number(i), u"DEAD"_s), Presence::Asking);
        }
        QTRY_COMPARE(f.look("1"), Presence::There);
    }

    void moreSeriesThanAreRememberedAreAllAnswered()
    {
        Fixture f(knows({{SopInstanceUid{"1"}, kCt}}));
        std::vector<int> open(kMostAnswers + 1);
        std::iota(open.begin(), open.end(), 0);
        const QDeadlineTimer limit(30'000);
        while (!open.empty() && !limit.hasExpired()) {
            std::erase_if(open, [&f](int i) { return f.look("1", QByteArray::number(i)) == Presence::There; });
        }
        QVERIFY(open.empty());
        QVERIFY(f.asked.load() < 2 * kMostAnswers);
    }

    void anAnswerIsOfTheDestinationThatGaveIt()
    {
        Fixture f([](const config::Destination& destination, const CancelToken&) {
            return destination.port == 104 ? ProofAsker::Instances{{SopInstanceUid{"1"}, kCt}}
                                           : ProofAsker::Instances{};
        });
        QTRY_COMPARE(f.look("1"), Presence::There);
        f.port = 11112; // the configuration was changed
        QCOMPARE(f.look("1"), Presence::Asking);
        QTRY_COMPARE(f.look("1"), Presence::NotThere);
    }

    void withoutAThreadNobodyIsAskedForAWhile()
    {
        Fixture f(knows({{SopInstanceUid{"1"}, kCt}}));
        {
            const test::NoMoreThreads none;
            QCOMPARE(f.look("1"), Presence::NotThere);
        }
        QCOMPARE(f.look("1"), Presence::NotThere); // nor does one half of a series wait for what the other did not
        f.clock.advance(PresenceDesk::kSulk);
        QCOMPARE(f.look("1"), Presence::Asking);
        QTRY_COMPARE(f.look("1"), Presence::There);
        QCOMPARE(f.asked.load(), 1);
    }

    void withoutASeriesNobodyIsAsked()
    {
        Fixture f(knows({}));
        QCOMPARE(f.look("1", {}), Presence::NotThere);
        QCOMPARE(f.asked.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPresenceDesk)
#include "TestPresenceDesk.moc"
