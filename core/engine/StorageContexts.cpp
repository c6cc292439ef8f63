#include "core/engine/StorageContexts.h"

#include "core/dicom/SopClass.h"
#include "core/dicom/TransferSyntax.h"
#include "core/net/implementation.h"

namespace radpost::engine {

namespace {

// PS3.8 9.3.2.2 has room for 128; one is the query's own.
constexpr std::size_t kMostContexts = 127;

QByteArray toByteArray(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

std::vector<TransferSyntaxUid> compressedSyntaxes()
{
    std::vector<TransferSyntaxUid> syntaxes;
    for (const auto& syntax : dicom::TransferSyntax::all()) {
        if (syntax.isEncapsulated() && !syntax.isRetired) {
            syntaxes.push_back({toByteArray(syntax.uid)});
        }
    }
    return syntaxes;
}

bool hasPixels(const dicom::SopClass& known)
{
    using dicom::SopClassKind;
    return known.kind == SopClassKind::Image || known.kind == SopClassKind::Video ||
        known.kind == SopClassKind::Derived;
}

} // namespace

std::vector<TransferSyntaxUid> plainSyntaxes()
{
    return {{net::kExplicitLittleEndian.toByteArray()}, {net::kImplicitLittleEndian.toByteArray()}};
}

StorageContexts StorageContexts::of(const QSet<QByteArray>& sopClassUids)
{
    StorageContexts contexts;
    for (const auto& uid : sopClassUids) {
        const auto* known = dicom::SopClass::find(uid);
        contexts.add(uid, known == nullptr || hasPixels(*known));
    }
    return contexts;
}

StorageContexts StorageContexts::usual()
{
    StorageContexts contexts;
    for (const bool pixels : {true, false}) {
        for (const auto& known : dicom::SopClass::all()) {
            if (known.status == dicom::SopClassStatus::Current && hasPixels(known) == pixels) {
                contexts.add(toByteArray(known.uid), false);
            }
        }
    }
    return contexts;
}

void StorageContexts::add(const QByteArray& sopClassUid, bool isCompressible)
{
    if (m_wanted.size() + (isCompressible ? 2 : 1) > kMostContexts) {
        return;
    }
    m_wanted.push_back({{sopClassUid}, plainSyntaxes()});
    if (isCompressible) {
        m_wanted.push_back({{sopClassUid}, compressedSyntaxes()});
    }
}

void StorageContexts::appendTo(std::vector<net::ProposedContext>& contexts) const
{
    for (const auto& wanted : m_wanted) {
        const auto id = static_cast<quint8>(2 * contexts.size() + 1);
        contexts.push_back({id, wanted.sopClassUid, wanted.syntaxes});
    }
}

std::vector<net::RoleSelection> StorageContexts::roles() const
{
    std::vector<net::RoleSelection> roles;
    for (const auto& wanted : m_wanted) {
        if (roles.empty() || roles.back().sopClassUid != wanted.sopClassUid.value) {
            roles.push_back({wanted.sopClassUid.value, false, true});
        }
    }
    return roles;
}

} // namespace radpost::engine
