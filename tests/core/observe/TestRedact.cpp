#include "core/observe/Redact.h"

#include <QRegularExpression>
#include <QTest>

using namespace radpost::observe;
using namespace Qt::StringLiterals;

class TestRedact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameTextGivesTheSameMark() { QCOMPARE(redact(u"HO-2231"), redact(u"HO-2231")); }

    void otherTextGivesAnotherMark() { QVERIFY(redact(u"HO-2231") != redact(u"HO-2232")); }

    void theMarkHidesTheText()
    {
        static const QRegularExpression shape(u"^#[0-9a-f]{10}$"_s);
        const auto mark = redact(u"王^小东");
        QVERIFY2(shape.match(mark).hasMatch(), qPrintable(mark));
    }

    void nothingStaysNothing() { QCOMPARE(redact({}), QString()); }
};

QTEST_GUILESS_MAIN(TestRedact)
#include "TestRedact.moc"
