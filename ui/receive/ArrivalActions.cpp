#include "ui/receive/ArrivalActions.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/receive/GatewaySession.h"
#include "ui/receive/Receiver.h"

#include <QPointer>
#include <QSet>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr int kMostHolds = 100'000; // of one decision
constexpr int kShownHolds = 1'000;
constexpr auto kOtherAnswers = 10s; // the process that has the ledger
constexpr auto kProgressEvery = 200ms;
constexpr int kThreads = 2; // an export must not hold up a release

using SteadyClock = std::chrono::steady_clock;

} // namespace

struct ArrivalActions::Sent
{
    qint64 instances = 0;
    QList<JobId> jobs;
    std::optional<Error> rest; ///< why what comes after these was not sent
};

/// On a worker thread. Fails when no job was made at all.
Result<ArrivalActions::Sent> ArrivalActions::sendParts(
    engine::Engine& engine, const engine::ReceivedSource& source, const config::Destination& to, const QString& title)
{
    Sent sent;
    for (qsizetype i = 0; i < source.parts.size(); ++i) {
        engine::SendRequest request;
        request.paths = source.parts.at(i);
        request.destinations = {to};
        request.title =
            source.parts.size() == 1 ? title : QString(title + u" (%1/%2)"_s.arg(i + 1).arg(source.parts.size()));
        const auto jobs = engine.send(request);
        if (!jobs) {
            sent.rest = jobs.error();
            break;
        }
        sent.jobs += *jobs;
        sent.instances += request.paths.size();
    }
    if (sent.jobs.isEmpty()) {
        return fail(sent.rest.value_or(makeError(ErrorCode::FileNotFound, u"nothing of it is in the spool"_s)));
    }
    return sent;
}

ArrivalActions::ArrivalActions(ConfigStore& config, Backend& backend, Receiver& receiver, QObject* parent)
    : QObject(parent)
    , m_config(config)
    , m_backend(backend)
    , m_receiver(receiver)
    , m_background(u"arrivals"_s, kThreads)
{
}

ArrivalActions::~ArrivalActions()
{
    m_ending.cancel();
    cancelExport();
}

QString ArrivalActions::spoolFolder() const
{
    return engine::spoolFolderOf(m_backend.params().dataFolder, m_receiver.running().settings.serve);
}

void ArrivalActions::sendOn(const store::SpoolChoice& choice, const QString& destination, const QString& title)
{
    const auto* found = m_config.config().find(destination);
    if (found == nullptr || choice.isEmpty()) {
        return;
    }
    const auto send = [choice, title, to = *found, spool = spoolFolder()](engine::Engine& engine) -> Result<Sent> {
        const auto source = engine.received().source(choice, spool);
        return source ? sendParts(engine, *source, to, title) : fail(source.error());
    };
    m_backend.run(this, send, [this, name = found->name](const Result<Sent>& outcome) { tellSent(name, outcome); });
}

void ArrivalActions::tellSent(const QString& destination, const Result<Sent>& outcome)
{
    if (!outcome) {
        Q_EMIT failed(What::SendOn, outcome.error());
        return;
    }
    Q_EMIT sent(destination, outcome->instances, outcome->jobs);
    if (outcome->rest) {
        Q_EMIT failed(What::SendRest, *outcome->rest);
    }
}

void ArrivalActions::release(const store::SpoolChoice& choice)
{
    readDecision(What::Release, choice,
        [this](const engine::HoldDecision& decision, qint64) { decide(What::Release, decision); });
}

void ArrivalActions::askToDrop(const store::SpoolChoice& choice, const QString& title)
{
    readDecision(What::Drop, choice, [this, title](const engine::HoldDecision& decision, qint64 instances) {
        if (instances > 0) {
            Q_EMIT dropAsked(decision, instances, title);
        }
    });
}

void ArrivalActions::drop(const engine::HoldDecision& decision)
{
    decide(What::Drop, decision);
}

void ArrivalActions::readDecision(
    What what, const store::SpoolChoice& choice, const std::function<void(const engine::HoldDecision&, qint64)>& then)
{
    m_backend.run(
        this, [choice](engine::Engine& engine) { return engine.received().holds(choice, kMostHolds); },
        [this, what, then](const Result<QList<store::SpoolHold>>& holds) {
            if (!holds) {
                Q_EMIT failed(what, holds.error());
                return;
            }
            engine::HoldDecision decision;
            decision.isDrop = what == What::Drop;
            QSet<qint64> instances;
            for (const auto& hold : *holds) {
                decision.holds.append(hold.id);
                instances.insert(hold.spoolId);
            }
            then(decision, instances.size());
        });
}

void ArrivalActions::complete(const QList<engine::CompleteGroup>& groups, const QList<qint64>& studies)
{
    const auto gather = [groups, studies](engine::Engine& engine) -> Result<engine::HoldDecision> {
        engine::HoldDecision decision;
        decision.complete = groups;
        for (const auto study : studies) {
            const auto series = engine.received().series(study);
            if (!series) {
                return fail(series.error());
            }
            for (const auto& entry : *series) {
                decision.complete.append({config::Trigger::Series, entry.text.seriesInstanceUid});
            }
        }
        return decision;
    };
    m_backend.run(this, gather, [this](const Result<engine::HoldDecision>& decision) {
        if (decision) {
            decide(What::Complete, *decision);
        } else {
            Q_EMIT failed(What::Complete, decision.error());
        }
    });
}

void ArrivalActions::judgeAgain()
{
    engine::HoldDecision decision;
    decision.isUnmatched = true;
    decide(What::JudgeAgain, decision);
}

/// By the gateway of this window, by the ledger that is open here, or by the process that has it.
void ArrivalActions::decide(What what, const engine::HoldDecision& decision)
{
    const auto tell = [this, what](const Result<engine::HoldOutcome>& outcome) { tellDecided(what, outcome); };
    if (const auto& session = m_receiver.gateway()) {
        m_background.run(
            this, [session, decision] { return session->host->gateway().decide(decision); }, tell);
    } else if (m_backend.state() == Backend::State::ReadOnly) {
        m_background.run(
            this,
            [folder = m_backend.params().dataFolder, decision, ending = m_ending.token()] {
                return engine::decideHolds(folder, decision, kOtherAnswers, ending);
            },
            tell);
    } else {
        m_backend.run(
            this, [decision](engine::Engine& engine) { return engine.received().decide(decision); }, tell);
    }
}

void ArrivalActions::tellDecided(What what, const Result<engine::HoldOutcome>& outcome)
{
    if (!outcome) {
        Q_EMIT failed(what, outcome.error());
        return;
    }
    Q_EMIT decided(what, outcome->instances);
    refresh();
}

void ArrivalActions::exportTo(const store::SpoolChoice& choice, const QString& folder)
{
    const auto engine = m_backend.share();
    if (m_export || !engine || choice.isEmpty()) {
        return;
    }
    m_export.emplace();
    const engine::ExportParams params{choice, spoolFolder(), folder};
    const auto run = [this, engine, params, cancel = m_export->token(), self = QPointer<QObject>(this)] {
        auto next = SteadyClock::now();
        return engine->received().exportFiles(
            params,
            [&](const engine::ExportOutcome& soFar) {
                if (SteadyClock::now() >= next) {
                    next = SteadyClock::now() + kProgressEvery;
                    m_background.tell(self, [this, soFar] { Q_EMIT exportProgressed(soFar); });
                }
            },
            cancel);
    };
    m_background.run(this, run, [this, folder](const Result<engine::ExportOutcome>& outcome) {
        m_export.reset();
        if (outcome) {
            Q_EMIT exported(*outcome, folder);
        } else {
            Q_EMIT failed(What::Export, outcome.error());
        }
    });
}

void ArrivalActions::cancelExport()
{
    if (m_export) {
        m_export->cancel();
    }
}

void ArrivalActions::admit(const engine::RefusedCaller& caller)
{
    m_config.add(engine::peerFor(caller), this, [this, caller](const Result<>& outcome) {
        if (!outcome) {
            Q_EMIT failed(What::Admit, outcome.error());
            return;
        }
        Q_EMIT admitted(caller);
        refresh();
    });
}

void ArrivalActions::refresh()
{
    if (m_isRefreshing) {
        return;
    }
    const auto& config = m_config.config();
    const auto read = [serve = config.settings.serve, peers = config.peers](
                          engine::Engine& engine) -> Result<Attention> {
        const auto attention = engine.received().attention();
        auto refused = engine.received().refused();
        if (!attention || !refused) {
            return fail(attention ? refused.error() : attention.error());
        }
        refused->removeIf(
            [&](const engine::RefusedCaller& caller) { return engine::isAdmitted(caller, serve, peers); });
        return Attention{*attention, *std::move(refused)};
    };
    m_isRefreshing = m_backend.run(this, read, [this](const Result<Attention>& now) {
        m_isRefreshing = false;
        if (now) {
            take(*now);
        }
    });
}

void ArrivalActions::take(const Attention& now)
{
    const auto isSame = [](const engine::RefusedCaller& one, const engine::RefusedCaller& other) {
        return one.id == other.id && one.times == other.times;
    };
    const bool isOther = now.attention != m_attention ||
        !std::equal(now.refused.begin(), now.refused.end(), m_refused.begin(), m_refused.end(), isSame);
    m_attention = now.attention;
    m_refused = now.refused;
    if (isOther) {
        Q_EMIT attentionChanged();
    }
}

void ArrivalActions::readHolds(const store::SpoolChoice& choice, QObject* receiver,
    const std::function<void(const QList<store::SpoolHold>&)>& then)
{
    m_backend.run(
        receiver, [choice](engine::Engine& engine) { return engine.received().holds(choice, kShownHolds); },
        [then](const Result<QList<store::SpoolHold>>& holds) {
            if (holds) {
                then(*holds);
            }
        });
}

} // namespace radpost::ui
