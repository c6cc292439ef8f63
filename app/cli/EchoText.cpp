#include "app/cli/EchoText.h"

#include "app/cli/Cli.h"
#include "app/cli/TextWidth.h"
#include "app/cli/TlsText.h"
#include "app/common/DoctorText.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using net::DoctorFinding;
using net::DoctorReport;
using net::DoctorStep;
using net::StepState;

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

QStringList contextLines(const DoctorReport& report)
{
    QStringList lines;
    for (const auto& note : app::contextNotes(report)) {
        lines.append((note.isRefused ? u"✖ "_s : u"⚠ "_s) + note.text);
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

QString stepLine(const DoctorFinding& finding, const DoctorReport& report)
{
    const QString begin = mark(finding.state) + u' ';
    const QString text = app::findingText(finding, report);
    if (finding.state == StepState::Skipped) {
        return begin + text;
    }
    const QString shown = finding.state == StepState::Warning ? Cli::tr("warning: %1").arg(text) : text;
    return begin + shown + u" · "_s + app::millisecondsText(finding.duration);
}

QStringList detailLines(const DoctorFinding& finding, const DoctorReport& report)
{
    if (finding.state == StepState::Skipped) {
        return {};
    }
    QStringList lines;
    for (const auto& warning : app::stepWarnings(finding, report)) {
        if (!finding.error) { // that one stands in the step's own line
            lines.append(u"⚠ "_s + warning.message);
        }
        lines.append(u"→ "_s + warning.next);
    }
    lines += factLines(finding, report);
    if (finding.error) {
        lines += app::peerLines(report);
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
    const auto text = app::doctorErrorText(*failure->error, report);
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

} // namespace radpost::cli
