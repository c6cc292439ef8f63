#pragma once

#include "core/engine/AuditTrail.h"

#include <QHash>

namespace radpost::engine {

/// What an audit message has to know of one instance.
struct AuditedInstance
{
    QString patientId;
    QString patientName;
    QString studyInstanceUid;
    QString accessionNumber;
    QByteArray sopClassUid;
};

/// Turns the instances of one association into audit messages: "Begin Transferring DICOM Instances" at the first one of
/// a patient, "DICOM Instances Transferred" at the end, one for each patient, and one more for what failed. An
/// association that goes on for days is told in parts, so that its memory and its messages have a bound. One thread.
class TransferAudit final
{
public:
    /// @p trail may be null: then nothing is written. It must outlive this.
    TransferAudit(AuditTrail* trail, observe::audit::Node source, observe::audit::Node destination,
        bool weAreDestination, bool isRetrieval = false);
    /// finish().
    ~TransferAudit();
    Q_DISABLE_COPY_MOVE(TransferAudit)

    void stored(const AuditedInstance& instance);
    /// @p reason is written with the first failure of a patient.
    void failed(const AuditedInstance& instance, const QString& reason);

    void finish();

private:
    struct Study
    {
        QString accessionNumber;
        QHash<QByteArray, qint64> sopClasses;
    };
    struct Patient
    {
        QString id;
        QString name;
        QHash<QString, Study> stored;
        QHash<QString, Study> failed;
        QString reason;
    };

    [[nodiscard]] Patient& patientOf(const AuditedInstance& instance);
    void count(QHash<QString, Study>& studies, const AuditedInstance& instance);
    void tell(const Patient& patient);
    [[nodiscard]] observe::audit::Transfer transferOf(
        const Patient& patient, const QHash<QString, Study>& studies) const;

    AuditTrail* const m_trail;
    const observe::audit::Node m_source;
    const observe::audit::Node m_destination;
    const bool m_weAreDestination;
    const bool m_isRetrieval; ///< the source did not begin it
    QHash<QString, Patient> m_patients;
    qsizetype m_bytes = 0; ///< that the SOP classes of all studies take at most
};

} // namespace radpost::engine
