#include "core/queue/Receipt.h"

#include "core/observe/Redact.h"

namespace radpost::queue {

namespace {

void mask(QString& text)
{
    text = observe::redact(text);
}

void mask(store::SeriesText& text)
{
    mask(text.patientName);
    mask(text.patientId);
    mask(text.accessionNumber);
    text.patientBirthDate.clear();
    text.patientSex.clear();
}

void mask(store::DeliveryRow& delivery)
{
    mask(delivery.sourcePath);
    if (delivery.lastAttempt) {
        mask(delivery.lastAttempt->errorComment);
        delivery.lastAttempt->detail = observe::maskedText(delivery.lastAttempt->detail);
        delivery.lastAttempt->note = observe::maskedText(delivery.lastAttempt->note);
    }
}

} // namespace

Receipt withoutPatients(Receipt receipt)
{
    mask(receipt.job.title);
    receipt.job.options.clear(); // paths of the source
    if (receipt.job.stopReason) {
        receipt.job.stopReason->detail = observe::maskedText(receipt.job.stopReason->detail);
    }
    for (auto& study : receipt.studies) {
        mask(study.text);
        for (auto& series : study.series) {
            mask(series.text);
        }
    }
    for (auto* problems : {&receipt.rejected, &receipt.warnings, &receipt.unfinished, &receipt.missing}) {
        for (auto& problem : *problems) {
            mask(problem.delivery);
        }
    }
    for (auto& file : receipt.skipped) {
        mask(file.sourcePath);
        file.detail = observe::maskedText(file.detail);
    }
    for (auto& file : receipt.duplicates) {
        mask(file.sourcePath);
        mask(file.firstSourcePath);
    }
    return receipt;
}

} // namespace radpost::queue
