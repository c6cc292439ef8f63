#pragma once

#include "core/base/Error.h"
#include "core/base/StrongId.h"
#include "core/net/PresentationContext.h"

#include <span>
#include <vector>

namespace radpost::net {

/// An abstract syntax and the transfer syntax a file has.
struct ContextNeed
{
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid;
    friend bool operator==(const ContextNeed&, const ContextNeed&) = default;
};

/// Whether both are UIDs at all (PS3.5 9.1). What is not is never proposed: peers drop an association for it, and with
/// it everything else that was asked for.
[[nodiscard]] bool isProposable(const ContextNeed& need);

/// Whether a data set may be changed to an uncompressed syntax to fit what the peer takes.
enum class Conversion { Allowed, Forbidden };

/// How one instance goes over an association.
struct ContextChoice
{
    enum class Kind { AsIs, Convert, Refused };

    Kind kind = Kind::Refused;
    quint8 contextId = 0;                           ///< AsIs, Convert
    TransferSyntaxUid transferSyntaxUid;            ///< what goes over the wire
    ErrorCode refusal = ErrorCode::SopClassRefused; ///< Refused: SopClassRefused or TransferSyntaxRefused
    friend bool operator==(const ContextChoice&, const ContextChoice&) = default;
};

/// Which presentation contexts one association offers for a set of needs, and which of them carries a file afterwards.
/// A pure value; any thread.
///
/// Each pair of SOP class and file syntax has a context of its own, so that a peer can never inflate by choosing; each
/// SOP class also offers Explicit and Implicit VR Little Endian (PS3.5 10.1 requires the latter; its waiver for data
/// that exist only compressed permits, not demands, to leave it out). UIDs that nobody knows pass untouched.
class ContextPlan final
{
public:
    static constexpr std::size_t kMaxContexts = 128; ///< odd ids from 1 to 255

    /// One plan for each association that is needed; more than one only beyond 128 contexts. Needs that repeat count
    /// once, those that are not proposable never; the contexts of one SOP class stay together where they fit.
    [[nodiscard]] static std::vector<ContextPlan> make(std::span<const ContextNeed> needs);

    /// Of contexts that somebody else has proposed, with ids of his own: for the sub-operations of a C-GET.
    [[nodiscard]] static ContextPlan of(std::vector<ProposedContext> contexts);

    [[nodiscard]] const std::vector<ProposedContext>& contexts() const { return m_contexts; }

    /// True when the file's own syntax has a context to itself, accepted or not. A syntax that only shares a fallback
    /// does not count: the peer may have chosen the other one there.
    [[nodiscard]] bool covers(const ContextNeed& need) const;

    /// What @p need can use of the peer's @p answer. Answers to contexts or with syntaxes that were not offered count
    /// as refused.
    [[nodiscard]] ContextChoice choose(
        const ContextNeed& need, std::span<const AnsweredContext> answer, Conversion conversion) const;

private:
    static void addPart(
        std::vector<ContextPlan>& plans, const SopClassUid& sopClassUid, std::span<const TransferSyntaxUid> own);
    void add(const SopClassUid& sopClassUid, std::vector<TransferSyntaxUid> transferSyntaxes);
    [[nodiscard]] const ProposedContext* find(quint8 id) const;

    std::vector<ProposedContext> m_contexts;
};

} // namespace radpost::net
