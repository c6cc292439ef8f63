#include "app/common/ErrorText.h"
#include "app/common/Language.h"

#include <QSet>
#include <QTest>

#include <functional>

using namespace radpost;
using namespace radpost::app;
using namespace Qt::StringLiterals;

namespace {

constexpr int kNumbersInUse = 1000; // codes have three digits

bool hasChinese(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

// Everything that is said about errors, by a name for messages.
void forEachText(const std::function<void(const QString& name, const ErrorText& text)>& visit)
{
    for (int number = 0; number < kNumbersInUse; ++number) {
        const auto name = errorName(static_cast<ErrorCode>(number)).toString();
        if (name != u"Unknown") {
            visit(name, errorText(static_cast<ErrorCode>(number)));
        }
    }
    for (int status = 0; status <= 0xFFFF; ++status) {
        visit(u"0x%1"_s.arg(status, 4, 16, QChar(u'0')), statusText(static_cast<quint16>(status)));
    }
}

} // namespace

class TestErrorText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_language.set(Language::English); }

    void everyCodeAndStatusHasAnEnglishText()
    {
        m_language.set(Language::English);
        forEachText([](const QString& name, const ErrorText& text) {
            QVERIFY2(!text.happened.isEmpty() && !text.next.isEmpty(), qPrintable(name));
            QVERIFY2(!hasChinese(text.happened + text.notDone + text.next), qPrintable(name));
        });
    }

    void everyCodeAndStatusHasAChineseText()
    {
        m_language.set(Language::Chinese);
        forEachText([](const QString& name, const ErrorText& text) {
            QVERIFY2(hasChinese(text.happened) && hasChinese(text.next), qPrintable(name));
            QVERIFY2(text.notDone.isEmpty() || hasChinese(text.notDone), qPrintable(name));
        });
    }

    void theToneIsCalm()
    {
        for (const auto language : {Language::English, Language::Chinese}) {
            m_language.set(language);
            forEachText([](const QString& name, const ErrorText& text) {
                const QString all = text.happened + text.notDone + text.next;
                QVERIFY2(!all.contains(u'!') && !all.contains(u'！'), qPrintable(name));
                QVERIFY2(!all.contains(u"%"), qPrintable(name));
            });
        }
    }

    void aPeersStatusSaysMoreThanTheCode()
    {
        auto error = makeError(ErrorCode::StatusFailed);
        const auto general = errorText(error).happened;
        error.dimseStatus = 0xA900;
        QVERIFY(errorText(error).happened != general);
        QCOMPARE(errorText(error).happened, statusText(0xA900).happened);
    }

    void anotherCodeIsNotReplacedByTheStatus()
    {
        auto error = makeError(ErrorCode::ConnectionLost);
        error.dimseStatus = 0x0000;
        QCOMPARE(errorText(error).happened, errorText(ErrorCode::ConnectionLost).happened);
    }

    void onlyStoredStatusesLackWhatWasNotDone_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("stored");
        const auto row = [](int status, bool stored) {
            QTest::newRow(qPrintable(QString::number(status, 16))) << status << stored;
        };
        for (const int status : {0x0000, 0x0001, 0x0107, 0x0111, 0x0116, 0xB000, 0xB006, 0xB007, 0xB123}) {
            row(status, true);
        }
        for (const int status : {0x0110, 0x0117, 0x0118, 0x0122, 0x0124, 0x0210, 0x0213, 0xA700, 0xA7FF, 0xA801, 0xA900,
                 0xC000, 0xCFFF, 0xFE00, 0xFF00, 0xFF01, 0x1234}) {
            row(status, false);
        }
    }

    void onlyStoredStatusesLackWhatWasNotDone()
    {
        QFETCH(int, status);
        QFETCH(bool, stored);
        QCOMPARE(statusText(static_cast<quint16>(status)).notDone.isEmpty(), stored);
    }

private:
    LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestErrorText)
#include "TestErrorText.moc"
