#include "core/base/CancelToken.h"
#include "core/base/Deadline.h"

#include <QTest>

using namespace radpost;
using namespace std::chrono_literals;

class TestDeadline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPastDeadlineIsOverAndHasNothingLeft()
    {
        const Deadline deadline(-1ms);
        QVERIFY(deadline.isOver());
        QCOMPARE(deadline.left(), 0ms);
    }

    void leftIsCapped()
    {
        QCOMPARE(Deadline().left(5s), 5000ms);
        QCOMPARE(Deadline(1h).left(100ms), 100ms);
    }

    void aDefaultTokenNeverCancels() { QVERIFY(CancelToken().check().has_value()); }

    void cancellingReachesEveryCopyOfTheToken()
    {
        CancelSource source;
        const auto token = source.token();
        const auto copy = token;
        source.cancel();
        QCOMPARE(copy.check().error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestDeadline)
#include "TestDeadline.moc"
