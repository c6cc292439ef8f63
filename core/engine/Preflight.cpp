#include "core/engine/Preflight.h"

#include "core/engine/DimseConnector.h"
#include "core/engine/NetValues.h"
#include "core/net/ContextPlan.h"

#include <algorithm>

namespace radpost::engine {

namespace {

net::ContextNeed needOf(const SeriesContext& context)
{
    return {context.sopClassUid, context.transferSyntaxUid};
}

std::vector<PreflightItem> itemsOf(const std::vector<PatientNode>& patients)
{
    std::vector<PreflightItem> items;
    for (const auto& patient : patients) {
        for (const auto& study : patient.studies) {
            for (const auto& series : study.series) {
                for (const auto& context : series.contexts) {
                    items.emplace_back();
                    items.back().studyInstanceUid = study.uid;
                    items.back().seriesInstanceUid = series.uid;
                    items.back().context = context;
                    if (!net::isProposable(needOf(context))) {
                        items.back().reason = ErrorCode::DicomMalformed;
                    }
                }
            }
        }
    }
    return items;
}

/// What one plan's answer says of the items it covers.
class Judge final
{
public:
    Judge(const net::ContextPlan& plan, const net::Association& association, const config::Destination& destination)
        : m_plan(plan)
        , m_answer(association.accepted().contexts)
        , m_conversion(conversion(destination.syntaxPolicy))
    {
    }

    void judge(PreflightItem& item) const
    {
        const auto choice = m_plan.choose(needOf(item.context), m_answer, m_conversion);
        item.sentAs = choice.transferSyntaxUid;
        switch (choice.kind) {
        case net::ContextChoice::Kind::AsIs:
            item.verdict = PreflightVerdict::AsIs;
            break;
        case net::ContextChoice::Kind::Convert:
            item.verdict = PreflightVerdict::LosslessConvert;
            break;
        case net::ContextChoice::Kind::Refused:
            item.verdict = PreflightVerdict::Cannot;
            item.reason = refusalCode(choice, needOf(item.context), m_conversion, m_answer);
            break;
        }
    }

private:
    const net::ContextPlan& m_plan;
    const std::vector<net::AnsweredContext>& m_answer;
    net::Conversion m_conversion;
};

void describePeer(PreflightReport& report, const net::Association& association)
{
    report.peerAddress = association.peerAddress();
    report.peerImplementation = association.peerImplementation();
    report.window = association.window();
    ++report.associations;
}

Result<PreflightReport> ask(
    DimseConnector& connector, const std::vector<PatientNode>& patients, const CancelToken& cancel)
{
    PreflightReport report;
    report.items = itemsOf(patients);
    std::vector<net::ContextNeed> needs;
    std::transform(report.items.begin(), report.items.end(), std::back_inserter(needs),
        [](const auto& item) { return needOf(item.context); });
    for (const auto& plan : net::ContextPlan::make(needs)) {
        auto association = connector.connect(plan.contexts(), cancel);
        if (!association) {
            return fail(std::move(association.error()));
        }
        describePeer(report, **association);
        const Judge judge(plan, **association, connector.destination());
        for (auto& item : report.items) {
            if (plan.covers(needOf(item.context))) {
                judge.judge(item);
            }
        }
        // The answer is in hand; how the peer takes the goodbye changes nothing.
        (void)(*association)->release(cancel);
    }
    return report;
}

} // namespace

qint64 PreflightReport::count(PreflightVerdict verdict) const
{
    qint64 instances = 0;
    for (const auto& item : items) {
        instances += item.verdict == verdict ? item.context.instances : 0;
    }
    return instances;
}

Result<PreflightReport> preflight(const std::vector<PatientNode>& patients, const config::Destination& destination,
    const AeTitle& callingAeTitle, const CancelToken& cancel)
{
    DimseConnector connector(destination, callingAeTitle);
    return ask(connector, patients, cancel);
}

Result<PreflightReport> preflight(const std::vector<PatientNode>& patients, const config::Destination& destination,
    const AeTitle& callingAeTitle, Traces& traces, const CancelToken& cancel)
{
    DimseConnector connector(destination, callingAeTitle, &traces);
    return ask(connector, patients, cancel);
}

} // namespace radpost::engine
