#include "app/common/TraceWords.h"

#include "app/common/AssociationWords.h"
#include "app/common/DicomNames.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include "core/observe/Redact.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

constexpr qsizetype kLongest = 128;

QString wireText(const QByteArray& bytes)
{
    return printable(QString::fromLatin1(bytes.left(kLongest)));
}

// A peer's own words are in its own character set.
QString commentText(const QByteArray& bytes, observe::Masking masking)
{
    const auto text = printable(QString::fromUtf8(bytes.left(kLongest)));
    return masking == observe::Masking::On ? observe::redact(text) : text;
}

QString uidText(const QByteArray& uid, observe::Masking masking)
{
    return masking == observe::Masking::On ? observe::redact(wireText(uid)) : wireText(uid);
}

QString className(const QByteArray& uid)
{
    if (uid == "1.2.840.10008.1.1") {
        return u"Verification SOP Class"_s; // the table is that of storage
    }
    return printable(sopClassName({uid.left(kLongest)}));
}

QString syntaxName(const TransferSyntaxUid& uid)
{
    return printable(transferSyntaxName({uid.value.left(kLongest)}));
}

QString hex(quint16 number)
{
    return u"0x%1"_s.arg(number, 4, 16, QChar(u'0'));
}

QString unlimited(quint16 number)
{
    return number == 0 ? TraceWords::tr("no limit") : QString::number(number);
}

QString identityWord(net::UserIdentityType type)
{
    switch (type) {
    case net::UserIdentityType::Username:
        return TraceWords::tr("user name");
    case net::UserIdentityType::UsernamePasscode:
        return TraceWords::tr("user name and passcode");
    case net::UserIdentityType::Kerberos:
        return TraceWords::tr("Kerberos ticket");
    case net::UserIdentityType::Saml:
        return TraceWords::tr("SAML assertion");
    case net::UserIdentityType::Jwt:
        return TraceWords::tr("JSON Web Token");
    }
    return TraceWords::tr("type %1").arg(static_cast<int>(type));
}

QString resultWord(quint8 result)
{
    switch (result) {
    case net::kContextUserRejection:
        return TraceWords::tr("refused by the user of the service");
    case net::kContextNoReason:
        return TraceWords::tr("refused without a reason");
    case net::kContextAbstractSyntaxNotSupported:
        return TraceWords::tr("refused: the SOP class is not supported");
    case net::kContextTransferSyntaxesNotSupported:
        return TraceWords::tr("refused: none of the transfer syntaxes is supported");
    default:
        return TraceWords::tr("refused: result %1").arg(result);
    }
}

void addRoles(TraceWords& words, const net::UserInformation& user)
{
    for (const auto& role : user.roles) {
        const QString scu = role.scu ? u"SCU"_s : QString();
        const QString scp = role.scp ? u"SCP"_s : QString();
        QStringList roles{scu, scp};
        roles.removeAll(QString());
        words.lines.append(TraceWords::tr("Roles for %1: %2").arg(className(role.sopClassUid), enumerated(roles)));
    }
}

void addUser(TraceWords& words, const net::UserInformation& user)
{
    if (user.maxLength) {
        words.lines.append(*user.maxLength == 0
                ? TraceWords::tr("Longest PDU that it takes: no limit")
                : TraceWords::tr("Longest PDU that it takes: %1 bytes").arg(countText(*user.maxLength)));
    }
    words.lines.append(TraceWords::tr("Implementation: %1 (%2)")
                           .arg(wireText(user.implementationVersionName), wireText(user.implementationClassUid)));
    if (user.asyncWindow) {
        words.lines.append(TraceWords::tr("Asynchronous operations: %1 invoked, %2 performed")
                               .arg(unlimited(user.asyncWindow->invoked), unlimited(user.asyncWindow->performed)));
    }
    addRoles(words, user);
    for (const auto& extended : user.extended) {
        words.lines.append(TraceWords::tr("Extended negotiation for %1: %2 bytes")
                               .arg(className(extended.sopClassUid))
                               .arg(extended.information.size()));
    }
    for (const auto& extended : user.commonExtended) {
        words.lines.append(TraceWords::tr("Common extended negotiation for %1").arg(className(extended.sopClassUid)));
    }
    if (user.identity) {
        words.lines.append(TraceWords::tr("User identity: %1 (never recorded)").arg(identityWord(user.identity->type)));
    }
    if (user.identityAnswer) {
        words.lines.append(TraceWords::tr("User identity: answered (never recorded)"));
    }
}

TraceWords wordsOf(const net::TraceOpened& opened, observe::Masking)
{
    return {TraceWords::tr("Connection with %1").arg(opened.peerAddress), {}};
}

TraceWords wordsOf(const net::AssociateRq& request, observe::Masking)
{
    TraceWords words;
    words.heading = TraceWords::tr(
        "A-ASSOCIATE-RQ: %1 calls %2, %n presentation context(s)", nullptr, static_cast<int>(request.contexts.size()))
                        .arg(wireText(request.callingAeTitle), wireText(request.calledAeTitle));
    words.lines.append(TraceWords::tr("Application context: %1").arg(wireText(request.applicationContext)));
    for (const auto& context : request.contexts) {
        QStringList names;
        for (const auto& syntax : context.transferSyntaxes) {
            names.append(syntaxName(syntax));
        }
        words.lines.append(
            TraceWords::tr("Context %1: %2; %3")
                .arg(QString::number(context.id), className(context.sopClassUid.value), enumerated(names)));
    }
    addUser(words, request.user);
    return words;
}

QString proposedName(const net::TraceAccepted& accepted, quint8 id)
{
    const auto found = std::find_if(
        accepted.proposed.begin(), accepted.proposed.end(), [id](const auto& context) { return context.id == id; });
    return found == accepted.proposed.end() ? u"?"_s : className(found->sopClassUid.value);
}

TraceWords wordsOf(const net::TraceAccepted& accepted, observe::Masking)
{
    const auto& contexts = accepted.answer.contexts;
    const auto taken = std::count_if(
        contexts.begin(), contexts.end(), [](const auto& context) { return context.result == net::kContextAccepted; });
    TraceWords words;
    words.heading = TraceWords::tr(
        "A-ASSOCIATE-AC: accepted, %1 of %n presentation context(s)", nullptr, static_cast<int>(contexts.size()))
                        .arg(taken);
    for (const auto& context : contexts) {
        const bool isTaken = context.result == net::kContextAccepted;
        words.lines.append(
            TraceWords::tr("Context %1: %2; %3")
                .arg(QString::number(context.id), proposedName(accepted, context.id),
                    isTaken ? TraceWords::tr("accepted with %1").arg(syntaxName(context.transferSyntaxUid))
                            : resultWord(context.result)));
    }
    addUser(words, accepted.answer.user);
    return words;
}

TraceWords wordsOf(const net::AssociateRj& rejection, observe::Masking)
{
    const auto said = rejectionWords(rejection.result, rejection.source, rejection.reason);
    return {TraceWords::tr("A-ASSOCIATE-RJ: %1").arg(said.reason),
        {TraceWords::tr("Result %1: %2").arg(QString::number(rejection.result), said.result),
            TraceWords::tr("Source %1: %2").arg(QString::number(rejection.source), said.source),
            TraceWords::tr("Reason %1: %2").arg(QString::number(rejection.reason), said.reason)}};
}

TraceWords wordsOf(const net::TraceRelease& release, observe::Masking)
{
    return {release.isResponse ? u"A-RELEASE-RP"_s : u"A-RELEASE-RQ"_s, {}};
}

TraceWords wordsOf(const net::Abort& abort, observe::Masking)
{
    const auto said = abortWords(abort.source, abort.reason);
    return {TraceWords::tr("A-ABORT: %1").arg(said.reason),
        {TraceWords::tr("Source %1: %2").arg(QString::number(abort.source), said.source),
            TraceWords::tr("Reason %1: %2").arg(QString::number(abort.reason), said.reason)}};
}

struct CommandName
{
    net::DimseCommand command;
    QLatin1StringView name;
};

// PS3.7 E.1.
constexpr std::array kCommands{
    CommandName{net::DimseCommand::CStoreRq, "C-STORE-RQ"_L1},
    CommandName{net::DimseCommand::CStoreRsp, "C-STORE-RSP"_L1},
    CommandName{net::DimseCommand::CGetRq, "C-GET-RQ"_L1},
    CommandName{net::DimseCommand::CGetRsp, "C-GET-RSP"_L1},
    CommandName{net::DimseCommand::CFindRq, "C-FIND-RQ"_L1},
    CommandName{net::DimseCommand::CFindRsp, "C-FIND-RSP"_L1},
    CommandName{net::DimseCommand::CMoveRq, "C-MOVE-RQ"_L1},
    CommandName{net::DimseCommand::CMoveRsp, "C-MOVE-RSP"_L1},
    CommandName{net::DimseCommand::CEchoRq, "C-ECHO-RQ"_L1},
    CommandName{net::DimseCommand::CEchoRsp, "C-ECHO-RSP"_L1},
    CommandName{net::DimseCommand::NEventReportRq, "N-EVENT-REPORT-RQ"_L1},
    CommandName{net::DimseCommand::NEventReportRsp, "N-EVENT-REPORT-RSP"_L1},
    CommandName{net::DimseCommand::NGetRq, "N-GET-RQ"_L1},
    CommandName{net::DimseCommand::NGetRsp, "N-GET-RSP"_L1},
    CommandName{net::DimseCommand::NSetRq, "N-SET-RQ"_L1},
    CommandName{net::DimseCommand::NSetRsp, "N-SET-RSP"_L1},
    CommandName{net::DimseCommand::NActionRq, "N-ACTION-RQ"_L1},
    CommandName{net::DimseCommand::NActionRsp, "N-ACTION-RSP"_L1},
    CommandName{net::DimseCommand::NCreateRq, "N-CREATE-RQ"_L1},
    CommandName{net::DimseCommand::NCreateRsp, "N-CREATE-RSP"_L1},
    CommandName{net::DimseCommand::NDeleteRq, "N-DELETE-RQ"_L1},
    CommandName{net::DimseCommand::NDeleteRsp, "N-DELETE-RSP"_L1},
    CommandName{net::DimseCommand::CCancelRq, "C-CANCEL-RQ"_L1},
};

QString commandName(quint16 field)
{
    const auto found = std::find_if(kCommands.begin(), kCommands.end(),
        [field](const CommandName& row) { return static_cast<quint16>(row.command) == field; });
    return found == kCommands.end() ? TraceWords::tr("command %1").arg(hex(field)) : QString(found->name);
}

// The texts of a status are about storage; other services have their own meanings for most numbers.
QString statusLine(const net::CommandSet& command)
{
    const auto number = hex(*command.status);
    const bool isKnown = *command.status == 0 || command.is(net::DimseCommand::CStoreRsp);
    if (!isKnown) {
        return TraceWords::tr("Status: %1").arg(number);
    }
    const auto meaning = *command.status == 0 ? TraceWords::tr("success") : statusText(*command.status).happened;
    return TraceWords::tr("Status: %1, %2").arg(number, meaning);
}

void addNumber(TraceWords& words, const char* text, const std::optional<quint16>& number)
{
    if (number) {
        words.lines.append(TraceWords::tr(text).arg(*number));
    }
}

void addUids(TraceWords& words, const net::CommandSet& command, observe::Masking masking)
{
    for (const auto& uid : {command.affectedSopClassUid, command.requestedSopClassUid}) {
        if (!uid.isEmpty()) {
            words.lines.append(TraceWords::tr("SOP class: %1").arg(className(uid)));
        }
    }
    for (const auto& uid : {command.affectedSopInstanceUid, command.requestedSopInstanceUid}) {
        if (!uid.isEmpty()) {
            words.lines.append(TraceWords::tr("SOP instance: %1").arg(uidText(uid, masking)));
        }
    }
}

void addCounts(TraceWords& words, const net::CommandSet& command)
{
    addNumber(words, QT_TRANSLATE_NOOP("TraceWords", "Event type: %1"), command.eventTypeId);
    addNumber(words, QT_TRANSLATE_NOOP("TraceWords", "Action type: %1"), command.actionTypeId);
    addNumber(words, QT_TRANSLATE_NOOP("TraceWords", "Sub-operations left: %1"), command.remainingSuboperations);
    addNumber(words, QT_TRANSLATE_NOOP("TraceWords", "Sub-operations done: %1"), command.completedSuboperations);
    addNumber(words, QT_TRANSLATE_NOOP("TraceWords", "Sub-operations failed: %1"), command.failedSuboperations);
    addNumber(
        words, QT_TRANSLATE_NOOP("TraceWords", "Sub-operations with a warning: %1"), command.warningSuboperations);
}

void addTrouble(TraceWords& words, const net::CommandSet& command, observe::Masking masking)
{
    if (command.status) {
        words.lines.append(statusLine(command));
    }
    addNumber(words, QT_TRANSLATE_NOOP("TraceWords", "Error ID: %1"), command.errorId);
    if (!command.errorComment.isEmpty()) {
        words.lines.append(TraceWords::tr("Error comment: %1").arg(commentText(command.errorComment, masking)));
    }
    if (!command.offendingElements.empty()) {
        words.lines.append(
            TraceWords::tr("Offending elements: %1").arg(net::tagsToText(command.offendingElements).left(kLongest)));
    }
}

TraceWords wordsOf(const net::TraceCommand& said, observe::Masking masking)
{
    const auto& command = said.command;
    const auto message = command.messageId ? command.messageId : command.messageIdBeingRespondedTo;
    TraceWords words;
    words.heading = TraceWords::tr("P-DATA-TF: %1, message %2, context %3")
                        .arg(commandName(command.commandField), message ? QString::number(*message) : u"?"_s,
                            QString::number(said.contextId));
    if (command.status) {
        words.heading = TraceWords::tr("%1, status %2").arg(words.heading, hex(*command.status));
    }
    addUids(words, command, masking);
    addTrouble(words, command, masking);
    addCounts(words, command);
    if (!command.moveDestination.isEmpty()) {
        words.lines.append(TraceWords::tr("Move destination: %1").arg(wireText(command.moveDestination)));
    }
    if (!command.moveOriginatorAeTitle.isEmpty()) {
        words.lines.append(TraceWords::tr("Move originator: %1").arg(wireText(command.moveOriginatorAeTitle)));
    }
    words.lines.append(
        command.hasDataSet() ? TraceWords::tr("A data set follows") : TraceWords::tr("No data set follows"));
    return words;
}

TraceWords wordsOf(const net::TraceData& data, observe::Masking)
{
    const auto amount = TraceWords::tr("%1 bytes in %n fragment(s)", nullptr, static_cast<int>(data.fragments))
                            .arg(countText(data.bytes));
    return {data.isLast ? TraceWords::tr("P-DATA-TF: end of a data set, context %1, %2")
                              .arg(QString::number(data.contextId), amount)
                        : TraceWords::tr("P-DATA-TF: part of a data set, context %1, %2")
                              .arg(QString::number(data.contextId), amount),
        {}};
}

TraceWords wordsOf(const net::TraceFault& fault, observe::Masking)
{
    const auto heading = fault.pduType ? TraceWords::tr("A PDU of type %1 that cannot be read, %2 bytes")
                                             .arg(QString::number(*fault.pduType), countText(fault.bytes))
                                       : TraceWords::tr("What came is not what belongs here");
    return {heading, {printable(fault.detail)}};
}

TraceWords wordsOf(const net::TraceClosed& closed, observe::Masking)
{
    if (!closed.error) {
        return {TraceWords::tr("Connection closed"), {}};
    }
    return {TraceWords::tr("Connection ended: %1").arg(errorText(*closed.error).happened),
        {u"%1 (%2)"_s.arg(errorName(closed.error->code)).arg(static_cast<int>(closed.error->code)),
            printable(closed.error->detail)}};
}

} // namespace

TraceWords traceWords(const net::TraceRecord& record, observe::Masking masking)
{
    return std::visit([masking](const auto& content) { return wordsOf(content, masking); }, record.content);
}

bool hasTraceLines(const net::TraceRecord& record)
{
    const auto& content = record.content;
    const auto* closed = std::get_if<net::TraceClosed>(&content);
    const bool isPlain = std::holds_alternative<net::TraceOpened>(content) ||
        std::holds_alternative<net::TraceRelease>(content) || std::holds_alternative<net::TraceData>(content);
    return closed != nullptr ? closed->error.has_value() : !isPlain;
}

QString traceArrow(net::TraceDirection direction)
{
    switch (direction) {
    case net::TraceDirection::Sent:
        return u"→"_s;
    case net::TraceDirection::Heard:
        return u"←"_s;
    case net::TraceDirection::Neither:
        break;
    }
    return u"·"_s;
}

QString traceText(const std::vector<net::TraceRecord>& records, observe::Masking masking)
{
    QString text;
    for (const auto& record : records) {
        const auto words = traceWords(record, masking);
        text += dateTimeText(record.time) + u"  #"_s + QString::number(record.association) + u' ' +
            traceArrow(record.direction) + u' ' + words.heading + u'\n';
        for (const auto& line : words.lines) {
            text += u"    "_s + line + u'\n';
        }
    }
    return text;
}

} // namespace radpost::app
