#include "app/common/Language.h"
#include "app/common/ReceiptWords.h"

#include <QLocale>
#include <QTest>

using namespace radpost;
using namespace radpost::app;
using namespace Qt::StringLiterals;

class TestReceiptWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWordIsThereInBothLanguages()
    {
        const ReceiptWords words;
        const int last = static_cast<int>(queue::ReceiptText::JobCancelled);
        for (int what = 0; what <= last; ++what) {
            const auto word = static_cast<queue::ReceiptText>(what);
            m_language.set(Language::English);
            const auto english = words.text(word);
            m_language.set(Language::Chinese);
            const auto chinese = words.text(word);
            QVERIFY2(!english.isEmpty() && !chinese.isEmpty(), qPrintable(QString::number(what)));
            QVERIFY2(english != chinese, qPrintable(english));
        }
    }

    void theLanguageTagFollowsTheLanguage()
    {
        m_language.set(Language::Chinese);
        QCOMPARE(ReceiptWords().languageTag(), u"zh-CN"_s);
        m_language.set(Language::English);
        QCOMPARE(ReceiptWords().languageTag(), u"en"_s);
    }

    void theLanguageTagIsThatOfTheThread()
    {
        m_language.set(Language::English);
        const ScopedLanguage speaking(Language::Chinese);
        QCOMPARE(ReceiptWords().languageTag(), u"zh-CN"_s);
        QCOMPARE(spokenLocale().language(), QLocale::Chinese);
        QCOMPARE(QLocale().language(), QLocale::English); // nobody else hears of it
    }

    void anErrorIsSaidInWords()
    {
        m_language.set(Language::English);
        QCOMPARE(ReceiptWords().errorText(ErrorCode::NotDicom), u"The file is not DICOM."_s);
    }

private:
    LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestReceiptWords)
#include "TestReceiptWords.moc"
