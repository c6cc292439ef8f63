#include "app/common/ConfigText.h"
#include "app/common/Language.h"
#include "core/config/Fields.h"

#include <QTest>

using namespace radpost;
using namespace radpost::app;
using namespace Qt::StringLiterals;

class TestConfigText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyExpectationIsSaidInBothLanguages()
    {
        for (int kind = 0; kind <= static_cast<int>(config::ExpectedKind::Choice); ++kind) {
            const config::Expectation expectation{static_cast<config::ExpectedKind>(kind), 1, 2, {u"a"_s}};
            m_language.set(Language::English);
            const auto english = expectationText(expectation);
            m_language.set(Language::Chinese);
            const auto chinese = expectationText(expectation);
            QVERIFY2(!english.isEmpty() && english != chinese, qPrintable(QString::number(kind)));
        }
    }

    void everyProblemIsSaidWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QString>("english");
        QTest::newRow("syntax") << "x = "_ba << u"f:1:5: This is not TOML"_s;
        QTest::newRow("unknown") << "x = 1"_ba << u"f:1:5: x is not a key that Radpost knows."_s;
        QTest::newRow("value") << "scan.threads = 99"_ba
                               << u"f:1:16: scan.threads must be \"auto\" or a whole number, 1 to 64."_s;
        QTest::newRow("table") << "destination = 1"_ba
                               << u"f:1:15: Tables of this name must be written as [[destination]]."_s;
        QTest::newRow("missing") << "[[destination]]\nname='a'\nhost='h'"_ba
                                 << u"f:1:1: destination.ae_title is missing."_s;
        QTest::newRow("contradiction") << "[[destination]]\nname='a'\nhost='h'\nae_title='A'\ntls.key_file='k'"_ba
                                       << u"f:1:1: destination.tls.key_file does not fit"_s;
        QTest::newRow("newer") << "version = 2"_ba << u"f:1:11: The file was written by a newer Radpost."_s;
    }

    void everyProblemIsSaidWithItsPlace()
    {
        QFETCH(QByteArray, toml);
        QFETCH(QString, english);
        const auto parsed = config::parseConfig(toml, u"f"_s);
        QCOMPARE(parsed.problems.size(), 1U);
        m_language.set(Language::English);
        const auto text = problemText(parsed.problems.front());
        QVERIFY2(text.startsWith(english), qPrintable(text));
        m_language.set(Language::Chinese);
        QVERIFY(problemText(parsed.problems.front()) != text);
    }

private:
    LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestConfigText)
#include "TestConfigText.moc"
