#include "core/net/ContextPlan.h"

#include "core/dicom/TransferSyntax.h"
#include "core/dicom/uid.h"

#include <algorithm>
#include <string_view>

namespace radpost::net {

namespace {

constexpr auto kImplicitLittle = dicom::kImplicitVrLittleEndianUid;
constexpr auto kExplicitLittle = dicom::kExplicitVrLittleEndianUid;

std::string_view viewOf(const QByteArray& text)
{
    return {text.constData(), static_cast<std::size_t>(text.size())};
}

TransferSyntaxUid uidOf(std::string_view text)
{
    return {QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()))};
}

bool contains(std::span<const TransferSyntaxUid> list, const TransferSyntaxUid& uid)
{
    return std::find(list.begin(), list.end(), uid) != list.end();
}

/// Whether a data set in this syntax can become uncompressed little endian without losing anything; what nobody knows
/// and video cannot.
bool isConvertible(const TransferSyntaxUid& uid)
{
    const auto* syntax = dicom::TransferSyntax::find(uid.value);
    return syntax != nullptr && syntax->canDecompress();
}

/// All syntaxes that were asked for with one SOP class, in the order of their first appearance.
struct ClassNeeds
{
    SopClassUid sopClassUid;
    std::vector<TransferSyntaxUid> syntaxes;
};

std::vector<ClassNeeds> groupByClass(std::span<const ContextNeed> needs)
{
    std::vector<ClassNeeds> groups;
    for (const ContextNeed& need : needs) {
        if (!isProposable(need)) {
            continue;
        }
        auto group = std::find_if(groups.begin(), groups.end(),
            [&need](const ClassNeeds& candidate) { return candidate.sopClassUid == need.sopClassUid; });
        if (group == groups.end()) {
            group = groups.insert(groups.end(), ClassNeeds{need.sopClassUid, {}});
        }
        if (!contains(group->syntaxes, need.transferSyntaxUid)) {
            group->syntaxes.push_back(need.transferSyntaxUid);
        }
    }
    return groups;
}

// A syntax that has a context of its own need not stand in the fallback: the peer can accept it there.
std::vector<TransferSyntaxUid> fallbackFor(std::span<const TransferSyntaxUid> own)
{
    std::vector<TransferSyntaxUid> fallback;
    for (const std::string_view uncompressed : {kExplicitLittle, kImplicitLittle}) {
        if (!contains(own, uidOf(uncompressed))) {
            fallback.push_back(uidOf(uncompressed));
        }
    }
    return fallback;
}

} // namespace

bool isProposable(const ContextNeed& need)
{
    return dicom::isValidUid(need.sopClassUid.value) && dicom::isValidUid(need.transferSyntaxUid.value);
}

std::vector<ContextPlan> ContextPlan::make(std::span<const ContextNeed> needs)
{
    std::vector<ContextPlan> plans;
    for (const ClassNeeds& group : groupByClass(needs)) {
        // One slot of each part is for the fallback; only a class with more than 127 syntaxes has a second part.
        const std::span<const TransferSyntaxUid> all(group.syntaxes);
        for (std::size_t begin = 0; begin < all.size(); begin += kMaxContexts - 1) {
            addPart(plans, group.sopClassUid, all.subspan(begin, std::min(kMaxContexts - 1, all.size() - begin)));
        }
    }
    return plans;
}

ContextPlan ContextPlan::of(std::vector<ProposedContext> contexts)
{
    ContextPlan plan;
    plan.m_contexts = std::move(contexts);
    return plan;
}

void ContextPlan::addPart(
    std::vector<ContextPlan>& plans, const SopClassUid& sopClassUid, std::span<const TransferSyntaxUid> own)
{
    const std::vector<TransferSyntaxUid> fallback = fallbackFor(own);
    const std::size_t count = own.size() + (fallback.empty() ? 0 : 1);
    auto plan = std::find_if(plans.begin(), plans.end(),
        [count](const ContextPlan& candidate) { return candidate.m_contexts.size() + count <= kMaxContexts; });
    if (plan == plans.end()) {
        plan = plans.emplace(plans.end());
    }
    for (const TransferSyntaxUid& syntax : own) {
        plan->add(sopClassUid, {syntax});
    }
    if (!fallback.empty()) {
        plan->add(sopClassUid, fallback);
    }
}

void ContextPlan::add(const SopClassUid& sopClassUid, std::vector<TransferSyntaxUid> transferSyntaxes)
{
    const auto id = static_cast<quint8>(2 * m_contexts.size() + 1);
    m_contexts.push_back({id, sopClassUid, std::move(transferSyntaxes)});
}

const ProposedContext* ContextPlan::find(quint8 id) const
{
    const std::size_t index = (id - 1U) / 2U; // the inverse of add()
    if (index < m_contexts.size() && m_contexts[index].id == id) {
        return &m_contexts[index];
    }
    const auto found = std::find_if(
        m_contexts.begin(), m_contexts.end(), [id](const ProposedContext& context) { return context.id == id; });
    return found == m_contexts.end() ? nullptr : &*found;
}

bool ContextPlan::covers(const ContextNeed& need) const
{
    return std::any_of(m_contexts.begin(), m_contexts.end(), [&need](const ProposedContext& context) {
        return context.sopClassUid == need.sopClassUid && context.transferSyntaxes.size() == 1 &&
            context.transferSyntaxes.front() == need.transferSyntaxUid;
    });
}

ContextChoice ContextPlan::choose(
    const ContextNeed& need, std::span<const AnsweredContext> answer, Conversion conversion) const
{
    ContextChoice converted;
    bool classKnown = false;
    for (const AnsweredContext& context : answer) {
        const ProposedContext* offer = find(context.id);
        if (offer == nullptr || offer->sopClassUid != need.sopClassUid) {
            continue;
        }
        if (context.result != kContextAccepted || !contains(offer->transferSyntaxes, context.transferSyntaxUid)) {
            classKnown |= context.result == kContextTransferSyntaxesNotSupported;
            continue;
        }
        classKnown = true;
        if (context.transferSyntaxUid == need.transferSyntaxUid) {
            return {ContextChoice::Kind::AsIs, context.id, context.transferSyntaxUid, {}};
        }
        const std::string_view accepted = viewOf(context.transferSyntaxUid.value);
        // Explicit is preferred: it keeps the value representations of private elements.
        if (accepted == kExplicitLittle || (accepted == kImplicitLittle && converted.contextId == 0)) {
            converted = {ContextChoice::Kind::Convert, context.id, context.transferSyntaxUid, {}};
        }
    }
    if (converted.contextId != 0 && conversion == Conversion::Allowed && isConvertible(need.transferSyntaxUid)) {
        return converted;
    }
    const auto refusal = classKnown ? ErrorCode::TransferSyntaxRefused : ErrorCode::SopClassRefused;
    return {ContextChoice::Kind::Refused, 0, {}, refusal};
}

} // namespace radpost::net
