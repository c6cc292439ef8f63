#include "tests/app/cli/RadpostProcess.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <memory>

using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kDestinations = "[[destination]]\nname = \"PACS\"\nhost = \"h\"\nae_title = \"P\"\n"
                                 "[[destination]]\nname = \"AI\"\nhost = \"h\"\nae_title = \"A\"\n";
const QByteArray kRules = "[[rule]]\nname = \"ct\"\nsend = \"AI\"\n"
                          "when = { modality = \"CT\", calling_ae = \"CT1\", address = \"10.0.0.0/8\" }\n"
                          "[[rule]]\nname = \"names\"\nsend = \"PACS\"\n"
                          "when = { attribute = \"PatientName\", regex = '\\p{Han}' }\n";

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

/// Runs the real program's `route` commands.
class TestRoute : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<RadpostHome>();
        writeFile(m_home->configFile(), kDestinations + kRules);
        const auto folder =
            m_home->makeStudies(u"set"_s, {u"--series"_s, u"ct:1"_s, u"--text"_s, u"gb18030"_s, u"--seed"_s, u"1"_s});
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        QVERIFY(files.hasNext());
        m_file = files.next();
    }

    void whyIsExplained()
    {
        const auto told = run({u"explain"_s, m_file, u"--calling"_s, u"CT1"_s, u"--from"_s, u"192.168.0.1"_s});
        QVERIFY2(told.code == 0, qPrintable(told.text()));
        const QString text = told.text();
        QVERIFY2(text.contains(u"1. ct: does not match"), qPrintable(text));
        QVERIFY(text.contains(u"yes  Modality is CT (it is CT)"));
        QVERIFY(text.contains(u"no  Address is 10.0.0.0/8 (it is 192.168.0.1)"));
        QVERIFY(text.contains(u"2. names: matches"));
        QVERIFY(text.contains(u"Sent to PACS"));
        QVERIFY(text.contains(u"(it is ***)")); // the name is hidden
    }

    void valuesAreShownWhenAskedFor()
    {
        const auto told = run({u"explain"_s, m_file, u"--show-values"_s});
        QVERIFY2(!told.text().contains(u"***"), qPrintable(told.text()));
    }

    void jsonHasTheWholeTree()
    {
        const auto told =
            run({u"explain"_s, m_file, u"--json"_s, u"--calling"_s, u"CT1"_s, u"--from"_s, u"10.1.1.1"_s});
        const auto event = told.event(u"routing"_s);
        QCOMPARE(event[u"deliveries"_s].toArray().size(), 2);
        QCOMPARE(event[u"matched"_s].toArray(), QJsonArray({u"ct"_s, u"names"_s}));
        const auto rule = event[u"rules"_s].toArray()[0].toObject();
        QCOMPARE(rule[u"state"_s].toString(), u"matched"_s);
        const auto parts = rule[u"condition"_s].toObject()[u"parts"_s].toArray();
        QCOMPARE(parts.size(), 3);
        QCOMPARE(parts[1].toObject()[u"test"_s].toObject()[u"seen"_s].toArray(), QJsonArray({u"10.1.1.1"_s}));
        QVERIFY(!told.text().contains(u"^")); // no name
    }

    void aDraftIsTriedAndCompared()
    {
        const QString draft = m_home->path(u"draft.toml"_s);
        writeFile(draft, "[[rule]]\nname = \"night\"\nsend = \"AI\"\nwhen = { hours = \"22:00-06:00\" }\n");
        const QStringList explain{u"explain"_s, m_file, u"--rules"_s, draft, u"--at"_s};
        QVERIFY(run(explain + QStringList(u"2026-03-14T23:00"_s)).text().contains(u"Sent to AI"));
        QVERIFY(run(explain + QStringList(u"2026-03-14T12:00"_s)).text().contains(u"No rule matches"));
        const auto check = run({u"check"_s, draft});
        QCOMPARE(check.code, 0);
        QVERIFY2(check.text().contains(u"Rule \"night\": new"), qPrintable(check.text()));
        QVERIFY(check.text().contains(u"Rule \"ct\": gone"));
    }

    void mistakesAreNamedWithTheirPlace()
    {
        QCOMPARE(run({u"check"_s}).code, 0);
        const QString draft = m_home->path(u"draft.toml"_s);
        writeFile(draft, "[[rule]]\nname = \"a\"\nsend = \"NOWHERE\"\nwhen = { attribute = \"Nme\", exists = true }\n");
        const auto check = run({u"check"_s, draft});
        QCOMPARE(check.code, 5);
        QVERIFY2(check.text().contains(draft + u":3:8: There is no destination"), qPrintable(check.text()));
        QVERIFY(check.text().contains(draft + u":4:22: \"Nme\" is neither the keyword"));
        QCOMPARE(run({u"explain"_s, m_file, u"--rules"_s, draft}).code, 5);
        const auto json = run({u"check"_s, draft, u"--json"_s});
        QCOMPARE(json.events().size(), 2);
        QCOMPARE(json.events()[1][u"line"_s].toInt(), 4);
    }

    void wrongOptionsAreUsage_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("AE title") << QStringList{u"--calling"_s, u"ABCDEFGHIJKLMNOPQ"_s};
        QTest::newRow("address") << QStringList{u"--from"_s, u"pacs"_s};
        QTest::newRow("time") << QStringList{u"--at"_s, u"tomorrow"_s};
    }

    void wrongOptionsAreUsage()
    {
        QFETCH(QStringList, options);
        QCOMPARE(run(QStringList{u"explain"_s, m_file} + options).code, 2);
    }

    void whatIsNoImageIsSaid()
    {
        const auto told = run({u"explain"_s, m_home->configFile(), m_file});
        QCOMPARE(told.code, 5);
        QVERIFY(told.text().contains(u"not DICOM"));
        QVERIFY(told.text().contains(u"Sent to PACS")); // the other one is explained all the same
    }

    void aDestinationThatRulesNeedIsNotRemoved()
    {
        const auto removed = m_home->run({u"dest"_s, u"remove"_s, u"AI"_s});
        QCOMPARE(removed.code, 5);
        QVERIFY2(removed.text().contains(u"rule or a group still sends"), qPrintable(removed.text()));
    }

private:
    [[nodiscard]] Outcome run(const QStringList& words) const { return m_home->run(QStringList{u"route"_s} + words); }

    std::unique_ptr<RadpostHome> m_home;
    QString m_file;
};

QTEST_GUILESS_MAIN(TestRoute)
#include "TestRoute.moc"
