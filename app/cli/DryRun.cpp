#include "app/cli/DryRun.h"

#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/JobRun.h"
#include "app/cli/ScanRun.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"

#include <algorithm>

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

const SeriesNode* findSeries(const ScanFindings& findings, const PreflightItem& item)
{
    for (const auto& patient : findings.tree.patients()) {
        for (const auto& study : patient.studies) {
            const auto series = std::find_if(study.series.begin(), study.series.end(),
                [&item](const SeriesNode& node) { return node.uid == item.seriesInstanceUid; });
            if (study.uid == item.studyInstanceUid && series != study.series.end()) {
                return &*series;
            }
        }
    }
    return nullptr;
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
    for (const auto& item : report.items) {
        console.event(u"preflight"_s, itemFields(destination, item));
        const auto* series = findSeries(findings, item);
        const QString name = series == nullptr
            ? item.seriesInstanceUid.toString()
            : series->modality + u' ' + QString::number(series->number) + u"  "_s + series->description;
        console.line(u"  "_s + padRight(cutToWidth(printable(name), 36), 36) +
            padLeft(app::countText(item.context.instances), 8) + u"  "_s + verdictText(item));
    }
    const auto count = [&report](PreflightVerdict verdict) { return app::countText(report.count(verdict)); };
    console.line(Cli::tr("%1 as is, %2 decompressed without loss, %3 cannot be sent. Nothing was sent.")
                     .arg(count(PreflightVerdict::AsIs), count(PreflightVerdict::LosslessConvert),
                         count(PreflightVerdict::Cannot)));
}

} // namespace radpost::cli
