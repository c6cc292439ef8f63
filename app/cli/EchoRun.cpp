#include "app/cli/EchoRun.h"

#include "app/cli/Cli.h"
#include "app/cli/EchoJson.h"
#include "app/cli/EchoText.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "core/config/DestinationAddress.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

void tellStep(Console& console, const net::DoctorFinding& finding, const net::DoctorReport& report)
{
    console.event(u"step"_s, toJson(finding, report));
    console.line(u"  "_s + stepLine(finding, report));
    for (const auto& line : detailLines(finding, report)) {
        console.line(line);
    }
}

void tellFailure(Console& console, const QStringList& advice, const QStringList& forAdministrator)
{
    for (const auto& line : QStringList{QString()} + advice + QStringList{QString()} + forAdministrator) {
        console.line(line);
    }
}

} // namespace

ExitCode EchoRun::run(const config::Destination& destination, const std::vector<engine::SeriesContext>& contexts)
{
    auto& console = m_session.console();
    const Interrupt interrupt;
    const auto calling = m_session.engineParams(engine::LedgerAccess::ReadOnly).callingAeTitle;
    const auto address = config::addressText(destination);
    console.line(destination.name == address ? address : QString(printable(destination.name) + u"  "_s + address));
    const auto report = engine::diagnose(
        destination, calling, contexts,
        [&console](
            const net::DoctorFinding& finding, const net::DoctorReport& soFar) { tellStep(console, finding, soFar); },
        interrupt.token());
    if (!report) {
        return m_session.failed(report.error());
    }
    const auto* failure = report->firstFailure();
    const auto code = failure == nullptr ? ExitCode::Ok
        : failure->error                 ? exitCodeOf(failure->error->code)
                                         : ExitCode::Unreachable;
    const auto warnings = std::count_if(report->findings.begin(), report->findings.end(),
        [](const net::DoctorFinding& finding) { return finding.state == net::StepState::Warning; });
    console.event(u"diagnosis"_s,
        {{u"destination"_s, destination.name}, {u"address"_s, address}, {u"good"_s, failure == nullptr},
            {u"warnings"_s, static_cast<qint64>(warnings)}, {u"exitCode"_s, static_cast<int>(code)}});
    if (failure == nullptr && warnings > 0) {
        console.line();
        console.line(Cli::tr("It works, with %n warning(s): see ⚠ above.", nullptr, static_cast<int>(warnings)));
    }
    if (failure != nullptr) {
        tellFailure(
            console, adviceLines(*report, console.options().width), administratorLines(destination, calling, *report));
    }
    return code;
}

} // namespace radpost::cli
