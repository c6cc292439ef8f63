#include "app/common/AssociationWords.h"
#include "app/common/Language.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace radpost::app;
using namespace Qt::StringLiterals;

namespace {

bool hasChinese(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

QStringList allOf(const AssociationWords& words)
{
    return {words.result, words.source, words.reason, words.next};
}

} // namespace

class TestAssociationWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRejectionOfTheTableHasASentenceOfItsOwn()
    {
        const QList<std::pair<quint8, quint8>> table{{1, 1}, {1, 2}, {1, 3}, {1, 7}, {2, 1}, {2, 2}, {3, 1}, {3, 2}};
        for (const auto language : {Language::English, Language::Chinese}) {
            m_language.set(language);
            QSet<QString> reasons;
            for (const auto& [source, reason] : table) {
                const auto words = rejectionWords(1, source, reason);
                checkLanguage(allOf(words), language);
                QVERIFY2(!words.reason.contains(u"%"), qPrintable(words.reason));
                reasons.insert(words.reason);
            }
            QCOMPARE(reasons.size(), table.size());
        }
    }

    void everyNumberHasWords()
    {
        for (const auto language : {Language::English, Language::Chinese}) {
            m_language.set(language);
            for (int source = 0; source < 5; ++source) {
                for (int reason = 0; reason < 12; ++reason) {
                    checkLanguage(allOf(rejectionWords(2, quint8(source), quint8(reason))), language);
                    checkLanguage(allOf(abortWords(quint8(source), quint8(reason))).mid(1), language);
                }
            }
        }
    }

    void permanentAndTransientAreTold()
    {
        m_language.set(Language::English);
        QCOMPARE(rejectionWords(1, 1, 1).result, u"permanent"_s);
        QCOMPARE(rejectionWords(2, 1, 1).result, u"transient"_s);
        QCOMPARE(rejectionWords(9, 1, 1).result, u"not defined (9)"_s);
    }

    void whatTheTableDoesNotListKeepsItsNumbers()
    {
        m_language.set(Language::English);
        QVERIFY(rejectionWords(1, 1, 9).reason.contains(u"source 1, reason 9"));
        QVERIFY(abortWords(2, 3).reason.contains(u"source 2, reason 3"));
    }

    void theReasonOfAServiceUsersAbortIsNotSignificant()
    {
        m_language.set(Language::English);
        QCOMPARE(abortWords(0, 0).reason, abortWords(0, 6).reason);
        QVERIFY(abortWords(2, 1).reason != abortWords(2, 2).reason);
    }

private:
    static void checkLanguage(const QStringList& texts, Language language)
    {
        for (const auto& text : texts) {
            QVERIFY(!text.isEmpty());
            QVERIFY2(hasChinese(text) == (language == Language::Chinese), qPrintable(text));
        }
    }

    LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestAssociationWords)
#include "TestAssociationWords.moc"
