#include "app/common/ErrorText.h"
#include "app/common/Language.h"
#include "app/common/Sentences.h"

#include <QTest>

using namespace radpost;
using namespace radpost::app;
using namespace Qt::StringLiterals;

class TestSentences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_language.set(Language::English); }

    void sentencesStandOneAfterTheOther_data()
    {
        QTest::addColumn<QStringList>("parts");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << QStringList() << QString();
        QTest::newRow("one") << QStringList{u"It failed."_s} << u"It failed."_s;
        QTest::newRow("English") << QStringList{u"It failed."_s, u"Try again."_s} << u"It failed. Try again."_s;
        QTest::newRow("Chinese") << QStringList{u"失败了。"_s, u"请重试。"_s} << u"失败了。请重试。"_s;
        QTest::newRow("empty ones") << QStringList{{}, u"失败了。"_s, u" "_s, u"请重试。"_s, {}}
                                    << u"失败了。请重试。"_s;
        QTest::newRow("empty between") << QStringList{u"It failed."_s, {}, u"Try again."_s}
                                       << u"It failed. Try again."_s;
        QTest::newRow("English after Chinese")
            << QStringList{u"失败了。"_s, u"Out of room."_s} << u"失败了。Out of room."_s;
        QTest::newRow("Chinese after a path")
            << QStringList{u"未送达：/data/IM1"_s, u"请重试。"_s} << u"未送达：/data/IM1 请重试。"_s;
        QTest::newRow("Chinese in brackets")
            << QStringList{u"失败（可重试）"_s, u"请重试。"_s} << u"失败（可重试）请重试。"_s;
    }

    void sentencesStandOneAfterTheOther()
    {
        QFETCH(QStringList, parts);
        QTEST(sentences(parts), "text");
    }

    void whatIsSaidOfAnErrorIsGluedByItsLanguage()
    {
        const auto glued = [] {
            const auto text = errorText(ErrorCode::SopClassRefused);
            return sentences({text.happened, text.notDone, text.next});
        };
        QVERIFY2(glued().contains(u". "), qPrintable(glued()));
        m_language.set(Language::Chinese);
        QVERIFY2(glued().contains(u'。') && !glued().contains(u"。 "), qPrintable(glued()));
    }

    void aLabelHasTheColonOfTheLanguage()
    {
        QCOMPARE(labelled(u"MAIN-PACS"_s, u"not tried"_s), u"MAIN-PACS: not tried"_s);
        m_language.set(Language::Chinese);
        QCOMPARE(labelled(u"MAIN-PACS"_s, u"未尝试"_s), u"MAIN-PACS：未尝试"_s);
    }

    void aPercentSignInATextIsNoPlaceholder()
    {
        QCOMPARE(labelled(u"%2"_s, u"%1"_s), u"%2: %1"_s);
        QCOMPARE(sentences({u"%1."_s, u"%2."_s}), u"%1. %2."_s);
    }

    void anEnumerationHasTheCommaOfTheLanguage()
    {
        const QStringList kinds{u"CT"_s, u"MR"_s, u"US"_s};
        QCOMPARE(enumerated(kinds), u"CT, MR, US"_s);
        QCOMPARE(enumerated({}), QString());
        m_language.set(Language::Chinese);
        QCOMPARE(enumerated(kinds), u"CT、MR、US"_s);
    }

private:
    LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestSentences)
#include "TestSentences.moc"
