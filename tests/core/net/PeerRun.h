#pragma once

#include "core/net/EchoScu.h"
#include "core/net/Socket.h"
#include "core/net/StoreScu.h"
#include "core/net/implementation.h"
#include "tests/support/FakeScp.h"

#include <QElapsedTimer>

#include <functional>

namespace radpost::net::test {

using radpost::test::FakePeer;
using radpost::test::FakeScp;

inline const SopClassUid kCt{"1.2.840.10008.5.1.4.1.1.2"};
inline const TransferSyntaxUid kExplicit{"1.2.840.10008.1.2.1"};
inline const TransferSyntaxUid kImplicit{"1.2.840.10008.1.2"};
inline constexpr quint8 kCtContext = 1;
inline constexpr quint8 kEchoContext = 3;

/// No error.
inline constexpr auto kFine = ErrorCode(0);

using Script = std::function<void(FakePeer&)>;

/// Only the phase that is expected to run out of time is short: a loaded machine must not end another one.
inline AssociationTimeouts timeoutsFor(ErrorCode expected)
{
    constexpr std::chrono::milliseconds kShort{300};
    AssociationTimeouts timeouts;
    timeouts.association = expected == ErrorCode::AssociationTimeout ? kShort : std::chrono::seconds(30);
    timeouts.stall = expected == ErrorCode::SendStalled ? kShort : std::chrono::seconds(30);
    timeouts.response = expected == ErrorCode::ResponseTimeout ? kShort : std::chrono::seconds(30);
    timeouts.release = expected == ErrorCode::ReleaseTimeout ? kShort : std::chrono::seconds(30);
    return timeouts;
}

/// Far below the long timeouts, far above the short ones: who ends within it did not wait for a long one.
inline constexpr qint64 kSoonMs = 10'000;

/// What a cancel may take; the thread sanitizer makes everything several times slower.
#ifdef RADPOST_TSAN
inline constexpr qint64 kCancelMs = 2000;
#else
inline constexpr qint64 kCancelMs = 200;
#endif

inline AssociateRq request(std::optional<AsyncWindow> window)
{
    AssociateRq request;
    request.calledAeTitle = "FAKE";
    request.callingAeTitle = "RADPOST";
    request.applicationContext = kDicomApplicationContext.toByteArray();
    request.contexts = {
        {kCtContext, kCt, {kExplicit}}, {kEchoContext, SopClassUid{kVerificationSopClass.toByteArray()}, {kImplicit}}};
    request.user.maxLength = 1 << 20;
    request.user.implementationClassUid = kImplementationClassUid.toByteArray();
    request.user.asyncWindow = window;
    return request;
}

/// What a run against a peer came to.
struct Run
{
    ErrorCode error = kFine; ///< of the step that ended it
    QString detail;
    std::vector<StoreResponse> responses;
    qint64 elapsedMs = 0;
};

enum class Task { Associate, Echo, Store };

struct Plan
{
    Task task = Task::Store;
    int instances = 3;
    qsizetype instanceBytes = 2000;
    AssociationTimeouts timeouts = timeoutsFor(kFine);
    std::optional<AsyncWindow> window{};
    CancelToken cancel{};
};

inline StoreRequest storeRequest(int number, const Bytes& dataSet)
{
    StoreRequest store;
    store.tag = static_cast<quint64>(number);
    store.dataSet = dataSet;
    store.contextId = kCtContext;
    store.sopClassUid = kCt;
    store.sopInstanceUid = SopInstanceUid{"1.2.3." + QByteArray::number(number)};
    return store;
}

inline Result<> storeAll(StoreScu& scu, const Plan& plan, std::vector<StoreResponse>& responses)
{
    const Bytes dataSet(static_cast<std::size_t>(plan.instanceBytes), std::byte{0x20});
    const auto take = [&]() -> Result<> {
        return scu.awaitResponse(plan.cancel).map([&](StoreResponse response) {
            responses.push_back(std::move(response));
        });
    };
    for (int i = 0; i < plan.instances; ++i) {
        if (scu.outstanding() >= scu.window()) {
            if (auto taken = take(); !taken) {
                return taken;
            }
        }
        if (auto sent = scu.submit(storeRequest(i, dataSet), plan.cancel); !sent) {
            return sent;
        }
    }
    while (scu.outstanding() > 0) {
        if (auto taken = take(); !taken) {
            return taken;
        }
    }
    return scu.association().release(plan.cancel);
}

inline Result<> carryOut(quint16 port, const Plan& plan, std::vector<StoreResponse>& responses)
{
    auto socket = Socket::connect(QStringLiteral("127.0.0.1"), port, Deadline(plan.timeouts.connect), plan.cancel);
    if (!socket) {
        return fail(socket.error());
    }
    auto association = std::make_unique<Association>(std::move(*socket), Role::Requestor, plan.timeouts);
    if (auto asked = association->request(request(plan.window), plan.cancel); !asked) {
        return asked;
    }
    if (plan.task == Task::Store) {
        StoreScu scu(std::move(association));
        return storeAll(scu, plan, responses);
    }
    if (plan.task == Task::Echo) {
        if (auto echoed = EchoScu(*association).echo(plan.cancel); !echoed) {
            return fail(echoed.error());
        }
    }
    return association->release(plan.cancel);
}

inline Run run(quint16 port, const Plan& plan)
{
    Run run;
    QElapsedTimer timer;
    timer.start();
    const Result<> done = carryOut(port, plan, run.responses);
    run.elapsedMs = timer.elapsed();
    if (!done) {
        run.error = done.error().code;
        run.detail = done.error().detail;
    }
    return run;
}

inline Run runAgainst(const Script& script, const Plan& plan)
{
    const FakeScp scp([&script](FakePeer& peer, int) { script(peer); });
    return run(scp.port(), plan);
}

} // namespace radpost::net::test
