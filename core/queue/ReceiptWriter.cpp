#include "core/queue/ReceiptWriter.h"

using namespace Qt::StringLiterals;

namespace radpost::queue {

QString stateKey(store::DeliveryState state)
{
    switch (state) {
    case store::DeliveryState::Pending:
        return u"pending"_s;
    case store::DeliveryState::Waiting:
        return u"waiting"_s;
    case store::DeliveryState::Stored:
        return u"stored"_s;
    case store::DeliveryState::StoredWithWarning:
        return u"stored-with-warning"_s;
    case store::DeliveryState::Rejected:
        return u"rejected"_s;
    case store::DeliveryState::Cancelled:
        return u"cancelled"_s;
    }
    return u"unknown"_s;
}

QString stateKey(store::JobState state)
{
    switch (state) {
    case store::JobState::Active:
        return u"active"_s;
    case store::JobState::Paused:
        return u"paused"_s;
    case store::JobState::Stopped:
        return u"stopped"_s;
    case store::JobState::Finished:
        return u"finished"_s;
    case store::JobState::Cancelled:
        return u"cancelled"_s;
    }
    return u"unknown"_s;
}

QString proofKey(store::ProofWanted proof)
{
    switch (proof) {
    case store::ProofWanted::Response:
        break;
    case store::ProofWanted::Commitment:
        return u"commitment"_s;
    case store::ProofWanted::Query:
        return u"query"_s;
    }
    return u"response"_s;
}

QString proofKey(store::Proof proof)
{
    switch (proof) {
    case store::Proof::None:
        break;
    case store::Proof::Asked:
        return u"asked"_s;
    case store::Proof::Proved:
        return u"proved"_s;
    case store::Proof::Missing:
        return u"missing"_s;
    }
    return u"not-asked"_s;
}

QString statusText(const std::optional<quint16>& status)
{
    return status ? u"0x"_s + QString::number(*status, 16).toUpper().rightJustified(4, u'0') : QString();
}

} // namespace radpost::queue
