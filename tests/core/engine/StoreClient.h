#pragma once

#include "core/net/Association.h"
#include "core/net/Socket.h"
#include "core/net/TlsSocket.h"
#include "core/net/dimse.h"
#include "core/net/implementation.h"
#include "tests/support/DataSetBuilder.h"

#include <memory>
#include <optional>
#include <vector>

namespace radpost::test {

inline const QByteArray kCtImageStorage = "1.2.840.10008.5.1.4.1.1.2";
inline constexpr quint8 kStoreContext = 1;

/// A data set of one small CT image; another @p pixel is another content.
inline QByteArray ctImage(const QByteArray& uid, char pixel = 'x', qsizetype pixels = 2000)
{
    DataSetBuilder set(dicom::kImplicitLittleEndian);
    set.add(0x00080016U, "UI", kCtImageStorage).add(0x00080018U, "UI", uid).add(0x00080060U, "CS", "CT");
    set.add(0x00100010U, "PN", "Doe^Jane").add(0x00100020U, "LO", "P1").add(0x0020000DU, "UI", "1.2.3");
    set.add(0x0020000EU, "UI", "1.2.3.4").addShort(0x00280010U, 64);
    set.add(0x7FE00010U, "OW", QByteArray(pixels, pixel));
    return set.bytes();
}

/// A requestor that stores what a test gives it.
class StoreClient final
{
public:
    struct Wish
    {
        QByteArray callingAeTitle = "CT1";
        QByteArray calledAeTitle = "RADPOST";
        QString host = QStringLiteral("127.0.0.1");
        std::vector<net::ProposedContext> contexts{{kStoreContext, {kCtImageStorage}, {{"1.2.840.10008.1.2"}}}};
        std::shared_ptr<const net::TlsContext> tls{};
    };

    /// See error() and rejection() when it is not open.
    bool open(quint16 port) { return open(port, Wish()); }
    bool open(quint16 port, const Wish& wish)
    {
        auto transport = connect(port, wish);
        if (!transport) {
            return false;
        }
        net::AssociateRq request;
        request.calledAeTitle = wish.calledAeTitle;
        request.callingAeTitle = wish.callingAeTitle;
        request.applicationContext = net::kDicomApplicationContext.toByteArray();
        request.contexts = wish.contexts;
        request.user.maxLength = 16384;
        request.user.implementationClassUid = "1.2.3";
        m_association = std::make_unique<net::Association>(std::move(transport), net::Role::Requestor);
        return m_association->request(request, {}).has_value();
    }

    [[nodiscard]] std::optional<net::AssociateRj> rejection() const
    {
        return m_association ? m_association->rejection() : std::nullopt;
    }
    [[nodiscard]] net::Association& association() { return *m_association; }

    /// @return the status of the answer.
    std::optional<quint16> store(
        const QByteArray& uid, const QByteArray& dataSet, const QByteArray& sopClass = kCtImageStorage)
    {
        return storeIn({kStoreContext, {sopClass}, {}}, uid, dataSet);
    }

    std::optional<quint16> storeIn(
        const net::ProposedContext& context, const QByteArray& uid, const QByteArray& dataSet)
    {
        net::CommandSet command;
        command.commandField = static_cast<quint16>(net::DimseCommand::CStoreRq);
        command.commandDataSetType = net::kHasDataSet;
        command.messageId = 1;
        command.priority = 0;
        command.affectedSopClassUid = context.sopClassUid.value;
        command.affectedSopInstanceUid = uid;
        net::Bytes encoded;
        net::encodeCommand(command, encoded);
        const auto bytes = std::as_bytes(std::span(dataSet.constData(), static_cast<std::size_t>(dataSet.size())));
        if (!m_association->sendMessage(context.id, encoded, bytes, {})) {
            return std::nullopt;
        }
        const auto answer = m_association->next(Deadline(std::chrono::seconds(30)), {});
        if (!answer || !*answer) {
            return std::nullopt;
        }
        const auto response = net::decodeCommand((*answer)->bytes);
        return response ? response->status : std::nullopt;
    }

    void release() { std::ignore = m_association->release({}); }
    void close() { m_association.reset(); }

private:
    static std::unique_ptr<net::Transport> connect(quint16 port, const Wish& wish)
    {
        const Deadline deadline(std::chrono::seconds(10));
        auto socket = net::Socket::connect(wish.host, port, deadline, {});
        if (!socket || !wish.tls) {
            return socket ? std::unique_ptr<net::Transport>(std::move(*socket)) : nullptr;
        }
        auto secured = net::TlsSocket::connect(std::move(*socket), *wish.tls, wish.host, deadline, {});
        return secured ? std::unique_ptr<net::Transport>(std::move(*secured)) : nullptr;
    }

    std::unique_ptr<net::Association> m_association;
};

} // namespace radpost::test
