#pragma once

#include "core/net/Acceptor.h"
#include "core/net/FileReceiver.h"
#include "core/net/Socket.h"
#include "core/net/StoreScu.h"
#include "core/net/implementation.h"
#include "tests/support/DataSetBuilder.h"

#include <QFile>
#include <QTemporaryDir>

#include <memory>

namespace radpost::test {

/// Part 10 files to send, a receiver to send them to, and what came of them.
class StoreFixture
{
public:
    static constexpr auto kLimit = std::chrono::seconds(20); ///< generous: only a hang takes as long

    /// A file whose data set has about @p size bytes.
    net::StoreRequest makeFile(const QByteArray& uid, qsizetype size)
    {
        DataSetBuilder builder;
        builder.add(0x00080016U, "UI", kSopClass).add(0x00080018U, "UI", uid);
        QByteArray pixels(size & ~qsizetype(1), uid.back());
        for (qsizetype i = 0; i < pixels.size(); ++i) { // each byte tells where it belongs
            pixels.data()[i] = char(pixels.data()[i] ^ i ^ (i >> 8) ^ (i >> 16));
        }
        builder.add(0x00100010U, "PN", "TEST").addHead(0x7FE00010U, "OW", quint32(pixels.size())).addRaw(pixels);
        const auto meta = fileMeta(net::kExplicitLittleEndian, kSopClass, uid);
        net::StoreRequest request;
        request.tag = ++m_lastTag;
        request.path = m_sources.filePath(QString::fromLatin1(uid) + QStringLiteral(".dcm"));
        QFile file(request.path);
        if (!file.open(QIODevice::WriteOnly) || file.write(meta + builder.bytes()) < 0) {
            qFatal("cannot write a test file");
        }
        file.close();
        request.expectedSizeBytes = file.size();
        request.dataSetOffset = meta.size();
        request.dataSetLength = builder.bytes().size();
        request.contextId = 1;
        request.sopClassUid.value = kSopClass;
        request.sopInstanceUid.value = uid;
        return request;
    }

    static net::AssociateRq associateRequest(std::optional<quint16> window = 0)
    {
        net::AssociateRq request;
        request.calledAeTitle = "FAR";
        request.callingAeTitle = "NEAR";
        request.applicationContext = net::kDicomApplicationContext.toByteArray();
        request.contexts = {{1, {kSopClass}, {{net::kExplicitLittleEndian.toByteArray()}}},
            {3, {net::kVerificationSopClass.toByteArray()}, {{net::kImplicitLittleEndian.toByteArray()}}}};
        request.user.maxLength = 65536;
        request.user.implementationClassUid = "1.2.3";
        if (window) {
            request.user.asyncWindow = net::AsyncWindow{*window, 1};
        }
        return request;
    }

    static Result<std::unique_ptr<net::Association>> associate(quint16 port, const net::AssociateRq& request,
        const net::AssociationTimeouts& timeouts = {}, const CancelToken& cancel = {})
    {
        auto socket = net::Socket::connect(QStringLiteral("127.0.0.1"), port, Deadline(kLimit), cancel);
        if (!socket) {
            return fail(std::move(socket.error()));
        }
        auto association = std::make_unique<net::Association>(std::move(*socket), net::Role::Requestor, timeouts);
        if (auto asked = association->request(request, cancel); !asked) {
            return fail(std::move(asked.error()));
        }
        return association;
    }

    static std::unique_ptr<net::StoreScu> openScu(quint16 port, std::optional<quint16> window = 0)
    {
        auto association = associate(port, associateRequest(window));
        return association ? std::make_unique<net::StoreScu>(std::move(*association)) : nullptr;
    }

    /// The data set that the request sends.
    static QByteArray dataSetOf(const net::StoreRequest& request)
    {
        QFile file(request.path);
        if (!file.open(QIODevice::ReadOnly)) {
            return {};
        }
        return file.readAll().mid(request.dataSetOffset, request.dataSetLength);
    }

    /// What follows the file meta information of a file.
    static QByteArray dataSetOf(const QString& path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            return {};
        }
        const auto all = file.readAll();
        if (all.size() < 144 || all.mid(128, 4) != "DICM") {
            return {};
        }
        return all.mid(144 + qsizetype(net::loadLittle<quint32>(net::asBytes(all).data() + 140)));
    }

    [[nodiscard]] QString receivedPath(const QByteArray& name = {}) const
    {
        return m_received.filePath(QString::fromLatin1(name));
    }
    [[nodiscard]] bool arrivedWhole(const net::StoreRequest& request) const
    {
        const auto sent = dataSetOf(request);
        return !sent.isEmpty() && dataSetOf(receivedPath(request.sopInstanceUid.value + ".dcm")) == sent;
    }

    inline static const QByteArray kSopClass = "1.2.840.10008.5.1.4.1.1.7";

private:
    QTemporaryDir m_sources;
    QTemporaryDir m_received;
    quint64 m_lastTag = 0;
};

} // namespace radpost::test
