#include "core/net/commitment.h"

#include "core/dicom/Identifier.h"
#include "core/dicom/uid.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::net {

namespace {

namespace tag = dicom::tag;
using dicom::Identifier;

tl::unexpected<Error> malformed(const QString& detail)
{
    return fail(ErrorCode::DicomMalformed, u"storage commitment: "_s + detail);
}

Identifier itemOf(const SopReference& reference)
{
    Identifier item;
    item.set(tag::kReferencedSopClassUid, reference.sopClassUid.toString());
    item.set(tag::kReferencedSopInstanceUid, reference.sopInstanceUid.toString());
    return item;
}

bool areNamed(const std::vector<SopReference>& references)
{
    return std::all_of(references.begin(), references.end(), [](const SopReference& reference) {
        return !reference.sopClassUid.isEmpty() && !reference.sopInstanceUid.isEmpty();
    });
}

/// The items of a sequence; none: the sequence is not there.
const std::vector<Identifier>* itemsOf(const Identifier& identifier, quint32 sequence)
{
    const auto& attributes = identifier.attributes();
    const auto found = std::find_if(attributes.begin(), attributes.end(),
        [sequence](const Identifier::Attribute& attribute) { return attribute.tag == sequence; });
    return found == attributes.end() ? nullptr : &found->items;
}

Result<SopReference> referenceOf(const Identifier& item)
{
    SopReference reference{
        {item.value(tag::kReferencedSopClassUid).toLatin1()}, {item.value(tag::kReferencedSopInstanceUid).toLatin1()}};
    if (!dicom::isValidUid(reference.sopClassUid.value) || !dicom::isValidUid(reference.sopInstanceUid.value)) {
        return malformed(u"an item without its UIDs"_s);
    }
    return reference;
}

Result<std::vector<SopReference>> referencesOf(const Identifier& identifier)
{
    std::vector<SopReference> references;
    const auto* items = itemsOf(identifier, tag::kReferencedSopSequence);
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        auto reference = referenceOf((*items)[i]);
        if (!reference) {
            return fail(std::move(reference.error()));
        }
        references.push_back(*std::move(reference));
    }
    return references;
}

Result<std::vector<FailedReference>> failuresOf(const Identifier& identifier)
{
    std::vector<FailedReference> failures;
    const auto* items = itemsOf(identifier, tag::kFailedSopSequence);
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
        auto reference = referenceOf((*items)[i]);
        if (!reference) {
            return fail(std::move(reference.error()));
        }
        bool isNumber = false;
        const auto reason = (*items)[i].value(tag::kFailureReason).toUShort(&isNumber);
        failures.push_back({*std::move(reference), isNumber ? reason : kReasonProcessingFailure});
    }
    return failures;
}

/// The Transaction UID and the rest, within bounds.
Result<std::pair<QByteArray, Identifier>> decoded(ConstBytes bytes, const TransferSyntaxUid& syntax)
{
    if (bytes.size() > static_cast<std::size_t>(kMaxCommitmentBytes)) {
        return malformed(u"too long"_s);
    }
    auto identifier = dicom::decodeIdentifier(bytes, syntax, kMostCommitmentAttributes);
    if (!identifier) {
        return fail(std::move(identifier.error()));
    }
    auto uid = identifier->value(tag::kTransactionUid).toLatin1();
    if (!dicom::isValidUid(uid)) {
        return malformed(u"no Transaction UID"_s);
    }
    return std::pair(std::move(uid), *std::move(identifier));
}

} // namespace

Result<QByteArray> encodeCommitment(const CommitmentRequest& request, const TransferSyntaxUid& syntax)
{
    if (request.transactionUid.isEmpty() || request.references.empty() || !areNamed(request.references)) {
        return fail(ErrorCode::InvalidArgument, u"a request for commitment without UIDs"_s);
    }
    Identifier identifier;
    identifier.set(tag::kTransactionUid, QString::fromLatin1(request.transactionUid));
    for (const auto& reference : request.references) {
        identifier.addItem(tag::kReferencedSopSequence, itemOf(reference));
    }
    return dicom::encodeIdentifier(identifier, syntax);
}

// PS3.4 Table J.3-4: a sequence that would be empty is left out.
Result<QByteArray> encodeCommitment(const CommitmentReport& report, const TransferSyntaxUid& syntax)
{
    if (report.transactionUid.isEmpty() || !areNamed(report.committed)) {
        return fail(ErrorCode::InvalidArgument, u"a report of commitment without UIDs"_s);
    }
    Identifier identifier;
    identifier.set(tag::kTransactionUid, QString::fromLatin1(report.transactionUid));
    for (const auto& reference : report.committed) {
        identifier.addItem(tag::kReferencedSopSequence, itemOf(reference));
    }
    for (const auto& failure : report.failed) {
        auto item = itemOf(failure.reference);
        item.set(tag::kFailureReason, QString::number(failure.reason));
        identifier.addItem(tag::kFailedSopSequence, std::move(item));
    }
    return dicom::encodeIdentifier(identifier, syntax);
}

Result<CommitmentRequest> decodeCommitmentRequest(ConstBytes bytes, const TransferSyntaxUid& syntax)
{
    auto read = decoded(bytes, syntax);
    auto references = read ? referencesOf(read->second) : fail(read.error());
    if (!references) {
        return fail(std::move(references.error()));
    }
    if (references->empty()) {
        return malformed(u"nothing is referred to"_s);
    }
    return CommitmentRequest{std::move(read->first), *std::move(references)};
}

Result<CommitmentReport> decodeCommitmentReport(ConstBytes bytes, const TransferSyntaxUid& syntax)
{
    auto read = decoded(bytes, syntax);
    auto committed = read ? referencesOf(read->second) : fail(read.error());
    auto failed = committed ? failuresOf(read->second) : fail(committed.error());
    if (!failed) {
        return fail(std::move(failed.error()));
    }
    if (committed->empty() && failed->empty()) {
        return malformed(u"nothing is reported"_s);
    }
    return CommitmentReport{std::move(read->first), *std::move(committed), *std::move(failed)};
}

ProposedContext commitmentContext(quint8 id)
{
    return {id, {kStorageCommitmentClass.toByteArray()}, {{"1.2.840.10008.1.2.1"}, {"1.2.840.10008.1.2"}}};
}

RoleSelection askingRole()
{
    return {kStorageCommitmentClass.toByteArray(), true, false};
}

RoleSelection reportingRole()
{
    return {kStorageCommitmentClass.toByteArray(), false, true};
}

} // namespace radpost::net
