#include "tests/app/cli/RadpostProcess.h"

#include <QStandardPaths>
#include <QTest>

using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// `radpost demo` with another receiver beside its own.
class TestDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDemoProvesItself_toStorescpToo()
    {
        if (QStandardPaths::findExecutable(u"storescp"_s).isEmpty()) {
            QSKIP("storescp (DCMTK) is not installed");
        }
        const RadpostHome home;
        const auto outcome = home.run({u"demo"_s}, 120s);
        const QString text = outcome.text();
        QVERIFY2(outcome.code == 0, qPrintable(text));
        const QString perfect = u"%1: 204 sent, 204 arrived identical, 0 different, 0 missing, 0 unexpected"_s;
        QVERIFY2(text.contains(perfect.arg(u"radpost-receive"_s)), qPrintable(text));
        QVERIFY2(text.contains(perfect.arg(u"storescp"_s)), qPrintable(text));
        QCOMPARE(text.count(u"Everything is stored at the destination."_s), 2);
    }

    void quietShowsTheResultAlone()
    {
        const RadpostHome home;
        const auto outcome = home.run({u"demo"_s, u"--no-storescp"_s, u"-q"_s}, 120s);
        QVERIFY2(outcome.code == 0, qPrintable(outcome.text()));
        const auto lines = outcome.text().split(u'\n', Qt::SkipEmptyParts);
        QVERIFY2(lines.size() == 1, qPrintable(outcome.text()));
        QVERIFY2(lines[0].contains(u"204 sent, 204 arrived identical"), qPrintable(lines[0]));
    }
};

QTEST_GUILESS_MAIN(TestDemo)
#include "TestDemo.moc"
