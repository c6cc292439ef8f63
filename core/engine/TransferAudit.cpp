#include "core/engine/TransferAudit.h"

namespace radpost::engine {

namespace audit = observe::audit;

namespace {

// Of SOP classes of studies, below 500 bytes each: a message stays below the 32 768 bytes that every receiver has to
// take (PS3.15 A.6).
constexpr int kMaxRows = 60;

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
    if (m_rows >= kMaxRows) {
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
    study.accessionNumber = instance.accessionNumber;
    auto& instances = study.sopClasses[instance.sopClassUid];
    m_rows += instances == 0 ? 1 : 0;
    ++instances;
}

void TransferAudit::finish()
{
    for (const auto& patient : std::as_const(m_patients)) {
        tell(patient);
    }
    m_patients.clear();
    m_rows = 0;
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
