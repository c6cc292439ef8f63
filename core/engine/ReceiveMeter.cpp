#include "core/engine/ReceiveMeter.h"

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

QString wordOf(ReceivedAs as)
{
    switch (as) {
    case ReceivedAs::Stored:
        return u"stored"_s;
    case ReceivedAs::Duplicate:
        return u"duplicate"_s;
    case ReceivedAs::Refused:
        return u"refused"_s;
    case ReceivedAs::Failed:
        break;
    }
    return u"failed"_s;
}

} // namespace

void ReceiveMeter::accepted(const QString& callingAeTitle)
{
    if (m_metrics) {
        m_metrics->inboundAssociations.add(1);
        m_metrics->acceptedAssociations.with({callingAeTitle}).add();
    }
}

void ReceiveMeter::closed()
{
    if (m_metrics) {
        m_metrics->inboundAssociations.add(-1);
    }
}

void ReceiveMeter::refused(const QString& reason)
{
    if (m_metrics) {
        m_metrics->refusedAssociations.with({reason}).add();
    }
}

void ReceiveMeter::received(const QString& callingAeTitle, ReceivedAs as, qint64 bytes, std::chrono::nanoseconds took)
{
    if (!m_metrics) {
        return;
    }
    m_metrics->receivedInstances.with({callingAeTitle, wordOf(as)}).add();
    m_metrics->receiveDuration.with({}).observe(std::chrono::duration<double>(took).count());
    if (as != ReceivedAs::Stored) {
        return;
    }
    m_metrics->receivedBytes.with({callingAeTitle}).add(static_cast<quint64>(std::max<qint64>(bytes, 0)));
    const auto now = SystemClock().now().time_since_epoch();
    m_metrics->lastReceived.set(std::chrono::duration<double>(now).count());
}

} // namespace radpost::engine
