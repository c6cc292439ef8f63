#include "app/cli/EchoText.h"

#include "app/cli/Cli.h"
#include "app/cli/JsonValues.h"
#include "app/cli/TextWidth.h"
#include "app/common/DoctorText.h"
#include "app/common/ErrorText.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using net::DoctorFinding;
using net::DoctorReport;
using net::DoctorStep;
using net::StepState;
using Choice = net::ContextChoice::Kind;

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

} // namespace

QString stepLine(const DoctorFinding& finding, const DoctorReport& report)
{
    const QString line = mark(finding.state) + u' ' + app::findingText(finding, report);
    return finding.state == StepState::Skipped ? line
                                               : QString(line + u" · "_s + app::millisecondsText(finding.duration));
}

QStringList contextLines(const DoctorReport& report)
{
    QStringList lines;
    for (const auto& note : app::contextNotes(report)) {
        lines.append(u"    %1 "_s.arg(note.isRefused ? u"✖"_s : u"⚠"_s) + note.text);
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
    auto lines = app::administratorLines(destination, callingAeTitle, report);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        lines[i].prepend(u"  "_s);
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
