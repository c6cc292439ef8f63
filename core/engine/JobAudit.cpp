#include "core/engine/JobAudit.h"

#include "core/engine/ContractProvider.h"
#include "core/observe/AuditEvents.h"

#include <algorithm>
#include <utility>

namespace radpost::engine {

namespace audit = observe::audit;

namespace {

using store::DeliveryState;

/// One patient's share of a job.
struct Share
{
    audit::Patient stored;
    audit::Patient rejected;
};

void addStudy(audit::Patient& patient, const store::SeriesText& text, qint64 instances)
{
    if (instances > 0) {
        patient.studies.append(
            {QString::fromLatin1(text.studyInstanceUid.value), text.accessionNumber, {{{}, instances}}});
    }
}

QList<Share> sharesOf(const queue::Receipt& receipt)
{
    QList<Share> shares;
    for (const auto& study : receipt.studies) {
        const auto& text = study.text;
        auto share = std::find_if(shares.begin(), shares.end(), [&text](const Share& known) {
            return known.stored.id == text.patientId && known.stored.name == text.patientName;
        });
        if (share == shares.end()) {
            const audit::Patient patient{text.patientId, text.patientName, {}};
            share = shares.insert(shares.end(), {patient, patient});
        }
        addStudy(share->stored, text,
            study.counts.of(DeliveryState::Stored) + study.counts.of(DeliveryState::StoredWithWarning));
        addStudy(share->rejected, text, study.counts.of(DeliveryState::Rejected));
    }
    return shares;
}

QString firstReason(const queue::Receipt& receipt)
{
    if (receipt.rejected.isEmpty() || !receipt.rejected.front().delivery.lastAttempt) {
        return {};
    }
    const auto& attempt = *receipt.rejected.front().delivery.lastAttempt;
    return attempt.errorCode ? errorName(*attempt.errorCode).toString() : QString();
}

audit::Transfer transferOf(const queue::Receipt& receipt, const AeTitle& callingAeTitle)
{
    audit::Transfer transfer;
    transfer.source.aeTitle = callingAeTitle.toString();
    transfer.destination.aeTitle = receipt.job.destinationName;
    transfer.weAreDestination = false;
    if (const auto to = contractDestination(receipt.job.destinationContract, receipt.job.destinationName)) {
        transfer.destination = {to->calledAeTitle.toString(), to->host};
        transfer.source.aeTitle =
            to->callingAeTitle.isEmpty() ? transfer.source.aeTitle : to->callingAeTitle.toString();
    }
    return transfer;
}

} // namespace

QList<observe::AuditMessage> auditMessages(const queue::Receipt& receipt, const AeTitle& callingAeTitle)
{
    QList<observe::AuditMessage> messages;
    auto transfer = transferOf(receipt, callingAeTitle);
    for (const auto& share : sharesOf(receipt)) {
        transfer.patient = share.stored;
        transfer.patient.studies += share.rejected.studies;
        if (transfer.patient.studies.isEmpty()) {
            continue;
        }
        messages.append(audit::beginTransferring(transfer));
        transfer.patient = share.stored;
        if (!share.stored.studies.isEmpty()) {
            messages.append(audit::instancesTransferred(transfer));
        }
        transfer.patient = share.rejected;
        if (!share.rejected.studies.isEmpty()) {
            messages.append(
                audit::instancesTransferred(transfer, observe::AuditOutcome::SeriousFailure, firstReason(receipt)));
        }
    }
    return messages;
}

} // namespace radpost::engine
