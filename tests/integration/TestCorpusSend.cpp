#include "core/dicom/HeaderReader.h"
#include "tests/core/engine/BatchFixture.h"
#include "tests/support/Corpus.h"
#include "tests/support/PeerProcess.h"
#include "tests/support/SampleFiles.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QSet>
#include <QStandardPaths>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::DeliveryState;

namespace {

constexpr qsizetype kMaxUidLength = 64; // PS3.5 9.1

/// PS3.8 wants fragments of even length, so that a data set of odd length gains a byte on its way.
QByteArray digest(QByteArray dataSet)
{
    if (dataSet.size() % 2 != 0) {
        dataSet += '\0';
    }
    return QCryptographicHash::hash(dataSet, QCryptographicHash::Sha256);
}

} // namespace

/// The corpus of real files through the whole engine to storescp, which keeps each byte that comes (+B).
class TestCorpusSend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFileIsAccountedFor_andWhatIsAcceptedArrivesUnchanged()
    {
        const QString corpus = corpusFolder();
        if (corpus.isEmpty()) {
            QSKIP("there is no corpus of real files: RADPOST_CORPUS, or ../shared/corpus beside the source tree");
        }
        if (QStandardPaths::findExecutable(u"storescp"_s).isEmpty()) {
            QSKIP("storescp (DCMTK) is not installed");
        }
        BatchFixture fixture;
        const QString received = fixture.path(u"out"_s);
        QVERIFY(QDir().mkpath(received));
        const quint16 port = freePort();
        PeerProcess storescp;
        QVERIFY2(
            storescp.startServer(u"storescp"_s,
                {u"+B"_s, u"+xa"_s, u"-pm"_s, u"+uf"_s, u"--fork"_s, u"-od"_s, received, QString::number(port)}, port),
            storescp.output());
        auto to = BatchFixture::destination(port);
        to.associations = 4;
        to.syntaxPolicy = config::SyntaxPolicy::AsIsOnly;
        fixture.params.giveUpAfter = 20s;
        QVERIFY2(fixture.run(to, {corpus}), qPrintable(fixture.error()));

        const auto receipt = fixture.receipt();
        QCOMPARE(receipt.job.state, store::JobState::Finished);
        QSet<QString> accounted;
        for (const auto& file : receipt.skipped) {
            accounted.insert(file.sourcePath);
        }
        for (const auto& file : receipt.duplicates) {
            accounted.insert(file.sourcePath);
        }
        QMultiHash<QByteArray, QByteArray> files; // SOP instance and digest
        for (const Sample& file : readSamples(received)) {
            files.insert(file.header.sopInstanceUid.value, digest(file.dataSet()));
        }
        int compared = 0;
        for (const auto& delivery : fixture.deliveries()) {
            accounted.insert(delivery.sourcePath);
            const auto& uid = delivery.sopInstanceUid.value;
            if (delivery.state == DeliveryState::Rejected) {
                QVERIFY2(delivery.lastAttempt && delivery.lastAttempt->errorCode, qPrintable(delivery.sourcePath));
                continue;
            }
            QVERIFY2(delivery.state == DeliveryState::Stored || delivery.state == DeliveryState::StoredWithWarning,
                qPrintable(delivery.sourcePath));
            if (!QFile::exists(delivery.sourcePath) || uid.size() > kMaxUidLength) {
                continue; // a member of an archive; a name for which the network layer of storescp has no room
            }
            const auto header = dicom::HeaderReader().readFile(delivery.sourcePath);
            QVERIFY2(header, qPrintable(delivery.sourcePath));
            const Sample sent{delivery.sourcePath, *header};
            QVERIFY2(files.contains(uid, digest(sent.dataSet())), qPrintable(delivery.sourcePath));
            ++compared;
        }
        qInfo("%d data sets compared; %lld stored, %lld with a warning, %lld rejected, %lld skipped, %lld duplicates",
            compared, receipt.counts.of(DeliveryState::Stored), receipt.counts.of(DeliveryState::StoredWithWarning),
            receipt.counts.of(DeliveryState::Rejected), qint64(receipt.skipped.size()),
            qint64(receipt.duplicates.size()));
        QVERIFY(compared > 100);
        QVERIFY(receipt.counts.of(DeliveryState::Rejected) < compared / 4);

        QDirIterator walk(corpus, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString path = walk.next();
            const bool isTold = std::any_of(accounted.begin(), accounted.end(),
                [&path](const QString& told) { return told.startsWith(path); }); // or as an archive with its members
            QVERIFY2(isTold, qPrintable(path));
        }
    }
};

QTEST_GUILESS_MAIN(TestCorpusSend)
#include "TestCorpusSend.moc"
