#include "core/route/GroupSelector.h"

#include <QHash>
#include <QTest>

using namespace radpost;
using namespace radpost::route;
using namespace Qt::StringLiterals;

namespace {

config::DestinationGroup group(int members)
{
    config::DestinationGroup made{u"g"_s, config::GroupKind::Balance, {}};
    for (int i = 0; i < members; ++i) {
        made.members.append(u"node%1"_s.arg(i));
    }
    return made;
}

StudyInstanceUid study(int number)
{
    return {"1.2.840.113619.2.55." + QByteArray::number(number)};
}

} // namespace

class TestGroupSelector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStudyStaysTogether()
    {
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(chooseMember(group(4), study(i), {}).member, chooseMember(group(4), study(i), {}).member);
        }
    }

    void theChoiceIsTheSameOnEveryComputer()
    {
        // By a second implementation, in Python. Two gateways, and this one after its next start, must agree.
        QStringList first;
        for (int i = 0; i < 6; ++i) {
            first.append(chooseMember(group(4), study(i), {}).member.last(1));
        }
        QCOMPARE(first.join(QString()), u"313102"_s);
    }

    void studiesAreShared()
    {
        QHash<QString, int> counts;
        for (int i = 0; i < 4000; ++i) {
            ++counts[chooseMember(group(4), study(i), {}).member];
        }
        QCOMPARE(counts.size(), 4);
        for (const int count : counts) {
            QVERIFY2(count > 850 && count < 1150, qPrintable(QString::number(count)));
        }
    }

    void onlyStudiesOfTheSickMemberMove()
    {
        Surroundings sick;
        sick.isHealthy = [](const QString& name) { return name != u"node1"; };
        for (int i = 0; i < 1000; ++i) {
            const auto before = chooseMember(group(4), study(i), {}).member;
            const auto after = chooseMember(group(4), study(i), sick).member;
            QVERIFY(after != u"node1");
            QVERIFY(before == u"node1" || after == before);
        }
    }

    void aStudyGoesOnWhereItBegan()
    {
        Surroundings surroundings;
        surroundings.earlierMember = [](const QString& name, const StudyInstanceUid&) {
            return name == u"g" ? u"node3"_s : QString();
        };
        for (int i = 0; i < 20; ++i) {
            const auto choice = chooseMember(group(4), study(i), surroundings);
            QCOMPARE(choice.member, u"node3"_s);
            QCOMPARE(choice.reason, ChoiceReason::Earlier);
        }
        surroundings.isHealthy = [](const QString& name) { return name != u"node3"; };
        QVERIFY(chooseMember(group(4), study(1), surroundings).member != u"node3");
    }

    void whenNoneIsHealthyStudiesWaitWhereTheyBelong()
    {
        Surroundings sick;
        sick.isHealthy = [](const QString&) { return false; };
        const auto choice = chooseMember(group(4), study(1), sick);
        QCOMPARE(choice.member, chooseMember(group(4), study(1), {}).member);
        QCOMPARE(choice.reason, ChoiceReason::NoneHealthy);
    }
};

QTEST_GUILESS_MAIN(TestGroupSelector)
#include "TestGroupSelector.moc"
