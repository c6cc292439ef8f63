#include "core/engine/ReceiveServer.h"
#include "core/net/Association.h"
#include "core/net/Socket.h"
#include "core/net/dimse.h"
#include "core/net/implementation.h"

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
};

QTEST_GUILESS_MAIN(TestReceiveServer)
#include "TestReceiveServer.moc"
