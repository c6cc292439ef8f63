#pragma once

#include "core/net/Association.h"
#include "core/net/ContextPlan.h"
#include "core/net/Socket.h"
#include "core/net/TlsFacts.h"
#include "core/net/TlsSettings.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace radpost::net {

/// Whom to examine, and for what.
struct DoctorTarget
{
    QString host;
    quint16 port = 104;
    QByteArray calledAeTitle;
    QByteArray callingAeTitle;
    std::optional<TlsSettings> tls;
    std::optional<UserIdentityRq> identity;
    std::optional<AsyncWindow> window; ///< proposed
    quint32 maxPduBytes = 1 << 20;
    AssociationTimeouts timeouts;
    std::vector<ContextNeed> needs; ///< what is to be sent there
    Conversion conversion = Conversion::Allowed;
    int echoCount = 5;
    std::shared_ptr<TraceLog> trace{}; ///< of all its associations; see Association::setTrace()
};

enum class DoctorStep { Resolve, Connect, Tls, Association, Echo, Contexts };

enum class StepState {
    Passed,
    Warning, ///< works, but see the facts
    Failed,
    Skipped, ///< not asked for, or an earlier step failed
};

/// How one step ended.
struct DoctorFinding
{
    DoctorStep step = DoctorStep::Resolve;
    StepState state = StepState::Skipped;
    std::chrono::microseconds duration{0};
    std::optional<Error> error; ///< of Failed and of some Warnings
};

/// What one of DoctorTarget::needs comes to.
struct DoctorContext
{
    ContextNeed need;
    ContextChoice choice;
};

/// What an examination showed. Facts are filled by the step of their name, also when it failed, as far as it came.
struct DoctorReport
{
    std::vector<DoctorFinding> findings; ///< one for each step, in order

    QStringList addresses;                             ///< Resolve
    QString peerAddress;                               ///< Connect
    TlsFacts tls;                                      ///< Tls
    bool certificateEndsSoon = false;                  ///< Tls; one of the chain, within Doctor::kExpiryNotice
    bool lacksOurCertificate = false;                  ///< Tls; the peer asked for one and we have none
    std::optional<AssociateRj> rejection;              ///< Association, Contexts
    std::optional<Abort> abort;                        ///< Association, Echo, Contexts
    QString peerImplementation;                        ///< Association
    std::optional<quint32> peerMaxPdu;                 ///< Association; 0 = no limit
    int window = 1;                                    ///< Association; 0 = no limit
    std::vector<DoctorContext> contexts;               ///< Contexts
    std::vector<std::chrono::microseconds> roundTrips; ///< Echo, in the order they were made

    [[nodiscard]] const DoctorFinding* finding(DoctorStep step) const;

    /// The first step that failed, if any.
    [[nodiscard]] const DoctorFinding* firstFailure() const;

    /// How many of contexts come to that.
    [[nodiscard]] qint64 contextCount(ContextChoice::Kind kind) const;

    /// Of roundTrips; zero when there are none.
    [[nodiscard]] std::chrono::microseconds shortestRoundTrip() const;
    [[nodiscard]] std::chrono::microseconds medianRoundTrip() const;
};

/// Examines a destination step by step: name resolution, TCP, TLS, association, C-ECHO, accepted contexts. A step that
/// fails does not keep those from being made that do not depend on it; the others are Skipped.
class Doctor final
{
public:
    /// Told of each finding as soon as it is there, on the examining thread; the report holds what is known so far.
    using Listener = std::function<void(const DoctorFinding& finding, const DoctorReport& report)>;

    /// Certificates that end sooner make the TLS step a Warning.
    static constexpr std::chrono::hours kExpiryNotice{30 * 24};

    explicit Doctor(DoctorTarget target, Listener listener = {});

    /// Blocks; every step has its own deadline out of DoctorTarget::timeouts. Cancelled: the step at hand fails with
    /// Cancelled and the rest is Skipped. Sends no instance.
    [[nodiscard]] DoctorReport examine(const CancelToken& cancel);

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] Result<std::unique_ptr<Transport>> reach(const CancelToken& cancel);
    [[nodiscard]] Result<std::unique_ptr<Transport>> secure(std::unique_ptr<Socket> socket, const CancelToken& cancel);
    [[nodiscard]] std::unique_ptr<Association> associate(
        std::unique_ptr<Transport> transport, const ContextPlan& plan, const CancelToken& cancel);
    void noteContexts(const ContextPlan& plan, const Association& association);
    void examineContexts(const std::vector<ContextPlan>& plans, const CancelToken& cancel);
    void judgeContexts(Clock::time_point begun);
    [[nodiscard]] Result<> ask(const ContextPlan& plan, const CancelToken& cancel);
    [[nodiscard]] Result<std::unique_ptr<Transport>> reopen(const CancelToken& cancel) const;
    [[nodiscard]] Result<std::unique_ptr<Transport>> shakeHands(
        std::unique_ptr<Socket> socket, TlsFacts* facts, const CancelToken& cancel) const;
    [[nodiscard]] ErrorCode firstRefusal() const;
    void echo(Association& association, const CancelToken& cancel);
    [[nodiscard]] AssociateRq requestFor(const ContextPlan& plan) const;
    void judgeTls();

    void found(DoctorStep step, StepState state, Clock::time_point begun, std::optional<Error> error = {});
    void skipTheRest();

    DoctorTarget m_target;
    Listener m_listener;
    DoctorReport m_report;
    std::vector<SocketAddress> m_addresses;
};

} // namespace radpost::net
