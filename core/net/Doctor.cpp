#include "core/net/Doctor.h"

#include "core/net/EchoScu.h"
#include "core/net/TlsSocket.h"
#include "core/net/implementation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::net {

namespace {

constexpr std::array kSteps{DoctorStep::Resolve, DoctorStep::Connect, DoctorStep::Tls, DoctorStep::Association,
    DoctorStep::Echo, DoctorStep::Contexts};

ContextNeed verificationNeed()
{
    return {SopClassUid{kVerificationSopClass.toByteArray()}, TransferSyntaxUid{kImplicitLittleEndian.toByteArray()}};
}

} // namespace

const DoctorFinding* DoctorReport::finding(DoctorStep step) const
{
    const auto found = std::find_if(
        findings.begin(), findings.end(), [step](const DoctorFinding& finding) { return finding.step == step; });
    return found == findings.end() ? nullptr : &*found;
}

const DoctorFinding* DoctorReport::firstFailure() const
{
    const auto found = std::find_if(findings.begin(), findings.end(),
        [](const DoctorFinding& finding) { return finding.state == StepState::Failed; });
    return found == findings.end() ? nullptr : &*found;
}

qint64 DoctorReport::contextCount(ContextChoice::Kind kind) const
{
    return std::count_if(
        contexts.begin(), contexts.end(), [kind](const DoctorContext& context) { return context.choice.kind == kind; });
}

std::chrono::microseconds DoctorReport::shortestRoundTrip() const
{
    const auto shortest = std::min_element(roundTrips.begin(), roundTrips.end());
    return shortest == roundTrips.end() ? std::chrono::microseconds(0) : *shortest;
}

std::chrono::microseconds DoctorReport::medianRoundTrip() const
{
    auto sorted = roundTrips;
    std::sort(sorted.begin(), sorted.end());
    return sorted.empty() ? std::chrono::microseconds(0) : sorted[sorted.size() / 2];
}

Doctor::Doctor(DoctorTarget target, Listener listener)
    : m_target(std::move(target))
    , m_listener(std::move(listener))
{
}

DoctorReport Doctor::examine(const CancelToken& cancel)
{
    m_report = {};
    std::vector<ContextNeed> needs{verificationNeed()};
    needs.insert(needs.end(), m_target.needs.begin(), m_target.needs.end());
    const std::vector<ContextPlan> plans = ContextPlan::make(needs);

    if (auto transport = reach(cancel)) {
        if (const auto association = associate(std::move(*transport), plans.front(), cancel)) {
            echo(*association, cancel);
            noteContexts(plans.front(), *association);
            if (association->isOpen()) {
                [[maybe_unused]] const Result<> released = association->release(cancel);
            }
            // Only now: a peer may allow one association at a time.
            examineContexts(plans, cancel);
        }
    }
    skipTheRest();
    return m_report;
}

/// The steps up to a stream that DICOM can use.
Result<std::unique_ptr<Transport>> Doctor::reach(const CancelToken& cancel)
{
    auto begun = Clock::now();
    const Deadline connected(m_target.timeouts.connect);
    auto addresses = resolveHost(m_target.host, m_target.port, connected, cancel);
    if (!addresses) {
        found(DoctorStep::Resolve, StepState::Failed, begun, addresses.error());
        return fail(addresses.error());
    }
    for (const SocketAddress& address : *addresses) {
        m_report.addresses += address.toString();
    }
    found(DoctorStep::Resolve, StepState::Passed, begun);
    m_addresses = std::move(*addresses);

    begun = Clock::now();
    auto socket = Socket::connect(m_addresses, Deadline(m_target.timeouts.connect), cancel);
    if (!socket) {
        found(DoctorStep::Connect, StepState::Failed, begun, socket.error());
        return fail(socket.error());
    }
    m_report.peerAddress = (*socket)->peerAddress();
    found(DoctorStep::Connect, StepState::Passed, begun);
    return secure(std::move(*socket), cancel);
}

Result<std::unique_ptr<Transport>> Doctor::secure(std::unique_ptr<Socket> socket, const CancelToken& cancel)
{
    const auto begun = Clock::now();
    if (!m_target.tls) {
        found(DoctorStep::Tls, StepState::Skipped, begun);
        return socket;
    }
    auto secured = shakeHands(std::move(socket), &m_report.tls, cancel);
    judgeTls();
    if (secured) {
        const bool isOdd = m_report.certificateEndsSoon || m_report.lacksOurCertificate;
        found(DoctorStep::Tls, isOdd ? StepState::Warning : StepState::Passed, begun);
    } else {
        found(DoctorStep::Tls, StepState::Failed, begun, secured.error());
    }
    return secured;
}

Result<std::unique_ptr<Transport>> Doctor::shakeHands(
    std::unique_ptr<Socket> socket, TlsFacts* facts, const CancelToken& cancel) const
{
    const Deadline deadline(m_target.timeouts.tlsHandshake);
    return TlsContext::forClient(*m_target.tls).and_then([&](const auto& context) {
        return TlsSocket::connect(std::move(socket), *context, m_target.host, deadline, cancel, facts);
    });
}

void Doctor::judgeTls()
{
    const QDateTime soon = QDateTime::currentDateTimeUtc().addSecs(std::chrono::seconds(kExpiryNotice).count());
    m_report.certificateEndsSoon = std::any_of(m_report.tls.chain.begin(), m_report.tls.chain.end(),
        [&soon](const TlsCertificate& certificate) { return certificate.notAfter < soon; });
    // A TLS 1.3 peer that insists says so only when the association is asked for.
    m_report.lacksOurCertificate = m_report.tls.certificateRequested && m_target.tls->certificateFile.isEmpty();
}

AssociateRq Doctor::requestFor(const ContextPlan& plan) const
{
    AssociateRq request;
    request.calledAeTitle = m_target.calledAeTitle;
    request.callingAeTitle = m_target.callingAeTitle;
    request.applicationContext = kDicomApplicationContext.toByteArray();
    request.contexts = plan.contexts();
    request.user.maxLength = m_target.maxPduBytes;
    request.user.implementationClassUid = kImplementationClassUid.toByteArray();
    request.user.implementationVersionName = kImplementationVersionName.toByteArray();
    request.user.asyncWindow = m_target.window;
    request.user.identity = m_target.identity;
    return request;
}

std::unique_ptr<Association> Doctor::associate(
    std::unique_ptr<Transport> transport, const ContextPlan& plan, const CancelToken& cancel)
{
    const auto begun = Clock::now();
    auto association = std::make_unique<Association>(std::move(transport), Role::Requestor, m_target.timeouts);
    association->setTrace(m_target.trace);
    const Result<> accepted = association->request(requestFor(plan), cancel);
    m_report.rejection = association->rejection();
    m_report.abort = association->peerAbort();
    if (!accepted) {
        found(DoctorStep::Association, StepState::Failed, begun, accepted.error());
        return nullptr;
    }
    m_report.peerImplementation = association->peerImplementation();
    m_report.peerMaxPdu = association->accepted().user.maxLength;
    m_report.window = association->window();
    found(DoctorStep::Association, StepState::Passed, begun);
    return association;
}

void Doctor::noteContexts(const ContextPlan& plan, const Association& association)
{
    for (const ContextNeed& need : m_target.needs) {
        if (plan.covers(need)) {
            m_report.contexts.push_back(
                {need, plan.choose(need, association.accepted().contexts, m_target.conversion)});
        }
    }
}

void Doctor::examineContexts(const std::vector<ContextPlan>& plans, const CancelToken& cancel)
{
    const auto begun = Clock::now();
    for (std::size_t i = 1; i < plans.size(); ++i) {
        const Result<> asked = ask(plans[i], cancel);
        if (!asked) {
            found(DoctorStep::Contexts, StepState::Failed, begun, asked.error());
            return;
        }
    }
    judgeContexts(begun);
}

void Doctor::judgeContexts(Clock::time_point begun)
{
    const auto count = [this](ContextChoice::Kind kind) {
        return std::count_if(m_report.contexts.begin(), m_report.contexts.end(),
            [kind](const DoctorContext& context) { return context.choice.kind == kind; });
    };
    const auto total = static_cast<std::ptrdiff_t>(m_report.contexts.size());
    const auto refused = count(ContextChoice::Kind::Refused);
    if (total == 0) {
        found(DoctorStep::Contexts, StepState::Skipped, begun);
    } else if (refused == 0) {
        const bool converts = count(ContextChoice::Kind::Convert) > 0;
        found(DoctorStep::Contexts, converts ? StepState::Warning : StepState::Passed, begun);
    } else {
        const auto code = refused == total ? ErrorCode::NoAcceptedContext : firstRefusal();
        const QString detail = u"%1 of %2 needs cannot be met"_s.arg(refused).arg(total);
        found(DoctorStep::Contexts, StepState::Failed, begun, makeError(code, detail));
    }
}

/// Asks for the contexts that did not fit the first association, on one of their own.
Result<> Doctor::ask(const ContextPlan& plan, const CancelToken& cancel)
{
    return reopen(cancel).and_then([&](std::unique_ptr<Transport> transport) -> Result<> {
        Association association(std::move(transport), Role::Requestor, m_target.timeouts);
        association.setTrace(m_target.trace);
        const Result<> accepted = association.request(requestFor(plan), cancel);
        m_report.rejection = association.rejection();
        m_report.abort = association.peerAbort();
        return accepted.and_then([&] {
            noteContexts(plan, association);
            return association.release(cancel);
        });
    });
}

Result<std::unique_ptr<Transport>> Doctor::reopen(const CancelToken& cancel) const
{
    auto socket = Socket::connect(m_addresses, Deadline(m_target.timeouts.connect), cancel);
    if (!socket || !m_target.tls) {
        return socket;
    }
    return shakeHands(std::move(*socket), nullptr, cancel);
}

ErrorCode Doctor::firstRefusal() const
{
    const auto refused = std::find_if(m_report.contexts.begin(), m_report.contexts.end(),
        [](const DoctorContext& context) { return context.choice.kind == ContextChoice::Kind::Refused; });
    return refused == m_report.contexts.end() ? ErrorCode::NoAcceptedContext : refused->choice.refusal;
}

void Doctor::echo(Association& association, const CancelToken& cancel)
{
    const auto begun = Clock::now();
    EchoScu scu(association);
    for (int i = 0; i < m_target.echoCount; ++i) {
        const auto roundTrip = scu.echo(cancel);
        if (!roundTrip) {
            m_report.abort = association.peerAbort();
            // A peer may store what it is sent and yet not offer Verification.
            const bool isRefused = roundTrip.error().code == ErrorCode::SopClassRefused;
            found(DoctorStep::Echo, isRefused ? StepState::Warning : StepState::Failed, begun, roundTrip.error());
            return;
        }
        m_report.roundTrips.push_back(*roundTrip);
    }
    found(DoctorStep::Echo, m_target.echoCount > 0 ? StepState::Passed : StepState::Skipped, begun);
}

void Doctor::found(DoctorStep step, StepState state, Clock::time_point begun, std::optional<Error> error)
{
    const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun);
    m_report.findings.push_back({step, state, duration, std::move(error)});
    if (m_listener) {
        m_listener(m_report.findings.back(), m_report);
    }
}

void Doctor::skipTheRest()
{
    for (const DoctorStep step : kSteps) {
        if (m_report.finding(step) == nullptr) {
            found(step, StepState::Skipped, Clock::now());
        }
    }
}

} // namespace radpost::net
