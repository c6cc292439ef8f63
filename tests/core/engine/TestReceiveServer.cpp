#include "core/dicom/HeaderReader.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/engine/ReceivedStudies.h"
#include "core/engine/ReceiveServer.h"
#include "core/net/Association.h"
#include "core/net/Socket.h"
#include "core/net/dimse.h"
#include "core/net/implementation.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace std::chrono_literals;

namespace {

constexpr quint8 kContext = 1;
const QByteArray kCt = "1.2.840.10008.5.1.4.1.1.2";

std::unique_ptr<net::Association> connectTo(quint16 port, const QByteArray& callingAeTitle)
{
    auto socket = net::Socket::connect(QStringLiteral("127.0.0.1"), port, Deadline(10s), {});
    if (!socket) {
        return nullptr;
    }
    net::AssociateRq request;
    request.calledAeTitle = "RADPOST";
    request.callingAeTitle = callingAeTitle;
    request.applicationContext = net::kDicomApplicationContext.toByteArray();
    request.contexts = {{kContext, {kCt}, {{"1.2.840.10008.1.2"}}}};
    request.user.maxLength = 16384;
    request.user.implementationClassUid = "1.2.3";
    auto association = std::make_unique<net::Association>(*std::move(socket), net::Role::Requestor);
    return association->request(request, {}) ? std::move(association) : nullptr;
}

/// @return the status of the answer.
std::optional<quint16> store(net::Association& association, const QByteArray& uid, const net::Bytes& dataSet)
{
    net::CommandSet command;
    command.commandField = static_cast<quint16>(net::DimseCommand::CStoreRq);
    command.commandDataSetType = net::kHasDataSet;
    command.messageId = 1;
    command.priority = 0;
    command.affectedSopClassUid = kCt;
    command.affectedSopInstanceUid = uid;
    net::Bytes encoded;
    net::encodeCommand(command, encoded);
    if (!association.sendMessage(kContext, encoded, dataSet, {})) {
        return std::nullopt;
    }
    const auto answer = association.next(Deadline(10s), {});
    if (!answer || !*answer) {
        return std::nullopt;
    }
    const auto response = net::decodeCommand((*answer)->bytes);
    return response ? response->status : std::nullopt;
}

/// Two patients with three CT slices each.
QStringList makeStudies(const QString& folder)
{
    dicom::SyntheticParams params;
    params.folder = folder;
    params.patients = 2;
    params.series = {{dicom::SyntheticKind::Ct, 3, 32, 32}};
    params.syntax = dicom::SyntheticSyntax::ImplicitLittle;
    QStringList files;
    if (dicom::makeSyntheticStudies(params, {})) {
        QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            files.append(walk.next());
        }
    }
    return files;
}

/// Sends the data set of @p path as it is; with @p tail after it.
bool storeFile(net::Association& association, const QString& path, const QByteArray& tail = {})
{
    dicom::HeaderReader reader;
    const auto header = reader.readFile(path);
    QFile file(path);
    if (!header || !file.open(QIODevice::ReadOnly) || !file.seek(header->dataSetOffset)) {
        return false;
    }
    const QByteArray bytes = file.readAll() + tail;
    const auto* begin = reinterpret_cast<const std::byte*>(bytes.constData());
    const auto status = store(association, header->sopInstanceUid.value, net::Bytes(begin, begin + bytes.size()));
    return status == quint16(0);
}

engine::ReceiveParams here(const QString& folder)
{
    engine::ReceiveParams params;
    params.address = QStringLiteral("127.0.0.1");
    params.folder = folder;
    return params;
}

qint64 instances(const engine::ReceivedStudies& studies)
{
    qint64 sum = 0;
    for (const auto& study : studies.newest(100)) {
        sum += study.instances;
    }
    return sum;
}

} // namespace

class TestReceiveServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOpenAssociationIsListedWithWhatItBrought()
    {
        const QTemporaryDir folder;
        engine::ReceiveParams params;
        params.address = QStringLiteral("127.0.0.1");
        params.folder = folder.path();
        engine::ReceiveServer server(params);
        QVERIFY(server.start());
        QVERIFY(server.associations().empty());
        auto scanner = connectTo(server.port(), "CT01");
        QVERIFY(scanner);
        QTRY_COMPARE(server.associations().size(), std::size_t(1)); // the peer has the answer a little earlier
        QCOMPARE(server.associations().front().callingAeTitle, QStringLiteral("CT01"));
        QVERIFY(server.associations().front().peerAddress.startsWith(QStringLiteral("127.0.0.1")));
        QCOMPARE(store(*scanner, "1.2.3.4", net::Bytes(100)), quint16(0));
        QVERIFY(store(*scanner, "../evil", net::Bytes(100)).value_or(0) != 0);
        const auto open = server.associations().front();
        QCOMPARE(open.stored, qint64(1));
        QCOMPARE(open.failed, qint64(1));
        QCOMPARE(open.bytes, qint64(100));
        QVERIFY(!open.isReceiving);
        QVERIFY(scanner->release({}));
        QTRY_VERIFY(server.associations().empty());
        QCOMPARE(server.counts().stored, qint64(1));
    }

    void anAbortedAssociationLeavesTheList()
    {
        const QTemporaryDir folder;
        engine::ReceiveParams params;
        params.address = QStringLiteral("127.0.0.1");
        params.folder = folder.path();
        engine::ReceiveServer server(params);
        QVERIFY(server.start());
        auto first = connectTo(server.port(), "CT01");
        auto second = connectTo(server.port(), "MR01");
        QVERIFY(first && second);
        QTRY_COMPARE(server.associations().size(), std::size_t(2));
        first->abort();
        QTRY_COMPARE(server.associations().size(), std::size_t(1));
        QCOMPARE(server.associations().front().callingAeTitle, QStringLiteral("MR01"));
        server.stop();
        QVERIFY(server.associations().empty());
    }

    void whatArrivesIsGroupedByStudyAndFoundAgain()
    {
        const QTemporaryDir folder;
        const QTemporaryDir source;
        const auto files = makeStudies(source.path());
        QCOMPARE(files.size(), qsizetype(6));
        {
            engine::ReceivedStudies studies(folder.path());
            engine::ReceiveServer server(
                here(folder.path()), [&studies](const engine::ReceivedInstance& one) { studies.add(one); });
            QVERIFY(server.start());
            auto scanner = connectTo(server.port(), "CT01");
            QVERIFY(scanner);
            for (const auto& file : files) {
                QVERIFY(storeFile(*scanner, file));
            }
            QVERIFY(storeFile(*scanner, files.front())); // the same again is nothing new
            QTRY_COMPARE(instances(studies), qint64(6));
            QCOMPARE(studies.count(), qint64(2));
            const auto newest = studies.newest(100);
            QCOMPARE(newest.front().instances, qint64(3));
            QCOMPARE(newest.front().modalities, QStringList{QStringLiteral("CT")});
            QCOMPARE(newest.front().senders, QStringList{QStringLiteral("CT01")});
            QCOMPARE(newest.front().series.size(), std::size_t(1));
            QCOMPARE(studies.newest(1).size(), std::size_t(1));
            server.stop();
        }
        const engine::ReceivedStudies again(folder.path());
        QTRY_VERIFY(!again.isReading());
        QCOMPARE(again.count(), qint64(2));
        QCOMPARE(instances(again), qint64(6));
        const auto study = again.newest(1).front();
        QCOMPARE(study.senders, QStringList{QStringLiteral("CT01")}); // the files keep it
        const auto paths = again.files(study, 3);
        QCOMPARE(paths.size(), qsizetype(3));
        dicom::HeaderReader reader;
        for (const auto& path : paths) {
            QCOMPARE(reader.readFile(path)->studyInstanceUid, study.uid);
        }
        QVERIFY(again.files(study, 2).isEmpty()); // more than asked for
        QVERIFY(again.files({}, 100).isEmpty());
    }

    void anotherContentUnderTheSameUidIsCountedBeside()
    {
        const QTemporaryDir folder;
        const QTemporaryDir source;
        const auto file = makeStudies(source.path()).value(0);
        engine::ReceivedStudies studies(folder.path());
        engine::ReceiveServer server(
            here(folder.path()), [&studies](const engine::ReceivedInstance& one) { studies.add(one); });
        QVERIFY(server.start());
        auto scanner = connectTo(server.port(), "CT01");
        QVERIFY(scanner && storeFile(*scanner, file));
        const QByteArray padding("\xfc\xff\xfc\xff\2\0\0\0\0\0", 10); // Data Set Trailing Padding
        QVERIFY(storeFile(*scanner, file, padding));
        QTRY_COMPARE(studies.newest(1).empty() ? 0 : studies.newest(1).front().differing, qint64(1));
        QCOMPARE(studies.newest(1).front().instances, qint64(1));
        QVERIFY(scanner->release({}));
        server.stop();
        const engine::ReceivedStudies again(folder.path());
        QTRY_VERIFY(!again.isReading());
        QCOMPARE(again.newest(1).front().differing, qint64(1));
        QCOMPARE(again.newest(1).front().instances, qint64(1));
    }

    void aFileThatWasReadBeforeItsArrivalIsToldCountsOnce()
    {
        const QTemporaryDir folder;
        const QTemporaryDir source;
        const auto file = makeStudies(source.path()).value(0);
        dicom::HeaderReader reader;
        const auto header = reader.readFile(file);
        QVERIFY(header);
        const QString name = QString::fromLatin1(header->sopInstanceUid.value) + QStringLiteral(".dcm");
        QVERIFY(QFile::copy(file, folder.filePath(name)));
        engine::ReceivedStudies studies(folder.path());
        QTRY_VERIFY(!studies.isReading());
        engine::ReceivedInstance told;
        told.sopInstanceUid = header->sopInstanceUid;
        told.callingAeTitle = QStringLiteral("CT01");
        told.fileName = name;
        studies.add(told);
        QTRY_COMPARE(studies.newest(1).front().senders, QStringList{QStringLiteral("CT01")});
        QCOMPARE(studies.newest(1).front().instances, qint64(1));
    }
};

QTEST_GUILESS_MAIN(TestReceiveServer)
#include "TestReceiveServer.moc"
