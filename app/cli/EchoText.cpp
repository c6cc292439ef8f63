#include "app/cli/EchoText.h"

#include "app/cli/Cli.h"
#include "app/cli/TextWidth.h"
#include "app/cli/TlsText.h"
#include "app/common/AssociationWords.h"
#include "app/common/DicomNames.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "core/config/DestinationAddress.h"

#include <QDateTime>
#include <QSysInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using net::DoctorFinding;
using net::DoctorReport;
using net::DoctorStep;
using net::StepState;
using Choice = net::ContextChoice::Kind;

QString millisecondsText(std::chrono::microseconds time)
{
    const double milliseconds = static_cast<double>(time.count()) / 1000;
    const int decimals = milliseconds < 1 ? 2 : milliseconds < 10 ? 1 : 0;
    return QString::number(milliseconds, 'f', decimals) + u" ms"_s;
}

QString mark(StepState state)
{
    switch (state) {
    case StepState::Passed:
        return u"✔"_s;
    case StepState::Warning:
        return u"⚠"_s;
    case StepState::Failed:
        return u"✖"_s;
    case StepState::Skipped:
        break;
    }
    return u"–"_s;
}

qint64 countOf(const DoctorReport& report, Choice kind)
{
    return std::count_if(report.contexts.begin(), report.contexts.end(),
        [kind](const net::DoctorContext& context) { return context.choice.kind == kind; });
}

QString tlsText(const DoctorReport& report)
{
    const auto& tls = report.tls;
    if (tls.chain.empty()) {
        return tls.protocol;
    }
    return Cli::tr("%1, certificate until %2")
        .arg(tls.protocol, tls.chain.front().notAfter.date().toString(Qt::ISODate));
}

QString associationText(const DoctorReport& report)
{
    QStringList facts;
    if (!report.peerImplementation.isEmpty()) {
        facts.append(printable(report.peerImplementation));
    }
    if (report.peerMaxPdu) {
        facts.append(Cli::tr("PDU of at most %1")
                         .arg(*report.peerMaxPdu == 0 ? Cli::tr("any size") : app::bytesText(*report.peerMaxPdu)));
    }
    facts.append(report.window == 0 ? Cli::tr("window unlimited") : Cli::tr("window %1").arg(report.window));
    return Cli::tr("association accepted (%1)").arg(facts.join(u", "_s));
}

QString contextsText(const DoctorReport& report)
{
    const auto taken = countOf(report, Choice::AsIs) + countOf(report, Choice::Convert);
    return Cli::tr("takes %1 of %2 kinds of objects").arg(taken).arg(report.contexts.size());
}

QString goodText(DoctorStep step, const DoctorReport& report)
{
    switch (step) {
    case DoctorStep::Resolve:
        return Cli::tr("name found: %1").arg(report.addresses.join(u", "_s));
    case DoctorStep::Connect:
        return Cli::tr("connected to %1").arg(report.peerAddress);
    case DoctorStep::Tls:
        return tlsText(report);
    case DoctorStep::Association:
        return associationText(report);
    case DoctorStep::Echo:
        return Cli::tr("C-ECHO answered, at best in %1, mostly in %2")
            .arg(millisecondsText(report.shortestRoundTrip()), millisecondsText(report.medianRoundTrip()));
    case DoctorStep::Contexts:
        return contextsText(report);
    }
    return {};
}

QString stepName(DoctorStep step)
{
    switch (step) {
    case DoctorStep::Resolve:
        return Cli::tr("host name");
    case DoctorStep::Connect:
        return Cli::tr("connection");
    case DoctorStep::Tls:
        return u"TLS"_s;
    case DoctorStep::Association:
        return Cli::tr("association");
    case DoctorStep::Echo:
        return u"C-ECHO"_s;
    case DoctorStep::Contexts:
        return Cli::tr("kinds of objects");
    }
    return {};
}

QString rejectionText(const net::AssociateRj& rejection)
{
    const auto words = app::rejectionWords(rejection.result, rejection.source, rejection.reason);
    return u"A-ASSOCIATE-RJ: "_s +
        Cli::tr("result %1 (%2), source %3 (%4), reason %5")
            .arg(rejection.result)
            .arg(words.result)
            .arg(rejection.source)
            .arg(words.source)
            .arg(rejection.reason);
}

QString abortText(const net::Abort& abort)
{
    const auto words = app::abortWords(abort.source, abort.reason);
    return u"A-ABORT: "_s + Cli::tr("source %1 (%2), reason %3").arg(abort.source).arg(words.source).arg(abort.reason);
}

QStringList peersNumbers(const DoctorReport& report)
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

bool isRejection(ErrorCode code)
{
    return code == ErrorCode::AssociationRejected || code == ErrorCode::CalledAeNotRecognised ||
        code == ErrorCode::CallingAeNotRecognised || code == ErrorCode::PeerBusy;
}

std::vector<StepWarning> tlsWarnings(const DoctorReport& report)
{
    std::vector<StepWarning> warnings;
    if (report.certificateEndsSoon) {
        const auto* certificate = firstToEnd(report.tls);
        warnings.push_back({u"certificate-ends-soon"_s,
            Cli::tr("A certificate ends on %1: %2")
                .arg(certificate->notAfter.date().toString(Qt::ISODate), printable(certificate->subject)),
            Cli::tr("Ask the PACS administrator to renew it before then; after that day nothing can be sent.")});
    }
    if (report.lacksOurCertificate) {
        warnings.push_back({u"client-certificate-requested"_s,
            Cli::tr("The destination asked for a certificate of ours, and none is set."),
            Cli::tr("If it turns us away, ask the PACS administrator for one; enter it as tls.certificate_file and "
                    "tls.key_file.")});
    }
    return warnings;
}

std::vector<StepWarning> contextWarnings(const DoctorReport& report)
{
    const auto converted = countOf(report, Choice::Convert);
    if (converted == 0) {
        return {};
    }
    return {{u"converted"_s,
        Cli::tr("%n kind(s) of objects go there decompressed, without loss.", nullptr, static_cast<int>(converted)),
        Cli::tr("To have them sent as they are, ask the PACS administrator to allow their transfer syntaxes.")}};
}

QStringList contextLines(const DoctorReport& report)
{
    QStringList lines;
    for (const auto& context : report.contexts) {
        const auto& choice = context.choice;
        if (choice.kind == Choice::AsIs) {
            continue;
        }
        const bool isRefused = choice.kind == Choice::Refused;
        const QString what = isRefused ? app::errorText(choice.refusal).happened
                                       : Cli::tr("sent as %1").arg(app::transferSyntaxName(choice.transferSyntaxUid));
        lines.append((isRefused ? u"✖ "_s : u"⚠ "_s) + app::sopClassName(context.need.sopClassUid) + u", "_s +
            app::transferSyntaxName(context.need.transferSyntaxUid) + u": "_s + what);
    }
    return lines;
}

QStringList factLines(const DoctorFinding& finding, const DoctorReport& report)
{
    switch (finding.step) {
    case DoctorStep::Tls:
        return tlsLines(report);
    case DoctorStep::Contexts:
        return contextLines(report);
    case DoctorStep::Resolve:
    case DoctorStep::Connect:
    case DoctorStep::Association:
    case DoctorStep::Echo:
        break;
    }
    return {};
}

} // namespace

std::vector<StepWarning> stepWarnings(const DoctorFinding& finding, const DoctorReport& report)
{
    if (finding.state != StepState::Warning) {
        return {};
    }
    if (finding.error) {
        const auto text = echoErrorText(*finding.error, report);
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

app::ErrorText echoErrorText(const Error& error, const DoctorReport& report)
{
    auto text = app::errorText(error);
    std::optional<app::AssociationWords> words;
    if (report.rejection && isRejection(error.code)) {
        words = app::rejectionWords(report.rejection->result, report.rejection->source, report.rejection->reason);
    } else if (report.abort && error.code == ErrorCode::PeerAborted) {
        words = app::abortWords(report.abort->source, report.abort->reason);
    }
    if (words) {
        text.happened = words->reason;
        text.next = words->next;
    }
    return text;
}

QString stepLine(const DoctorFinding& finding, const DoctorReport& report)
{
    const QString begin = mark(finding.state) + u' ';
    if (finding.state == StepState::Skipped) {
        const bool isUnused = finding.step == DoctorStep::Tls && report.firstFailure() == nullptr;
        return begin + stepName(finding.step) + u": "_s + (isUnused ? Cli::tr("not used") : Cli::tr("not tried"));
    }
    const bool isGood = finding.state == StepState::Passed || !finding.error;
    QString text = isGood ? goodText(finding.step, report)
                          : QString(stepName(finding.step) + u": "_s + echoErrorText(*finding.error, report).happened);
    if (finding.state == StepState::Warning) {
        text = Cli::tr("warning: %1").arg(text);
    }
    return begin + text + u" · "_s + millisecondsText(finding.duration);
}

QStringList detailLines(const DoctorFinding& finding, const DoctorReport& report)
{
    if (finding.state == StepState::Skipped) {
        return {};
    }
    QStringList lines;
    for (const auto& warning : stepWarnings(finding, report)) {
        if (!finding.error) { // that one stands in the step's own line
            lines.append(u"⚠ "_s + warning.message);
        }
        lines.append(u"→ "_s + warning.next);
    }
    lines += factLines(finding, report);
    if (finding.error) {
        lines += peersNumbers(report);
    }
    for (auto& line : lines) {
        line.prepend(u"    "_s);
    }
    return lines;
}

QStringList adviceLines(const DoctorReport& report, int width)
{
    const auto* failure = report.firstFailure();
    if (failure == nullptr || !failure->error) {
        return {};
    }
    const auto text = echoErrorText(*failure->error, report);
    return wrapText(Cli::tr("What it means: %1").arg(text.happened), width) +
        wrapText(Cli::tr("What to do: %1").arg(text.next), width);
}

QStringList administratorLines(
    const config::Destination& destination, const AeTitle& callingAeTitle, const DoctorReport& report)
{
    const auto* failure = report.firstFailure();
    if (failure == nullptr || !failure->error) {
        return {};
    }
    const auto& calling = destination.callingAeTitle.isEmpty() ? callingAeTitle : destination.callingAeTitle;
    const auto& error = *failure->error;
    QStringList lines{Cli::tr("For the PACS administrator:"),
        u"  "_s +
            Cli::tr("Called: AE title \"%1\" at %2, port %3, TLS %4")
                .arg(destination.calledAeTitle.toString(), destination.host)
                .arg(destination.port)
                .arg(destination.tls.mode == config::TlsMode::Off ? Cli::tr("off") : Cli::tr("on")),
        u"  "_s + Cli::tr("Calling: AE title \"%1\", computer %2").arg(calling.toString(), QSysInfo::machineHostName()),
        u"  "_s + Cli::tr("When: %1").arg(QDateTime::currentDateTime().toString(Qt::ISODate)),
        u"  "_s + Cli::tr("What: %1 failed, %2").arg(stepName(failure->step), echoErrorText(error, report).happened),
        u"  "_s +
            Cli::tr("Detail: %1 %2, %3")
                .arg(errorName(error.code))
                .arg(static_cast<int>(error.code))
                .arg(printable(error.detail))};
    for (const auto& line : peersNumbers(report)) {
        lines.append(u"  "_s + line);
    }
    return lines;
}

} // namespace radpost::cli
