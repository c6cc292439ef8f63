#include "app/cli/EchoJson.h"

#include "app/cli/EchoText.h"
#include "app/cli/JsonValues.h"
#include "app/cli/TlsText.h"
#include "app/common/AssociationWords.h"
#include "app/common/DicomNames.h"
#include "app/common/DoctorText.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using net::DoctorFinding;
using net::DoctorReport;
using net::DoctorStep;
using net::StepState;
using Choice = net::ContextChoice::Kind;

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

QString choiceKey(Choice kind)
{
    switch (kind) {
    case Choice::AsIs:
        return u"as-is"_s;
    case Choice::Convert:
        return u"converted"_s;
    case Choice::Refused:
        break;
    }
    return u"refused"_s;
}

QJsonObject contextObject(const net::DoctorContext& context)
{
    const auto& [need, choice] = context;
    QJsonObject object{{u"sopClassUid"_s, need.sopClassUid.toString()},
        {u"sopClass"_s, app::sopClassName(need.sopClassUid)},
        {u"transferSyntaxUid"_s, need.transferSyntaxUid.toString()},
        {u"transferSyntax"_s, app::transferSyntaxName(need.transferSyntaxUid)}, {u"verdict"_s, choiceKey(choice.kind)}};
    if (choice.kind == Choice::Refused) {
        object.insert(u"reason"_s, errorName(choice.refusal).toString());
        object.insert(u"message"_s, app::errorText(choice.refusal).happened);
    } else {
        object.insert(u"sentAs"_s, choice.transferSyntaxUid.toString());
    }
    return object;
}

void addContexts(const DoctorReport& report, QJsonObject& fields)
{
    fields.insert(u"asIs"_s, report.contextCount(Choice::AsIs));
    fields.insert(u"converted"_s, report.contextCount(Choice::Convert));
    fields.insert(u"refused"_s, report.contextCount(Choice::Refused));
    QJsonArray contexts;
    for (const auto& context : report.contexts) {
        contexts.append(contextObject(context));
    }
    fields.insert(u"contexts"_s, contexts);
}

void addTls(const DoctorReport& report, QJsonObject& fields)
{
    const auto facts = tlsFields(report);
    for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
        fields.insert(fact.key(), fact.value());
    }
}

void addAssociation(const DoctorReport& report, QJsonObject& fields)
{
    fields.insert(u"implementation"_s, report.peerImplementation);
    fields.insert(u"window"_s, report.window);
    if (report.peerMaxPdu) {
        fields.insert(u"maxPdu"_s, static_cast<qint64>(*report.peerMaxPdu));
    }
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
        addTls(report, fields);
        break;
    case DoctorStep::Association:
        addAssociation(report, fields);
        break;
    case DoctorStep::Echo:
        fields.insert(u"shortestMicroseconds"_s, static_cast<qint64>(report.shortestRoundTrip().count()));
        fields.insert(u"medianMicroseconds"_s, static_cast<qint64>(report.medianRoundTrip().count()));
        break;
    case DoctorStep::Contexts:
        addContexts(report, fields);
        break;
    }
}

QJsonObject rejectionObject(const net::AssociateRj& rejection)
{
    const auto words = app::rejectionWords(rejection.result, rejection.source, rejection.reason);
    return {{u"result"_s, rejection.result}, {u"source"_s, rejection.source}, {u"reason"_s, rejection.reason},
        {u"resultText"_s, words.result}, {u"sourceText"_s, words.source}, {u"reasonText"_s, words.reason}};
}

QJsonObject abortObject(const net::Abort& abort)
{
    const auto words = app::abortWords(abort.source, abort.reason);
    return {{u"source"_s, abort.source}, {u"reason"_s, abort.reason}, {u"sourceText"_s, words.source},
        {u"reasonText"_s, words.reason}};
}

void addError(const Error& error, const DoctorReport& report, QJsonObject& fields)
{
    const auto text = app::doctorErrorText(error, report);
    fields.insert(u"error"_s, toJson(error));
    fields.insert(u"message"_s, text.happened);
    fields.insert(u"next"_s, text.next);
    if (report.rejection) {
        fields.insert(u"rejection"_s, rejectionObject(*report.rejection));
    }
    if (report.abort) {
        fields.insert(u"abort"_s, abortObject(*report.abort));
    }
}

void addWarnings(const DoctorFinding& finding, const DoctorReport& report, QJsonObject& fields)
{
    QJsonArray array;
    for (const auto& warning : app::stepWarnings(finding, report)) {
        array.append(QJsonObject{{u"name"_s, warning.key}, {u"message"_s, warning.message}, {u"next"_s, warning.next}});
    }
    if (!array.isEmpty()) {
        fields.insert(u"warnings"_s, array);
    }
}

} // namespace

QJsonObject toJson(const DoctorFinding& finding, const DoctorReport& report)
{
    QJsonObject fields{{u"step"_s, stepKey(finding.step)}, {u"state"_s, stateKey(finding.state)},
        {u"microseconds"_s, static_cast<qint64>(finding.duration.count())}};
    if (finding.error) {
        addError(*finding.error, report, fields);
    }
    if (finding.state != StepState::Skipped) {
        addFacts(finding.step, report, fields);
    }
    addWarnings(finding, report, fields);
    return fields;
}

} // namespace radpost::cli
