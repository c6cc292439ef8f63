#include "app/cli/EchoText.h"

#include "app/cli/Cli.h"
#include "app/cli/JsonValues.h"
#include "app/cli/TextWidth.h"
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

QString stepKey(DoctorStep step)
{
    switch (step) {
    case DoctorStep::Resolve:
        return u"resolve"_s;
    case DoctorStep::Connect:
        return u"connect"_s;
    case DoctorStep::Tls:
        return u"tls"_s;
    case DoctorStep::Association:
        return u"association"_s;
    case DoctorStep::Echo:
        return u"echo"_s;
    case DoctorStep::Contexts:
        return u"contexts"_s;
    }
    return {};
}

QString stateKey(StepState state)
{
    switch (state) {
    case StepState::Passed:
        return u"passed"_s;
    case StepState::Warning:
        return u"warning"_s;
    case StepState::Failed:
        return u"failed"_s;
    case StepState::Skipped:
        break;
    }
    return u"skipped"_s;
}

void addFacts(DoctorStep step, const DoctorReport& report, QJsonObject& fields)
{
    switch (step) {
    case DoctorStep::Resolve:
        fields.insert(u"addresses"_s, QJsonArray::fromStringList(report.addresses));
        break;
    case DoctorStep::Connect:
        fields.insert(u"peer"_s, report.peerAddress);
        break;
    case DoctorStep::Tls:
        fields.insert(u"protocol"_s, report.tls.protocol);
        fields.insert(u"cipher"_s, report.tls.cipher);
        if (!report.tls.chain.empty()) {
            fields.insert(u"subject"_s, report.tls.chain.front().subject);
            fields.insert(u"notAfter"_s, report.tls.chain.front().notAfter.toString(Qt::ISODate));
        }
        break;
    case DoctorStep::Association:
        fields.insert(u"implementation"_s, report.peerImplementation);
        fields.insert(u"window"_s, report.window);
        if (report.peerMaxPdu) {
            fields.insert(u"maxPdu"_s, static_cast<qint64>(*report.peerMaxPdu));
        }
        break;
    case DoctorStep::Echo:
        fields.insert(u"shortestMicroseconds"_s, static_cast<qint64>(report.shortestRoundTrip().count()));
        fields.insert(u"medianMicroseconds"_s, static_cast<qint64>(report.medianRoundTrip().count()));
        break;
    case DoctorStep::Contexts:
        fields.insert(u"asIs"_s, countOf(report, Choice::AsIs));
        fields.insert(u"converted"_s, countOf(report, Choice::Convert));
        fields.insert(u"refused"_s, countOf(report, Choice::Refused));
        break;
    }
}

QString rejectionText(const DoctorReport& report)
{
    const auto& rejection = *report.rejection;
    return Cli::tr("A-ASSOCIATE-RJ: result %1, source %2, reason %3")
        .arg(rejection.result)
        .arg(rejection.source)
        .arg(rejection.reason);
}

} // namespace

QString stepLine(const DoctorFinding& finding, const DoctorReport& report)
{
    const QString begin = mark(finding.state) + u' ';
    if (finding.state == StepState::Skipped) {
        const bool isUnused = finding.step == DoctorStep::Tls && report.firstFailure() == nullptr;
        return begin + stepName(finding.step) + u": "_s + (isUnused ? Cli::tr("not used") : Cli::tr("not tried"));
    }
    const bool isGood = finding.state == StepState::Passed || !finding.error;
    const QString text = isGood ? goodText(finding.step, report)
                                : QString(stepName(finding.step) + u": "_s + app::errorText(*finding.error).happened);
    return begin + text + u" · "_s + millisecondsText(finding.duration);
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
        lines.append(u"    %1 "_s.arg(isRefused ? u"✖"_s : u"⚠"_s) + app::sopClassName(context.need.sopClassUid) +
            u", "_s + app::transferSyntaxName(context.need.transferSyntaxUid) + u": "_s + what);
    }
    return lines;
}

QStringList adviceLines(const DoctorReport& report, int width)
{
    const auto* failure = report.firstFailure();
    if (failure == nullptr || !failure->error) {
        return {};
    }
    const auto text = app::errorText(*failure->error);
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
        u"  "_s + Cli::tr("What: %1 failed, %2").arg(stepName(failure->step), app::errorText(error).happened),
        u"  "_s +
            Cli::tr("Detail: %1 %2, %3")
                .arg(errorName(error.code))
                .arg(static_cast<int>(error.code))
                .arg(printable(error.detail))};
    if (report.rejection) {
        lines.append(u"  "_s + rejectionText(report));
    }
    return lines;
}

QJsonObject toJson(const DoctorFinding& finding, const DoctorReport& report)
{
    QJsonObject fields{{u"step"_s, stepKey(finding.step)}, {u"state"_s, stateKey(finding.state)},
        {u"microseconds"_s, static_cast<qint64>(finding.duration.count())}};
    if (finding.error) {
        const auto text = app::errorText(*finding.error);
        fields.insert(u"error"_s, toJson(*finding.error));
        fields.insert(u"message"_s, text.happened);
        fields.insert(u"next"_s, text.next);
    }
    if (finding.state != StepState::Skipped) {
        addFacts(finding.step, report, fields);
    }
    return fields;
}

} // namespace radpost::cli
