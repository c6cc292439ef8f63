#include "core/net/AssociationState.h"

#include <QMap>
#include <QStringList>
#include <QTest>

using namespace radpost::net;

namespace {

/// PS3.8 Table 9-10 as it is printed: a row for each event, a column for each state, "-" for an empty cell, "action
/// next" otherwise. Typed in from the Standard a second time, so that a slip in either is seen.
const QStringList kPrinted{
    // clang-format off
    //                 1      2      3      4      5      6      7       8      9      10      11     12     13
    QStringLiteral("AE-1:4 -      -      -      -      -      -       -      -      -       -      -      -"),
    QStringLiteral("-      -      -      AE-2:5 -      -      -       -      -      -       -      -      -"),
    QStringLiteral("-      AA-1:13 AA-8:13 - AE-3:6 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-6:13"),
    QStringLiteral("-      AA-1:13 AA-8:13 - AE-4:1 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-6:13"),
    QStringLiteral("AE-5:2 -      -      -      -      -      -       -      -      -       -      -      -"),
    QStringLiteral("-      AE-6:3 AA-8:13 - AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-7:13"),
    QStringLiteral("-      -      AE-7:6 -      -      -      -       -      -      -       -      -      -"),
    QStringLiteral("-      -      AE-8:13 -     -      -      -       -      -      -       -      -      -"),
    QStringLiteral("-      -      -      -      -      DT-1:6 -       AR-7:8 -      -       -      -      -"),
    QStringLiteral("-      AA-1:13 AA-8:13 - AA-8:13 DT-2:6 AR-6:7 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-6:13"),
    QStringLiteral("-      -      -      -      -      AR-1:7 -       -      -      -       -      -      -"),
    QStringLiteral("-      AA-1:13 AA-8:13 - AA-8:13 AR-2:8 AR-8:9/10 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-6:13"),
    QStringLiteral("-      AA-1:13 AA-8:13 - AA-8:13 AA-8:13 AR-3:1 AA-8:13 AA-8:13 AR-10:12 AR-3:1 AA-8:13 AA-6:13"),
    QStringLiteral("-      -      -      -      -      -      -       AR-4:13 AR-9:11 -     -      AR-4:13 -"),
    QStringLiteral("-      -      AA-1:13 AA-2:1 AA-1:13 AA-1:13 AA-1:13 AA-1:13 AA-1:13 AA-1:13 AA-1:13 AA-1:13 -"),
    QStringLiteral("-      AA-2:1 AA-3:1 -      AA-3:1 AA-3:1 AA-3:1  AA-3:1 AA-3:1 AA-3:1  AA-3:1 AA-3:1 AA-2:1"),
    QStringLiteral("-      AA-5:1 AA-4:1 AA-4:1 AA-4:1 AA-4:1 AA-4:1  AA-4:1 AA-4:1 AA-4:1  AA-4:1 AA-4:1 AR-5:1"),
    QStringLiteral("-      AA-2:1 -      -      -      -      -       -      -      -       -      -      AA-2:1"),
    QStringLiteral("-      AA-1:13 AA-8:13 - AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-8:13 AA-7:13"),
    // clang-format on
};

Action actionNamed(const QString& name)
{
    using enum Action;
    static const QMap<QString, Action> names{{QStringLiteral("AE-1"), AE1}, {QStringLiteral("AE-2"), AE2},
        {QStringLiteral("AE-3"), AE3}, {QStringLiteral("AE-4"), AE4}, {QStringLiteral("AE-5"), AE5},
        {QStringLiteral("AE-6"), AE6}, {QStringLiteral("AE-7"), AE7}, {QStringLiteral("AE-8"), AE8},
        {QStringLiteral("DT-1"), DT1}, {QStringLiteral("DT-2"), DT2}, {QStringLiteral("AR-1"), AR1},
        {QStringLiteral("AR-2"), AR2}, {QStringLiteral("AR-3"), AR3}, {QStringLiteral("AR-4"), AR4},
        {QStringLiteral("AR-6"), AR6}, {QStringLiteral("AR-5"), AR5}, {QStringLiteral("AR-7"), AR7},
        {QStringLiteral("AR-8"), AR8}, {QStringLiteral("AR-9"), AR9}, {QStringLiteral("AR-10"), AR10},
        {QStringLiteral("AA-1"), AA1}, {QStringLiteral("AA-2"), AA2}, {QStringLiteral("AA-3"), AA3},
        {QStringLiteral("AA-4"), AA4}, {QStringLiteral("AA-5"), AA5}, {QStringLiteral("AA-6"), AA6},
        {QStringLiteral("AA-7"), AA7}, {QStringLiteral("AA-8"), AA8}};
    return names.value(name, None);
}

Transition expected(const QString& cell, State state, Role role)
{
    if (cell == QStringLiteral("-")) {
        return {Action::None, state};
    }
    const auto next = cell.section(QLatin1Char(':'), 1).split(QLatin1Char('/'));
    const auto& mine = role == Role::Requestor ? next.first() : next.last();
    return {actionNamed(cell.section(QLatin1Char(':'), 0, 0)), static_cast<State>(mine.toInt())};
}

} // namespace

class TestAssociationState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCellIsThatOfTheStandard()
    {
        QCOMPARE(std::size_t(kPrinted.size()), kEventCount);
        int filled = 0;
        for (const auto role : {Role::Requestor, Role::Acceptor}) {
            for (std::size_t event = 1; event <= kEventCount; ++event) {
                const auto cells = kPrinted.at(qsizetype(event) - 1).split(QLatin1Char(' '), Qt::SkipEmptyParts);
                QCOMPARE(std::size_t(cells.size()), kStateCount);
                for (std::size_t state = 1; state <= kStateCount; ++state) {
                    const auto at = static_cast<State>(state);
                    const auto got = transition(at, static_cast<Event>(event), role);
                    const auto wanted = expected(cells.at(qsizetype(state) - 1), at, role);
                    QVERIFY2(got == wanted, qPrintable(QStringLiteral("Evt%1 Sta%2").arg(event).arg(state)));
                    filled += got.action == Action::None ? 0 : 1;
                }
            }
        }
        QCOMPARE(filled, 2 * 123);
    }

    void theTwoSidesPartOnlyAtAReleaseCollision()
    {
        QCOMPARE(transition(State::Sta7, Event::ReleaseRqPdu, Role::Requestor).next, State::Sta9);
        QCOMPARE(transition(State::Sta7, Event::ReleaseRqPdu, Role::Acceptor).next, State::Sta10);
    }

    void noStateIsWithoutAWayOut()
    {
        for (std::size_t state = 2; state <= kStateCount; ++state) {
            const auto closed = transition(static_cast<State>(state), Event::TransportClosed, Role::Requestor);
            QCOMPARE(closed.next, State::Sta1);
        }
    }
};

QTEST_GUILESS_MAIN(TestAssociationState)
#include "TestAssociationState.moc"
