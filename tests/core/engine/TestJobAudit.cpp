#include "core/engine/ContractProvider.h"
#include "core/engine/JobAudit.h"

#include <QTest>

using namespace radpost;
using namespace radpost::engine;
using namespace Qt::StringLiterals;
using store::DeliveryState;

namespace {

queue::ReceiptStudy study(const QString& patient, const QByteArray& uid, qint64 stored, qint64 warned, qint64 rejected)
{
    queue::ReceiptStudy made;
    made.text.patientId = patient;
    made.text.patientName = patient + u"^N"_s;
    made.text.studyInstanceUid = {uid};
    made.counts.add(DeliveryState::Stored, stored, 0);
    made.counts.add(DeliveryState::StoredWithWarning, warned, 0);
    made.counts.add(DeliveryState::Rejected, rejected, 0);
    return made;
}

queue::Receipt receipt()
{
    config::Destination destination;
    destination.name = u"MAIN"_s;
    destination.host = u"10.1.2.3"_s;
    destination.calledAeTitle = {"PACS1"};
    queue::Receipt made;
    made.job.destinationName = destination.name;
    made.job.destinationContract = contractText(destination);
    made.studies = {study(u"P1"_s, "1.1", 10, 1, 0), study(u"P2"_s, "1.2", 5, 0, 2), study(u"P1"_s, "1.3", 3, 0, 0),
        study(u"P3"_s, "1.4", 0, 0, 0)};
    queue::ReceiptProblem problem;
    problem.delivery.lastAttempt.emplace();
    problem.delivery.lastAttempt->errorCode = ErrorCode::StatusFailed;
    made.rejected = {problem};
    return made;
}

} // namespace

class TestJobAudit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachPatientIsToldAlone()
    {
        const auto messages = auditMessages(receipt(), {"RADPOST"});
        QStringList events;
        for (const auto& message : messages) {
            events.append(message.eventId.code + u' ' + message.objects.back().id);
        }
        QCOMPARE(events, (QStringList{u"110102 P1"_s, u"110104 P1"_s, u"110102 P2"_s, u"110104 P2"_s, u"110104 P2"_s}));
        const auto& first = messages[1];
        QCOMPARE(first.objects.size(), 3); // two studies and the patient
        QCOMPARE(first.objects[0].sopClasses[0].instances, 11LL);
        QVERIFY(first.action == observe::AuditAction::Read);
        QCOMPARE(first.participants[0].userId, u"RADPOST"_s);
        QVERIFY(first.participants[0].isRequestor);
        QCOMPARE(first.participants[1].userId, u"PACS1"_s);
        QCOMPARE(first.participants[1].networkAddress, u"10.1.2.3"_s);
    }

    void whatWasRejectedIsAFailureWithItsReason()
    {
        const auto failed = auditMessages(receipt(), {"RADPOST"}).back();
        QVERIFY(failed.outcome == observe::AuditOutcome::SeriousFailure);
        QCOMPARE(failed.outcomeDescription, u"StatusFailed"_s);
        QCOMPARE(failed.objects[0].sopClasses[0].instances, 2LL);
        QVERIFY(toXml(failed).contains("<SOPClass NumberOfInstances=\"2\"/>"));
    }
};

QTEST_GUILESS_MAIN(TestJobAudit)
#include "TestJobAudit.moc"
