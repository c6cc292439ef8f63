#include "core/engine/ContractProvider.h"

#include <QTest>

using namespace radpost;
using namespace radpost::engine;
using namespace std::chrono_literals;

class TestContractProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thisComputerBoundsWhatADestinationAllows_data()
    {
        QTest::addColumn<int>("associations");
        QTest::addColumn<int>("maxAssociations");
        QTest::addColumn<int>("limit");
        QTest::addColumn<int>("usedAssociations");
        QTest::addColumn<int>("usedMaximum");
        QTest::newRow("no limit") << 0 << 8 << 0 << 0 << 8;
        QTest::newRow("as many as bring something, bounded") << 0 << 8 << 3 << 0 << 3;
        QTest::newRow("a fixed number, bounded") << 6 << 8 << 2 << 2 << 2;
        QTest::newRow("the destination allows less") << 1 << 2 << 5 << 1 << 2;
    }

    void thisComputerBoundsWhatADestinationAllows()
    {
        QFETCH(int, associations);
        QFETCH(int, maxAssociations);
        QFETCH(int, limit);
        config::Destination destination;
        destination.associations = associations;
        destination.maxAssociations = maxAssociations;
        const auto policy = policyOf(destination, 0ms, limit);
        QTEST(policy.associations, "usedAssociations");
        QTEST(policy.maxAssociations, "usedMaximum");
    }
};

QTEST_GUILESS_MAIN(TestContractProvider)
#include "TestContractProvider.moc"
