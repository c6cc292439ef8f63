#include "tests/ui/support/UiFixture.h"

#include "ui/common/ProblemList.h"

#include <QAbstractButton>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

class TestProblemList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void theSameTroubleStandsThereOnce()
    {
        ProblemList list;
        list.show(u"x"_s, errorNotice(makeError(ErrorCode::DiskFull)));
        list.show(u"x"_s, errorNotice(makeError(ErrorCode::LedgerFailed)));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(list.findChildren<Banner*>().size(), 1);
        list.remove(u"x"_s);
        QVERIFY(list.banner(u"x"_s) == nullptr);
    }

    void anErrorIsSaidInBothLanguages()
    {
        ProblemList list;
        list.show(u"x"_s, errorNotice(makeError(ErrorCode::DiskFull, u"/data"_s)));
        const auto english = list.banner(u"x"_s)->heading();
        QCOMPARE(english, u"The disk is full."_s);
        m_language.set(app::Language::Chinese);
        QCoreApplication::sendEvent(list.banner(u"x"_s), std::make_unique<QEvent>(QEvent::LanguageChange).get());
        QVERIFY(list.banner(u"x"_s)->heading() != english);
        QVERIFY(!list.banner(u"x"_s)->text().isEmpty());
    }

    void actionsActAndTheCrossCloses()
    {
        ProblemList list;
        int acted = 0;
        Notice notice;
        notice.heading = [] { return u"Gone"_s; };
        notice.actions = {{[] { return u"Undo"_s; }, [&acted] { ++acted; }}};
        list.show(u"x"_s, notice);
        for (auto* button : list.banner(u"x"_s)->findChildren<QAbstractButton*>()) {
            QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(acted, 1);
        QVERIFY(list.banner(u"x"_s) == nullptr);
        QVERIFY(namelessWidgets(list).isEmpty());
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestProblemList)
#include "TestProblemList.moc"
