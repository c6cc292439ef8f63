#include "core/engine/TransferAudit.h"

#include <algorithm>

namespace radpost::engine {

namespace audit = observe::audit;

namespace {

// Of SOP classes of studies: with one more, a patient and both sides a message stays below the 32 768 bytes that every
// receiver has to take (PS3.15 A.6), whatever a peer sends.
constexpr qsizetype kMaxBytes = 20'000;
constexpr qsizetype kMarkup = 450; // around the three texts of a SOP class of a study

/// That @p text takes at most: a quotation mark is "&quot;" in the XML, and nothing is longer.
qsizetype bytesOf(const QString& text)
{
    const QString bounded = observe::boundedAuditText(text);
    const auto isPlain = [](QChar c) { return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'.'); };
    const auto plain = std::count_if(bounded.begin(), bounded.end(), isPlain);
    return plain + 6 * (bounded.size() - plain);
}

} // namespace

TransferAudit::TransferAudit(
    AuditTrail* trail, audit::Node source, audit::Node destination, bool weAreDestination, bool isRetrieval)
    : m_trail(trail)
    , m_source(std::move(source))
    , m_destination(std::move(destination))
    , m_weAreDestination(weAreDestination)
    , m_isRetrieval(isRetrieval)
{
}

TransferAudit::~TransferAudit()
{
    finish();
}

void TransferAudit::stored(const AuditedInstance& instance)
{
    if (m_trail) {
        count(patientOf(instance).stored, instance);
    }
}

void TransferAudit::failed(const AuditedInstance& instance, const QString& reason)
{
    if (!m_trail) {
        return;
    }
    auto& patient = patientOf(instance);
    patient.reason = patient.reason.isEmpty() ? reason : patient.reason;
    count(patient.failed, instance);
}

TransferAudit::Patient& TransferAudit::patientOf(const AuditedInstance& instance)
{
    if (m_bytes >= kMaxBytes) {
        finish();
    }
    const QString key = instance.patientId + QLatin1Char('\n') + instance.patientName;
    const auto known = m_patients.find(key);
    if (known != m_patients.end()) {
        return *known;
    }
    Patient patient{instance.patientId, instance.patientName, {}, {}, {}};
    QHash<QString, Study> first;
    first[instance.studyInstanceUid].accessionNumber = instance.accessionNumber;
    m_trail->record(audit::beginTransferring(transferOf(patient, first)));
    return *m_patients.insert(key, std::move(patient));
}

void TransferAudit::count(QHash<QString, Study>& studies, const AuditedInstance& instance)
{
    auto& study = studies[instance.studyInstanceUid];
    auto& instances = study.sopClasses[instance.sopClassUid];
    if (instances == 0) {
        m_bytes += kMarkup + bytesOf(instance.studyInstanceUid) + bytesOf(QString::fromLatin1(instance.sopClassUid));
    }
    if (study.accessionNumber != instance.accessionNumber) {
        study.accessionNumber = instance.accessionNumber;
        m_bytes += bytesOf(study.accessionNumber);
    }
    ++instances;
}

void TransferAudit::finish()
{
    for (const auto& patient : std::as_const(m_patients)) {
        tell(patient);
    }
    m_patients.clear();
    m_bytes = 0;
}

void TransferAudit::tell(const Patient& patient)
{
    if (!patient.stored.isEmpty()) {
        m_trail->record(audit::instancesTransferred(transferOf(patient, patient.stored)));
    }
    if (!patient.failed.isEmpty()) {
        m_trail->record(audit::instancesTransferred(
            transferOf(patient, patient.failed), observe::AuditOutcome::SeriousFailure, patient.reason));
    }
}

audit::Transfer TransferAudit::transferOf(const Patient& patient, const QHash<QString, Study>& studies) const
{
    audit::Transfer transfer;
    transfer.source = m_source;
    transfer.destination = m_destination;
    transfer.weAreDestination = m_weAreDestination;
    transfer.sourceIsRequestor = !m_isRetrieval;
    transfer.patient = {patient.id, patient.name, {}};
    for (auto study = studies.cbegin(); study != studies.cend(); ++study) {
        audit::Study row{study.key(), study->accessionNumber, {}};
        for (auto sopClass = study->sopClasses.cbegin(); sopClass != study->sopClasses.cend(); ++sopClass) {
            row.sopClasses.append({sopClass.key(), *sopClass});
        }
        transfer.patient.studies.append(row);
    }
    return transfer;
}

} // namespace radpost::engine
