#include "app/cli/DryRun.h"

#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/JobRun.h"
#include "app/cli/ScanRun.h"
#include "app/cli/Session.h"
#include "app/cli/StudyTreeText.h"
#include "app/cli/TextWidth.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using namespace engine;

QString verdictKey(PreflightVerdict verdict)
{
    switch (verdict) {
    case PreflightVerdict::AsIs:
        return u"as-is"_s;
    case PreflightVerdict::LosslessConvert:
        return u"lossless"_s;
    case PreflightVerdict::Cannot:
        break;
    }
    return u"cannot"_s;
}

QString verdictText(const PreflightItem& item)
{
    switch (item.verdict) {
    case PreflightVerdict::AsIs:
        return u"✔ "_s + Cli::tr("as is");
    case PreflightVerdict::LosslessConvert:
        return u"✔ "_s + Cli::tr("decompressed, without loss");
    case PreflightVerdict::Cannot:
        break;
    }
    return u"✖ "_s + app::errorText(item.reason).happened;
}

QJsonObject itemFields(const config::Destination& destination, const PreflightItem& item)
{
    QJsonObject fields{{u"destination"_s, destination.name}, {u"studyInstanceUid"_s, item.studyInstanceUid.toString()},
        {u"seriesInstanceUid"_s, item.seriesInstanceUid.toString()},
        {u"sopClassUid"_s, item.context.sopClassUid.toString()},
        {u"transferSyntaxUid"_s, item.context.transferSyntaxUid.toString()}, {u"instances"_s, item.context.instances},
        {u"verdict"_s, verdictKey(item.verdict)}};
    if (item.verdict == PreflightVerdict::Cannot) {
        fields.insert(u"reason"_s, errorName(item.reason).toString());
    } else {
        fields.insert(u"sentAs"_s, item.sentAs.toString());
    }
    return fields;
}

QString nameOf(const SeriesNode& series)
{
    QStringList words{series.modality, QString::number(series.number), series.description};
    words.removeAll(QString());
    return printable(words.join(u"  "_s));
}

/// The answers, under their patients and studies.
class Listing final
{
public:
    Listing(Console& console, const config::Destination& destination, const PreflightReport& report)
        : m_console(console)
        , m_destination(destination)
        , m_report(report)
    {
    }

    void print(const PatientNode& patient) const
    {
        m_console.line(u"  "_s + patientText(patient));
        for (const auto& study : patient.studies) {
            m_console.line(u"    "_s + studyText(study));
            for (const auto& series : study.series) {
                print(study, series);
            }
        }
    }

private:
    void print(const StudyNode& study, const SeriesNode& series) const
    {
        constexpr int kNameColumns = 34;
        for (const auto& item : m_report.items) {
            if (item.studyInstanceUid == study.uid && item.seriesInstanceUid == series.uid) {
                m_console.event(u"preflight"_s, itemFields(m_destination, item));
                m_console.line(u"      "_s + padRight(cutToWidth(nameOf(series), kNameColumns), kNameColumns) +
                    padLeft(app::countText(item.context.instances), 8) + u"  "_s + verdictText(item));
            }
        }
    }

    Console& m_console;
    const config::Destination& m_destination;
    const PreflightReport& m_report;
};

} // namespace

ExitCode DryRun::run(const QStringList& paths, const std::vector<config::Destination>& destinations)
{
    const auto findings = ScanRun(m_session).scan(paths);
    if (!findings) {
        return m_session.failed(findings.error());
    }
    if (findings->summary.instances == 0) {
        m_session.console().line(Cli::tr("Nothing was there to send."));
        return ExitCode::NothingToSend;
    }
    auto code = ExitCode::Ok;
    for (const auto& destination : destinations) {
        code = worse(code, ask(*findings, destination));
    }
    return code;
}

ExitCode DryRun::ask(const ScanFindings& findings, const config::Destination& destination)
{
    const Interrupt interrupt;
    const auto params = m_session.engineParams(LedgerAccess::ReadOnly);
    const auto report = preflight(findings.tree.patients(), destination, params.callingAeTitle, interrupt.token());
    if (!report) {
        m_session.console().line(destination.name);
        return m_session.failed(report.error());
    }
    print(findings, destination, *report);
    return report->count(PreflightVerdict::Cannot) > 0 ? ExitCode::SomeFailed : ExitCode::Ok;
}

void DryRun::print(const ScanFindings& findings, const config::Destination& destination, const PreflightReport& report)
{
    auto& console = m_session.console();
    console.line(
        Cli::tr("%1 (%2, %3) would take:")
            .arg(printable(destination.name), printable(report.peerAddress), printable(report.peerImplementation)));
    const Listing listing(console, destination, report);
    for (const auto& patient : sortedForPeople(findings.tree.patients())) {
        listing.print(patient);
    }
    const auto count = [&report](PreflightVerdict verdict) { return app::countText(report.count(verdict)); };
    console.line(Cli::tr("%1 as is, %2 decompressed without loss, %3 cannot be sent. Nothing was sent.")
                     .arg(count(PreflightVerdict::AsIs), count(PreflightVerdict::LosslessConvert),
                         count(PreflightVerdict::Cannot)));
}

} // namespace radpost::cli
