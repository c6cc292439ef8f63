#include "core/engine/DimseSender.h"

#include "core/dicom/TransferSyntax.h"
#include "core/engine/NetValues.h"
#include "core/net/DimseStatus.h"
#include "core/net/EchoScu.h"
#include "core/net/implementation.h"

#include <QDir>
#include <QFile>
#include <QUuid>

#include <algorithm>

namespace radpost::engine {

using namespace Qt::StringLiterals;

namespace {

net::ContextNeed netNeed(const queue::ContextNeed& need)
{
    return {need.sopClassUid, need.transferSyntaxUid};
}

std::vector<net::ContextNeed> netNeeds(std::span<const queue::ContextNeed> needs)
{
    std::vector<net::ContextNeed> made;
    made.reserve(needs.size());
    for (const auto& need : needs) {
        made.push_back(netNeed(need));
    }
    return made;
}

Error refusalOf(const queue::ContextNeed& need, ErrorCode code)
{
    return makeError(code,
        u"SOP class %1, transfer syntax %2"_s.arg(need.sopClassUid.toString(), need.transferSyntaxUid.toString()));
}

/// Of this need alone, whoever the peer is.
std::optional<Error> objectionTo(const queue::ContextNeed& need)
{
    return net::isProposable(netNeed(need))
        ? std::nullopt
        : std::optional(makeError(ErrorCode::DicomMalformed, u"SOP class or transfer syntax is not a UID"_s));
}

void addNote(queue::SendOutcome& outcome, QStringView note)
{
    outcome.note += (outcome.note.isEmpty() ? u""_s : u"; "_s) + note;
}

} // namespace

DimseSender::DimseSender(std::shared_ptr<DimseConnector> connector, const CopyWorkshop& workshop)
    : m_connector(std::move(connector))
    , m_conversion(conversion(m_connector->destination().syntaxPolicy))
    , m_workshop(workshop)
    , m_converter(*workshop.runtime)
{
}

DimseSender::DimseSender(std::unique_ptr<net::StoreScu> scu, net::ContextPlan plan,
    std::vector<net::AnsweredContext> answer, const CopyWorkshop& workshop)
    : m_conversion(net::Conversion::Allowed)
    , m_workshop(workshop)
    , m_converter(*workshop.runtime)
    , m_contextPlan(std::move(plan))
    , m_answer(std::move(answer))
    , m_scu(std::move(scu))
{
}

DimseSender::~DimseSender()
{
    close();
}

Result<queue::SessionInfo> DimseSender::open(std::span<const queue::ContextNeed> needs, const CancelToken& cancel)
{
    if (!m_connector) {
        const auto& association = m_scu->association();
        return queue::SessionInfo{association.peerAddress(), association.peerImplementation(), m_scu->window()};
    }
    auto plans = net::ContextPlan::make(netNeeds(needs));
    if (plans.empty()) {
        return fail(ErrorCode::NoAcceptedContext, u"SOP class or transfer syntax is not a UID"_s);
    }
    m_contextPlan = std::move(plans.front());
    auto association = m_connector->connect(m_contextPlan.contexts(), cancel);
    if (!association) {
        return fail(std::move(association.error()));
    }
    m_answer = (*association)->accepted().contexts;
    queue::SessionInfo info;
    info.peerAddress = (*association)->peerAddress();
    info.peerImplementation = (*association)->peerImplementation();
    m_scu = std::make_unique<net::StoreScu>(*std::move(association));
    const bool anyAccepted = std::any_of(m_answer.begin(), m_answer.end(),
        [](const net::AnsweredContext& context) { return context.result == net::kContextAccepted; });
    if (!anyAccepted) {
        return fail(ErrorCode::NoAcceptedContext, u"of %1 presentation contexts"_s.arg(m_answer.size()));
    }
    info.window = m_scu->window();
    return info;
}

bool DimseSender::wasProposed(const queue::ContextNeed& need) const
{
    // No other association will have more.
    return !m_connector || !net::isProposable(netNeed(need)) || m_contextPlan.covers(netNeed(need));
}

void DimseSender::prepare(const queue::SendItem& item)
{
    if (m_prepared && !m_prepared->copy.isEmpty()) {
        QFile::remove(m_prepared->copy);
    }
    m_prepared = makePlan(item);
    if (!m_prepared->error) {
        m_scu->prepare(m_prepared->request);
    }
}

Result<> DimseSender::submit(const queue::SendItem& item, const CancelToken& cancel)
{
    m_cancel = cancel;
    auto plan = takePlan(item);
    if (plan.error && plan.error->code == ErrorCode::Cancelled) {
        return fail(*std::move(plan.error)); // of the program's end, not of the instance
    }
    if (plan.error) {
        queue::SendOutcome failed;
        failed.delivery = item.delivery;
        failed.error = std::move(plan.error);
        m_failed.push_back(std::move(failed));
        return {};
    }
    const auto sent = m_scu->submit(plan.request, cancel);
    if (!plan.copy.isEmpty()) {
        m_copies.emplace(item.delivery.value, std::move(plan));
    }
    return sent;
}

Result<queue::SendOutcome> DimseSender::awaitOutcome(const CancelToken& cancel)
{
    if (!m_failed.empty()) {
        Result<queue::SendOutcome> outcome(std::move(m_failed.front()));
        m_failed.pop_front();
        return outcome;
    }
    auto response = m_scu->awaitResponse(cancel);
    if (!response) {
        return fail(std::move(response.error()));
    }
    return outcomeOf(*response);
}

Result<bool> DimseSender::awaitSign(std::chrono::milliseconds limit, const CancelToken& cancel)
{
    return m_failed.empty() ? m_scu->awaitSign(limit, cancel) : Result<bool>(true);
}

void DimseSender::close()
{
    if (m_scu) {
        m_scu->close();
        m_scu.reset();
    }
    while (!m_copies.empty()) {
        forgetCopy(m_copies.begin()->first);
    }
    if (m_prepared && !m_prepared->copy.isEmpty()) {
        QFile::remove(m_prepared->copy);
    }
    m_prepared.reset();
    m_failed.clear();
}

net::ContextChoice DimseSender::choose(const queue::ContextNeed& need) const
{
    return m_contextPlan.choose(netNeed(need), m_answer, m_conversion);
}

DimseSender::Plan DimseSender::makePlan(const queue::SendItem& item)
{
    Plan plan;
    plan.delivery = item.delivery;
    plan.request.tag = static_cast<quint64>(item.delivery.value);
    plan.request.sopClassUid = item.need.sopClassUid;
    plan.request.sopInstanceUid = item.sopInstanceUid;
    plan.request.moveOriginator = m_originator;
    if ((plan.error = objectionTo(item.need))) {
        return plan;
    }

    const auto choice = choose(item.need);
    plan.request.contextId = choice.contextId;
    switch (choice.kind) {
    case net::ContextChoice::Kind::Refused:
        plan.error = refusalOf(item.need, refusalCode(choice, netNeed(item.need), m_conversion, m_answer));
        break;
    case net::ContextChoice::Kind::Convert:
        sendCopy(item, choice.transferSyntaxUid, plan);
        break;
    case net::ContextChoice::Kind::AsIs:
        sendFile(item, plan);
        break;
    }
    return plan;
}

void DimseSender::sendFile(const queue::SendItem& item, Plan& plan)
{
    auto& request = plan.request;
    request.path = item.path;
    request.expectedSizeBytes = item.sizeBytes;
    request.expectedMtimeNs = item.mtimeNs;
    request.dataSetOffset = item.dataSetOffset;
    request.dataSetLength = item.dataSetLength;
    // In a deflate stream no UID can be seen, so the header is read once more.
    const auto* syntax = dicom::TransferSyntax::find(item.need.transferSyntaxUid.value);
    request.uidMustAppear = !syntax || !syntax->isDeflated;
    if (!request.uidMustAppear) {
        if (auto checked = checkSource(item); !checked) {
            plan.error = std::move(checked.error());
        }
    }
}

void DimseSender::sendCopy(const queue::SendItem& item, const TransferSyntaxUid& target, Plan& plan)
{
    auto made = checkSource(item).and_then([&] { return makeCopy(item, target, plan); });
    if (!made) {
        plan.error = std::move(made.error());
    }
}

Result<> DimseSender::checkSource(const queue::SendItem& item)
{
    const auto header = m_reader.readFile(item.path);
    if (!header) {
        return fail(header.error());
    }
    const auto stamp = m_reader.lastStamp();
    if (stamp.sizeBytes != item.sizeBytes || stamp.mtimeNs != item.mtimeNs ||
        header->sopInstanceUid != item.sopInstanceUid) {
        return fail(ErrorCode::FileChanged, u"the file is not what was scanned"_s);
    }
    return {};
}

Result<> DimseSender::makeCopy(const queue::SendItem& item, const TransferSyntaxUid& target, Plan& plan)
{
    constexpr auto kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().exists(m_workshop.folder) && !QDir().mkdir(m_workshop.folder, kOwnerOnly) &&
        !QDir().exists(m_workshop.folder)) {
        return fail(ErrorCode::FileWriteFailed, m_workshop.folder);
    }
    const QString copy = m_workshop.folder + u'/' + QUuid::createUuid().toString(QUuid::Id128);
    const auto syntax = target.value == net::kImplicitLittleEndian ? dicom::UncompressedSyntax::ImplicitLittleEndian
                                                                   : dicom::UncompressedSyntax::ExplicitLittleEndian;
    const auto converted = m_converter.convert(item.path, syntax, copy, m_cancel);
    if (!converted) {
        return fail(converted.error());
    }
    plan.copy = copy;
    plan.note = converted->hasDecodedPixels ? u"decompressed"_s : u"converted"_s;
    plan.request.path = copy;
    plan.request.dataSetLength = converted->sizeBytes;
    return {};
}

DimseSender::Plan DimseSender::takePlan(const queue::SendItem& item)
{
    if (m_prepared && m_prepared->delivery == item.delivery) {
        auto plan = *std::move(m_prepared);
        m_prepared.reset();
        return plan;
    }
    return makePlan(item);
}

queue::SendOutcome DimseSender::outcomeOf(const net::StoreResponse& response)
{
    queue::SendOutcome outcome;
    outcome.delivery = DeliveryId{static_cast<qint64>(response.tag)};
    outcome.dimseStatus = response.status;
    outcome.errorComment = response.errorComment;
    outcome.offendingElement = response.offendingElement;
    outcome.bytesSent = response.bytesSent;
    outcome.duration = response.duration;
    outcome.error = response.error;
    if (const auto copy = m_copies.find(outcome.delivery.value); copy != m_copies.end()) {
        outcome.note = copy->second.note;
        forgetCopy(outcome.delivery.value);
    }
    if (response.isPadded) {
        addNote(outcome, u"odd length: one zero byte added");
    }
    if (response.status) {
        const auto meaning = net::storeStatusMeaning(*response.status);
        outcome.error = net::storeStatusError(*response.status, response.errorComment);
        outcome.kind = meaning.statusClass == net::StatusClass::Stored ? queue::OutcomeKind::Stored
            : meaning.isStored()                                       ? queue::OutcomeKind::StoredWithWarning
                                                                       : queue::OutcomeKind::Failed;
    }
    // Stored, but perhaps under another name: the peer changed the UID, and whoever looks for the instance must know.
    if (response.otherInstanceNamed && outcome.kind == queue::OutcomeKind::Stored) {
        outcome.kind = queue::OutcomeKind::StoredWithWarning;
        addNote(outcome, u"the response names another SOP Instance");
    }
    return outcome;
}

void DimseSender::forgetCopy(qint64 delivery)
{
    const auto copy = m_copies.find(delivery);
    QFile::remove(copy->second.copy);
    m_copies.erase(copy);
}

DimseSenderFactory::DimseSenderFactory(std::shared_ptr<DimseConnector> connector, CopyWorkshop workshop)
    : m_connector(std::move(connector))
    , m_workshop(std::move(workshop))
{
}

std::unique_ptr<queue::Sender> DimseSenderFactory::create()
{
    return std::make_unique<DimseSender>(m_connector, m_workshop);
}

std::optional<Error> DimseSenderFactory::objectionTo(const queue::ContextNeed& need) const
{
    return engine::objectionTo(need);
}

Result<> DimseSenderFactory::probe(const CancelToken& cancel)
{
    const net::ProposedContext verification{1, SopClassUid{net::kVerificationSopClass.toByteArray()},
        {TransferSyntaxUid{net::kImplicitLittleEndian.toByteArray()}}};
    auto association = m_connector->connect({verification}, cancel);
    if (!association) {
        return fail(std::move(association.error()));
    }
    auto echoed = net::EchoScu(**association).echo(cancel);
    // A peer that stores but does not verify is there all the same.
    if (!echoed && echoed.error().code != ErrorCode::SopClassRefused) {
        return fail(std::move(echoed.error()));
    }
    (void)(*association)->release(cancel);
    return {};
}

} // namespace radpost::engine
