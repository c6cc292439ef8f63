#include "core/net/pdu.h"
#include "core/net/pduItems.h"

#include <algorithm>
#include <limits>

namespace radpost::net {

namespace {

class Writer final
{
public:
    void u8(quint8 value) { m_bytes.push_back(std::byte(value)); }
    void u16(quint16 value) { number(value); }
    void u32(quint32 value) { number(value); }
    void zeros(std::size_t count) { m_bytes.resize(m_bytes.size() + count); }

    void text(const QByteArray& value)
    {
        const auto bytes = asBytes(value);
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    }

    void aeTitle(const QByteArray& value) { text(value.left(kAeTitleSize).leftJustified(kAeTitleSize, ' ')); }

    /// A length field of two bytes, and what it counts.
    template <typename Body>
    void counted(Body&& body)
    {
        const auto at = m_bytes.size();
        u16(0);
        body();
        const auto length = m_bytes.size() - at - 2;
        m_fits = m_fits && length <= std::numeric_limits<quint16>::max();
        storeBig(static_cast<quint16>(length), m_bytes.data() + at);
    }

    void countedText(const QByteArray& value)
    {
        counted([&] { text(value); });
    }

    template <typename Body>
    void item(ItemType type, Body&& body)
    {
        u8(static_cast<quint8>(type));
        u8(0);
        counted(std::forward<Body>(body));
    }

    void textItem(ItemType type, const QByteArray& value)
    {
        item(type, [&] { text(value); });
    }

    void begin(PduType type)
    {
        u8(static_cast<quint8>(type));
        u8(0);
        u32(0);
    }

    [[nodiscard]] Bytes finish()
    {
        storeBig(static_cast<quint32>(m_bytes.size() - kPduHeaderSize), m_bytes.data() + 2);
        return std::move(m_bytes);
    }

    [[nodiscard]] bool fits() const { return m_fits; }

private:
    template <typename T>
    void number(T value)
    {
        const auto at = m_bytes.size();
        m_bytes.resize(at + sizeof value);
        storeBig(value, m_bytes.data() + at);
    }

    Bytes m_bytes;
    bool m_fits = true;
};

void writeRole(Writer& to, const RoleSelection& role)
{
    to.item(ItemType::RoleSelection, [&] {
        to.countedText(role.sopClassUid);
        to.u8(role.scu ? 1 : 0);
        to.u8(role.scp ? 1 : 0);
    });
}

void writeExtended(Writer& to, const SopClassExtended& extended)
{
    to.item(ItemType::SopClassExtended, [&] {
        to.countedText(extended.sopClassUid);
        to.text(extended.information);
    });
}

void writeCommonExtended(Writer& to, const SopClassCommonExtended& extended)
{
    to.item(ItemType::SopClassCommonExtended, [&] {
        to.countedText(extended.sopClassUid);
        to.countedText(extended.serviceClassUid);
        to.counted([&] {
            for (const auto& related : extended.relatedSopClassUids) {
                to.countedText(related);
            }
        });
    });
}

void writeIdentity(Writer& to, const UserIdentityRq& identity)
{
    to.item(ItemType::UserIdentityRq, [&] {
        to.u8(static_cast<quint8>(identity.type));
        to.u8(identity.responseRequested ? 1 : 0);
        to.countedText(identity.primary);
        to.countedText(identity.secondary);
    });
}

void writeImplementation(Writer& to, const UserInformation& user)
{
    if (!user.implementationClassUid.isEmpty()) {
        to.textItem(ItemType::ImplementationClassUid, user.implementationClassUid);
    }
    if (user.asyncWindow) {
        to.item(ItemType::AsyncOperationsWindow, [&] {
            to.u16(user.asyncWindow->invoked);
            to.u16(user.asyncWindow->performed);
        });
    }
    for (const auto& role : user.roles) {
        writeRole(to, role);
    }
    if (!user.implementationVersionName.isEmpty()) {
        to.textItem(ItemType::ImplementationVersionName, user.implementationVersionName);
    }
}

// Sub-items in order of their type, as the Standard lists them.
void writeUserInformation(Writer& to, const UserInformation& user)
{
    to.item(ItemType::UserInformation, [&] {
        if (user.maxLength) {
            to.item(ItemType::MaximumLength, [&] { to.u32(*user.maxLength); });
        }
        writeImplementation(to, user);
        for (const auto& extended : user.extended) {
            writeExtended(to, extended);
        }
        for (const auto& extended : user.commonExtended) {
            writeCommonExtended(to, extended);
        }
        if (user.identity) {
            writeIdentity(to, *user.identity);
        }
        if (user.identityAnswer) {
            to.item(ItemType::UserIdentityAc, [&] { to.countedText(user.identityAnswer->serverResponse); });
        }
    });
}

template <typename Associate>
void writeFixedPart(Writer& to, const Associate& pdu)
{
    to.u16(pdu.protocolVersion);
    to.u16(0);
    to.aeTitle(pdu.calledAeTitle);
    to.aeTitle(pdu.callingAeTitle);
    to.zeros(kAssociateReservedSize);
    to.textItem(ItemType::ApplicationContext, pdu.applicationContext);
}

void writeContext(Writer& to, const ProposedContext& context)
{
    to.item(ItemType::PresentationContextRq, [&] {
        to.u8(context.id);
        to.zeros(3);
        to.textItem(ItemType::AbstractSyntax, context.sopClassUid.value);
        for (const auto& syntax : context.transferSyntaxes) {
            to.textItem(ItemType::TransferSyntax, syntax.value);
        }
    });
}

void writeContext(Writer& to, const AnsweredContext& context)
{
    to.item(ItemType::PresentationContextAc, [&] {
        to.u8(context.id);
        to.u8(0);
        to.u8(context.result);
        to.u8(0);
        to.textItem(ItemType::TransferSyntax, context.transferSyntaxUid.value);
    });
}

template <typename Associate>
Result<Bytes> encodeAssociate(PduType type, const Associate& pdu)
{
    Writer writer;
    writer.begin(type);
    writeFixedPart(writer, pdu);
    for (const auto& context : pdu.contexts) {
        writeContext(writer, context);
    }
    writeUserInformation(writer, pdu.user);
    if (!writer.fits()) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("an association item is longer than 65535 bytes"));
    }
    return writer.finish();
}

Bytes encodeFourBytes(PduType type, quint8 second, quint8 third, quint8 fourth)
{
    Writer writer;
    writer.begin(type);
    writer.u8(0);
    writer.u8(second);
    writer.u8(third);
    writer.u8(fourth);
    return writer.finish();
}

} // namespace

Result<Bytes> encode(const AssociateRq& pdu)
{
    return encodeAssociate(PduType::AssociateRq, pdu);
}

Result<Bytes> encode(const AssociateAc& pdu)
{
    return encodeAssociate(PduType::AssociateAc, pdu);
}

Bytes encode(const AssociateRj& pdu)
{
    return encodeFourBytes(PduType::AssociateRj, pdu.result, pdu.source, pdu.reason);
}

Bytes encode(const Abort& pdu)
{
    return encodeFourBytes(PduType::Abort, 0, pdu.source, pdu.reason);
}

Bytes encodeReleaseRq()
{
    return encodeFourBytes(PduType::ReleaseRq, 0, 0, 0);
}

Bytes encodeReleaseRp()
{
    return encodeFourBytes(PduType::ReleaseRp, 0, 0, 0);
}

void writeDataHeader(std::byte* to, quint8 contextId, bool isCommand, bool isLast, quint32 fragmentSize)
{
    to[0] = std::byte(PduType::PData);
    to[1] = std::byte(0);
    storeBig<quint32>(fragmentSize + quint32(kPdvHeaderSize), to + 2);
    storeBig<quint32>(fragmentSize + 2, to + kPduHeaderSize); // counts context id and control header
    to[10] = std::byte(contextId);
    to[11] = std::byte((isCommand ? 1 : 0) | (isLast ? 2 : 0));
}

} // namespace radpost::net
