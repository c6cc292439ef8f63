#include "core/net/pdu.h"
#include "core/net/pduItems.h"

namespace radpost::net {

namespace {

/// Peers pad UIDs with NUL or blanks although here they must not (PS3.8 Annex F).
QByteArray trimmedText(ConstBytes bytes)
{
    const auto isPadding = [](std::byte c) { return c == std::byte(0) || c == std::byte(' '); };
    while (!bytes.empty() && isPadding(bytes.back())) {
        bytes = bytes.first(bytes.size() - 1);
    }
    while (!bytes.empty() && isPadding(bytes.front())) {
        bytes = bytes.subspan(1);
    }
    return toByteArray(bytes);
}

/// Reads forward; what is beyond the end reads as nothing and makes the cursor bad for good.
class Cursor final
{
public:
    explicit Cursor(ConstBytes bytes)
        : m_rest(bytes)
    {
    }

    [[nodiscard]] bool isAtEnd() const { return m_rest.empty(); }
    [[nodiscard]] bool isGood() const { return m_isGood; }

    ConstBytes take(std::size_t count)
    {
        if (count > m_rest.size()) {
            m_isGood = false;
            m_rest = {};
            return {};
        }
        const auto taken = m_rest.first(count);
        m_rest = m_rest.subspan(count);
        return taken;
    }

    ConstBytes takeRest() { return take(m_rest.size()); }
    quint8 u8() { return number<quint8>(); }
    quint16 u16() { return number<quint16>(); }
    quint32 u32() { return number<quint32>(); }
    ConstBytes counted() { return take(u16()); }
    QByteArray countedText() { return toByteArray(counted()); }
    QByteArray countedUid() { return trimmedText(counted()); }

private:
    template <typename T>
    T number()
    {
        const auto bytes = take(sizeof(T));
        return bytes.empty() ? T(0) : loadBig<T>(bytes.data());
    }

    ConstBytes m_rest;
    bool m_isGood = true;
};

struct Item
{
    ItemType type{};
    ConstBytes body;
};

Item takeItem(Cursor& from)
{
    const auto type = static_cast<ItemType>(from.u8());
    from.u8();
    return {type, from.counted()};
}

tl::unexpected<Error> malformed(QStringView what)
{
    return fail(ErrorCode::ProtocolError, QStringLiteral("malformed ") % what);
}

bool readRole(ConstBytes body, UserInformation& user)
{
    Cursor cursor(body);
    RoleSelection role;
    role.sopClassUid = cursor.countedUid();
    role.scu = cursor.u8() != 0;
    role.scp = cursor.u8() != 0;
    user.roles.push_back(std::move(role));
    return cursor.isGood();
}

bool readExtended(ConstBytes body, UserInformation& user)
{
    Cursor cursor(body);
    SopClassExtended extended;
    extended.sopClassUid = cursor.countedUid();
    extended.information = toByteArray(cursor.takeRest());
    user.extended.push_back(std::move(extended));
    return cursor.isGood();
}

bool readCommonExtended(ConstBytes body, UserInformation& user)
{
    Cursor cursor(body);
    SopClassCommonExtended extended;
    extended.sopClassUid = cursor.countedUid();
    extended.serviceClassUid = cursor.countedUid();
    Cursor related(cursor.counted());
    while (!related.isAtEnd()) {
        extended.relatedSopClassUids.push_back(related.countedUid());
    }
    user.commonExtended.push_back(std::move(extended));
    return cursor.isGood() && related.isGood();
}

bool readIdentityRq(ConstBytes body, UserInformation& user)
{
    Cursor cursor(body);
    UserIdentityRq identity;
    identity.type = static_cast<UserIdentityType>(cursor.u8());
    identity.responseRequested = cursor.u8() != 0;
    identity.primary = cursor.countedText();
    identity.secondary = cursor.countedText();
    user.identity = std::move(identity);
    return cursor.isGood();
}

bool readAsyncWindow(ConstBytes body, UserInformation& user)
{
    Cursor cursor(body);
    AsyncWindow window;
    window.invoked = cursor.u16();
    window.performed = cursor.u16();
    user.asyncWindow = window;
    return cursor.isGood();
}

bool readUserItem(const Item& item, UserInformation& user)
{
    Cursor cursor(item.body);
    switch (item.type) {
    case ItemType::MaximumLength:
        user.maxLength = cursor.u32();
        return cursor.isGood();
    case ItemType::ImplementationClassUid:
        user.implementationClassUid = trimmedText(item.body);
        return true;
    case ItemType::ImplementationVersionName:
        user.implementationVersionName = trimmedText(item.body);
        return true;
    case ItemType::AsyncOperationsWindow:
        return readAsyncWindow(item.body, user);
    case ItemType::RoleSelection:
        return readRole(item.body, user);
    case ItemType::SopClassExtended:
        return readExtended(item.body, user);
    case ItemType::SopClassCommonExtended:
        return readCommonExtended(item.body, user);
    case ItemType::UserIdentityRq:
        return readIdentityRq(item.body, user);
    case ItemType::UserIdentityAc:
        user.identityAnswer = UserIdentityAc{cursor.countedText()};
        return cursor.isGood();
    default:
        return true;
    }
}

bool readUserInformation(ConstBytes body, UserInformation& user)
{
    Cursor cursor(body);
    while (!cursor.isAtEnd()) {
        const auto item = takeItem(cursor);
        if (!cursor.isGood() || !readUserItem(item, user)) {
            return false;
        }
    }
    return true;
}

bool readContext(ConstBytes body, AssociateRq& pdu)
{
    Cursor cursor(body);
    ProposedContext context;
    context.id = cursor.u8();
    cursor.take(3);
    while (!cursor.isAtEnd()) {
        const auto item = takeItem(cursor);
        if (item.type == ItemType::AbstractSyntax) {
            context.sopClassUid.value = trimmedText(item.body);
        } else if (item.type == ItemType::TransferSyntax) {
            context.transferSyntaxes.push_back({trimmedText(item.body)});
        }
    }
    pdu.contexts.push_back(std::move(context));
    return cursor.isGood();
}

bool readContext(ConstBytes body, AssociateAc& pdu)
{
    Cursor cursor(body);
    AnsweredContext context;
    context.id = cursor.u8();
    cursor.take(1);
    context.result = cursor.u8();
    cursor.take(1);
    while (!cursor.isAtEnd()) {
        const auto item = takeItem(cursor);
        if (item.type == ItemType::TransferSyntax) {
            context.transferSyntaxUid.value = trimmedText(item.body);
        }
    }
    pdu.contexts.push_back(std::move(context));
    return cursor.isGood();
}

template <typename Associate>
bool readItem(const Item& item, ItemType contextType, Associate& pdu)
{
    if (item.type == contextType) {
        return readContext(item.body, pdu);
    }
    if (item.type == ItemType::ApplicationContext) {
        pdu.applicationContext = trimmedText(item.body);
    } else if (item.type == ItemType::UserInformation) {
        return readUserInformation(item.body, pdu.user);
    }
    return true;
}

template <typename Associate>
Result<Associate> decodeAssociate(ConstBytes body, ItemType contextType, QStringView name)
{
    Cursor cursor(body);
    Associate pdu;
    pdu.protocolVersion = cursor.u16();
    cursor.take(2);
    pdu.calledAeTitle = trimmedText(cursor.take(kAeTitleSize));
    pdu.callingAeTitle = trimmedText(cursor.take(kAeTitleSize));
    cursor.take(kAssociateReservedSize);
    while (!cursor.isAtEnd()) {
        const auto item = takeItem(cursor);
        if (!cursor.isGood() || !readItem(item, contextType, pdu)) {
            return malformed(name);
        }
    }
    if (!cursor.isGood()) {
        return malformed(name);
    }
    return pdu;
}

ErrorCode rejectCode(const AssociateRj& rejection)
{
    const auto source = static_cast<RejectSource>(rejection.source);
    if (source == RejectSource::ServiceUser && rejection.reason == kRejectCalledAeNotRecognised) {
        return ErrorCode::CalledAeNotRecognised;
    }
    if (source == RejectSource::ServiceUser && rejection.reason == kRejectCallingAeNotRecognised) {
        return ErrorCode::CallingAeNotRecognised;
    }
    const bool isBusy = rejection.reason == kRejectTemporaryCongestion || rejection.reason == kRejectLocalLimitExceeded;
    if (source == RejectSource::ServiceProviderPresentation && isBusy) {
        return ErrorCode::PeerBusy;
    }
    return ErrorCode::AssociationRejected;
}

} // namespace

PduHeader decodePduHeader(const std::byte* header)
{
    return {static_cast<quint8>(header[0]), loadBig<quint32>(header + 2)};
}

Result<AssociateRq> decodeAssociateRq(ConstBytes body)
{
    return decodeAssociate<AssociateRq>(body, ItemType::PresentationContextRq, u"A-ASSOCIATE-RQ");
}

Result<AssociateAc> decodeAssociateAc(ConstBytes body)
{
    return decodeAssociate<AssociateAc>(body, ItemType::PresentationContextAc, u"A-ASSOCIATE-AC");
}

Result<AssociateRj> decodeAssociateRj(ConstBytes body)
{
    if (body.size() != 4) {
        return malformed(u"A-ASSOCIATE-RJ");
    }
    return AssociateRj{quint8(body[1]), quint8(body[2]), quint8(body[3])};
}

Result<Abort> decodeAbort(ConstBytes body)
{
    if (body.size() != 4) {
        return malformed(u"A-ABORT");
    }
    return Abort{quint8(body[2]), quint8(body[3])};
}

Result<std::vector<Pdv>> decodePData(ConstBytes body)
{
    std::vector<Pdv> values;
    Cursor cursor(body);
    while (!cursor.isAtEnd()) {
        Cursor value(cursor.take(cursor.u32()));
        Pdv pdv;
        pdv.contextId = value.u8();
        const auto control = value.u8();
        if (!cursor.isGood() || !value.isGood()) {
            return malformed(u"P-DATA-TF");
        }
        pdv.isCommand = (control & 1) != 0;
        pdv.isLast = (control & 2) != 0;
        pdv.fragment = value.takeRest();
        values.push_back(pdv);
    }
    return values;
}

Error rejectError(const AssociateRj& rejection)
{
    const auto detail = QStringLiteral("A-ASSOCIATE-RJ result %1, source %2, reason %3")
                            .arg(rejection.result)
                            .arg(rejection.source)
                            .arg(rejection.reason);
    auto error = makeError(rejectCode(rejection), detail);
    if (rejection.result == static_cast<quint8>(RejectResult::Transient)) {
        error.retry = Retry::Later;
    }
    return error;
}

Error abortError(const Abort& abort)
{
    return makeError(
        ErrorCode::PeerAborted, QStringLiteral("A-ABORT source %1, reason %2").arg(abort.source).arg(abort.reason));
}

} // namespace radpost::net
