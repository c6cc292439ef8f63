#include "app/common/DoctorText.h"

#include "app/common/AssociationWords.h"
#include "app/common/DicomNames.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <QDateTime>
#include <QSysInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

using net::DoctorFinding;
using net::DoctorReport;
using net::DoctorStep;
using net::StepState;
using Choice = net::ContextChoice::Kind;

QString tlsText(const DoctorReport& report)
{
    const auto& tls = report.tls;
    if (tls.chain.empty()) {
        return tls.protocol;
    }
    return DoctorText::tr("%1, certificate until %2")
        .arg(tls.protocol, tls.chain.front().notAfter.date().toString(Qt::ISODate));
}

QString associationText(const DoctorReport& report)
{
    QStringList facts;
    if (!report.peerImplementation.isEmpty()) {
        facts.append(printable(report.peerImplementation));
    }
    if (report.peerMaxPdu) {
        facts.append(DoctorText::tr("PDU of at most %1")
                         .arg(*report.peerMaxPdu == 0 ? DoctorText::tr("any size")
                                                      : DoctorText::tr("%1 bytes").arg(countText(*report.peerMaxPdu))));
    }
    facts.append(
        report.window == 0 ? DoctorText::tr("window unlimited") : DoctorText::tr("window %1").arg(report.window));
    return DoctorText::tr("association accepted (%1)").arg(enumerated(facts));
}

QString contextsText(const DoctorReport& report)
{
    const qint64 taken = report.contextCount(Choice::AsIs) + report.contextCount(Choice::Convert);
    return DoctorText::tr("takes %1 of %2 kinds of objects").arg(taken).arg(report.contexts.size());
}

QString goodText(DoctorStep step, const DoctorReport& report)
{
    switch (step) {
    case DoctorStep::Resolve:
        return DoctorText::tr("name found: %1").arg(enumerated(report.addresses));
    case DoctorStep::Connect:
        return DoctorText::tr("connected to %1").arg(report.peerAddress);
    case DoctorStep::Tls:
        return tlsText(report);
    case DoctorStep::Association:
        return associationText(report);
    case DoctorStep::Echo:
        return DoctorText::tr("C-ECHO answered, fastest %1, typical %2")
            .arg(millisecondsText(report.shortestRoundTrip()), millisecondsText(report.medianRoundTrip()));
    case DoctorStep::Contexts:
        return contextsText(report);
    }
    return {};
}

QString rejectionText(const net::AssociateRj& rejection)
{
    const auto words = rejectionWords(rejection.result, rejection.source, rejection.reason);
    return labelled(u"A-ASSOCIATE-RJ"_s,
        DoctorText::tr("result %1 (%2), source %3 (%4), reason %5: %6")
            .arg(rejection.result)
            .arg(words.result)
            .arg(rejection.source)
            .arg(words.source)
            .arg(rejection.reason)
            .arg(words.reason));
}

QString abortText(const net::Abort& abort)
{
    const auto words = abortWords(abort.source, abort.reason);
    return labelled(u"A-ABORT"_s,
        DoctorText::tr("source %1 (%2), reason %3: %4")
            .arg(abort.source)
            .arg(words.source)
            .arg(abort.reason)
            .arg(words.reason));
}

/// What the peer said stands in a line of its own.
QString detailText(const Error& error, const DoctorReport& report)
{
    const int number = static_cast<int>(error.code);
    const bool isSaid = report.rejection || report.abort;
    return isSaid
        ? DoctorText::tr("Detail: %1 %2").arg(errorName(error.code)).arg(number)
        : DoctorText::tr("Detail: %1 %2, %3").arg(errorName(error.code)).arg(number).arg(printable(error.detail));
}

bool isRejection(ErrorCode code)
{
    return code == ErrorCode::AssociationRejected || code == ErrorCode::CalledAeNotRecognised ||
        code == ErrorCode::CallingAeNotRecognised || code == ErrorCode::PeerBusy;
}

/// The certificate of the chain that ends first; nullptr when there is none.
const net::TlsCertificate* firstToEnd(const net::TlsFacts& facts)
{
    const auto first = std::min_element(facts.chain.begin(), facts.chain.end(),
        [](const net::TlsCertificate& a, const net::TlsCertificate& b) { return a.notAfter < b.notAfter; });
    return first == facts.chain.end() ? nullptr : &*first;
}

std::vector<StepWarning> tlsWarnings(const DoctorReport& report)
{
    std::vector<StepWarning> warnings;
    if (report.certificateEndsSoon) {
        const auto* certificate = firstToEnd(report.tls);
        warnings.push_back({u"certificate-ends-soon"_s,
            DoctorText::tr("A certificate ends on %1: %2")
                .arg(certificate->notAfter.date().toString(Qt::ISODate), printable(certificate->subject)),
            DoctorText::tr("Ask the PACS administrator to renew it before then; after that day nothing can be sent.")});
    }
    if (report.lacksOurCertificate) {
        warnings.push_back({u"client-certificate-requested"_s,
            DoctorText::tr("The destination asked for a certificate of ours, and none is set."),
            DoctorText::tr(
                "If it turns us away, ask the PACS administrator for one; enter it as tls.certificate_file and "
                "tls.key_file.")});
    }
    return warnings;
}

std::vector<StepWarning> contextWarnings(const DoctorReport& report)
{
    const auto converted = report.contextCount(Choice::Convert);
    if (converted == 0) {
        return {};
    }
    return {{u"converted"_s,
        DoctorText::tr(
            "%n kind(s) of objects go there decompressed, without loss.", nullptr, static_cast<int>(converted)),
        DoctorText::tr("To have them sent as they are, ask the PACS administrator to allow their transfer syntaxes.")}};
}

} // namespace

QString millisecondsText(std::chrono::microseconds time)
{
    const double milliseconds = static_cast<double>(time.count()) / 1000;
    const int decimals = milliseconds < 1 ? 2 : milliseconds < 10 ? 1 : 0;
    return QString::number(milliseconds, 'f', decimals) + u" ms"_s;
}

QString stepName(DoctorStep step)
{
    switch (step) {
    case DoctorStep::Resolve:
        return DoctorText::tr("host name");
    case DoctorStep::Connect:
        return DoctorText::tr("connection");
    case DoctorStep::Tls:
        return u"TLS"_s;
    case DoctorStep::Association:
        return DoctorText::tr("association");
    case DoctorStep::Echo:
        return u"C-ECHO"_s;
    case DoctorStep::Contexts:
        return DoctorText::tr("kinds of objects");
    }
    return {};
}

namespace {

bool isThere(const DoctorReport& report, DoctorStep step, StepState state)
{
    return std::any_of(report.findings.begin(), report.findings.end(),
        [&](const DoctorFinding& finding) { return finding.step == step && finding.state == state; });
}

// A skipped association: cancelled, or TLS was to come and did not.
bool isTlsUnused(const DoctorReport& report)
{
    return isThere(report, DoctorStep::Connect, StepState::Passed) &&
        !isThere(report, DoctorStep::Association, StepState::Skipped);
}

} // namespace

QString findingText(const DoctorFinding& finding, const DoctorReport& report)
{
    if (finding.state == StepState::Skipped) {
        const bool isUnused = finding.step == DoctorStep::Tls && isTlsUnused(report);
        return labelled(stepName(finding.step), isUnused ? DoctorText::tr("not used") : DoctorText::tr("not tried"));
    }
    const bool isGood = finding.state == StepState::Passed || !finding.error;
    return isGood ? goodText(finding.step, report)
                  : labelled(stepName(finding.step), doctorErrorText(*finding.error, report).happened);
}

std::vector<StepWarning> stepWarnings(const DoctorFinding& finding, const DoctorReport& report)
{
    if (finding.state != StepState::Warning) {
        return {};
    }
    if (finding.error) {
        const auto text = doctorErrorText(*finding.error, report);
        return {{errorName(finding.error->code).toString(), text.happened, text.next}};
    }
    switch (finding.step) {
    case DoctorStep::Tls:
        return tlsWarnings(report);
    case DoctorStep::Contexts:
        return contextWarnings(report);
    case DoctorStep::Resolve:
    case DoctorStep::Connect:
    case DoctorStep::Association:
    case DoctorStep::Echo:
        break;
    }
    return {};
}

ErrorText doctorErrorText(const Error& error, const DoctorReport& report)
{
    auto text = errorText(error);
    std::optional<AssociationWords> words;
    if (report.rejection && isRejection(error.code)) {
        words = rejectionWords(report.rejection->result, report.rejection->source, report.rejection->reason);
    } else if (report.abort && error.code == ErrorCode::PeerAborted) {
        words = abortWords(report.abort->source, report.abort->reason);
    }
    if (words) {
        text.happened = words->reason;
        text.next = words->next;
    }
    return text;
}

QStringList peerLines(const DoctorReport& report)
{
    QStringList lines;
    if (report.rejection) {
        lines.append(rejectionText(*report.rejection));
    }
    if (report.abort) {
        lines.append(abortText(*report.abort));
    }
    return lines;
}

std::vector<ContextNote> contextNotes(const DoctorReport& report)
{
    std::vector<ContextNote> notes;
    for (const auto& context : report.contexts) {
        const auto& choice = context.choice;
        if (choice.kind == Choice::AsIs) {
            continue;
        }
        const bool isRefused = choice.kind == Choice::Refused;
        const QString what = isRefused ? errorText(choice.refusal).happened
                                       : DoctorText::tr("sent as %1").arg(transferSyntaxName(choice.transferSyntaxUid));
        const QStringList kind{
            sopClassName(context.need.sopClassUid), transferSyntaxName(context.need.transferSyntaxUid)};
        notes.push_back({isRefused, labelled(enumerated(kind), what)});
    }
    return notes;
}

namespace {

/// Who called whom, and when.
QStringList callLines(const config::Destination& destination, const AeTitle& callingAeTitle, const QDateTime& when)
{
    const auto& calling = destination.callingAeTitle.isEmpty() ? callingAeTitle : destination.callingAeTitle;
    return {DoctorText::tr("For the PACS administrator:"),
        DoctorText::tr("Called: AE title \"%1\" at %2, port %3, TLS %4")
            .arg(destination.calledAeTitle.toString(), destination.host)
            .arg(destination.port)
            .arg(destination.tls.mode == config::TlsMode::Off ? DoctorText::tr("off") : DoctorText::tr("on")),
        DoctorText::tr("Calling: AE title \"%1\", computer %2").arg(calling.toString(), QSysInfo::machineHostName()),
        DoctorText::tr("When: %1").arg(when.toString(Qt::ISODate))};
}

QString detailLine(const Error& error)
{
    return DoctorText::tr("Detail: %1 %2, %3")
        .arg(errorName(error.code))
        .arg(static_cast<int>(error.code))
        .arg(printable(error.detail));
}

} // namespace

QStringList administratorLines(
    const config::Destination& destination, const AeTitle& callingAeTitle, const DoctorReport& report)
{
    const auto* failure = report.firstFailure();
    if (failure == nullptr || !failure->error) {
        return {};
    }
    const auto& error = *failure->error;
    auto lines = callLines(destination, callingAeTitle, QDateTime::currentDateTime());
    lines.append(
        DoctorText::tr("What: %1 failed, %2").arg(stepName(failure->step), doctorErrorText(error, report).happened));
    lines.append(detailText(error, report));
    return lines + peerLines(report);
}

QStringList administratorLines(
    const config::Destination& destination, const AeTitle& callingAeTitle, const Error& error, const QDateTime& when)
{
    auto lines = callLines(destination, callingAeTitle, when);
    lines.append(DoctorText::tr("What: sending stopped, %1").arg(errorText(error).happened));
    lines.append(detailLine(error));
    return lines;
}

} // namespace radpost::app
