#include "core/dicom/SopClass.h"
#include "core/engine/StorageContexts.h"

#include <QTest>

#include <algorithm>

using namespace radpost;
using engine::StorageContexts;

namespace {

QByteArrayList classesOf(const StorageContexts& contexts)
{
    QByteArrayList uids;
    for (const auto& role : contexts.roles()) {
        uids.append(role.sopClassUid);
    }
    return uids;
}

} // namespace

/// What is offered to a peer of a C-GET.
class TestStorageContexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPartFitsIntoAnAssociation()
    {
        const auto parts = StorageContexts::usual();
        QCOMPARE(parts.size(), std::size_t(2));
        for (const auto& part : parts) {
            std::vector<net::ProposedContext> contexts{{1, {"1.2.840.10008.5.1.4.1.2.2.3"}, engine::plainSyntaxes()}};
            part.appendTo(contexts);
            QVERIFY(contexts.size() <= 128);
            QCOMPARE(contexts.back().id, static_cast<quint8>(2 * contexts.size() - 1));
        }
    }

    void everyClassIsOfferedOnce()
    {
        QByteArrayList offered;
        for (const auto& part : StorageContexts::usual()) {
            offered += classesOf(part);
        }
        QByteArrayList all;
        for (const auto& known : dicom::SopClass::all()) {
            if (known.uid != dicom::kDicomdirSopClassUid) {
                all.append(QByteArray(known.uid.data(), static_cast<qsizetype>(known.uid.size())));
            }
        }
        std::sort(offered.begin(), offered.end());
        std::sort(all.begin(), all.end());
        QCOMPARE(offered, all);
    }

    void whatHospitalsHaveComesFirst_data()
    {
        QTest::addColumn<QByteArray>("uid");
        QTest::newRow("CT") << QByteArray("1.2.840.10008.5.1.4.1.1.2");
        QTest::newRow("Basic Text SR") << QByteArray("1.2.840.10008.5.1.4.1.1.88.11");
        QTest::newRow("Enhanced SR") << QByteArray("1.2.840.10008.5.1.4.1.1.88.22");
        QTest::newRow("Comprehensive SR") << QByteArray("1.2.840.10008.5.1.4.1.1.88.33");
        QTest::newRow("X-Ray Radiation Dose SR") << QByteArray("1.2.840.10008.5.1.4.1.1.88.67");
        QTest::newRow("Key Object Selection") << QByteArray("1.2.840.10008.5.1.4.1.1.88.59");
        QTest::newRow("Grayscale Softcopy Presentation State") << QByteArray("1.2.840.10008.5.1.4.1.1.11.1");
        QTest::newRow("Encapsulated PDF") << QByteArray("1.2.840.10008.5.1.4.1.1.104.1");
        QTest::newRow("12-lead ECG") << QByteArray("1.2.840.10008.5.1.4.1.1.9.1.1");
        QTest::newRow("RT Structure Set") << QByteArray("1.2.840.10008.5.1.4.1.1.481.3");
    }

    void whatHospitalsHaveComesFirst()
    {
        QFETCH(QByteArray, uid);
        const auto first = classesOf(StorageContexts::usual().front());
        QVERIFY(first.contains(uid));
        QVERIFY(first.indexOf(uid) < 64);
    }

    void rarities_comeLast_data()
    {
        QTest::addColumn<QByteArray>("uid");
        QTest::newRow("Robotic Radiation Record") << QByteArray("1.2.840.10008.5.1.4.1.1.481.20");
        QTest::newRow("Tractography Results") << QByteArray("1.2.840.10008.5.1.4.1.1.66.6");
    }

    void rarities_comeLast()
    {
        QFETCH(QByteArray, uid);
        QVERIFY(classesOf(StorageContexts::usual().back()).contains(uid));
    }
};

QTEST_GUILESS_MAIN(TestStorageContexts)
#include "TestStorageContexts.moc"
