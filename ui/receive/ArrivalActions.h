#pragma once

#include "core/base/CancelToken.h"
#include "core/engine/ReceivedIndex.h"

#include "ui/common/Background.h"

#include <QObject>

#include <functional>
#include <optional>

namespace radpost::config {
struct Destination;
}

namespace radpost::engine {
class Engine;
}

namespace radpost::ui {

class Backend;
class ConfigStore;
class Receiver;

/// What a person does with what the gateway received, and what the index says needs one. Knows no widget; the ledger,
/// files and the gateway are used on worker threads. GUI thread.
class ArrivalActions final : public QObject
{
    Q_OBJECT

public:
    enum class What { SendOn, SendRest, Release, Drop, Complete, JudgeAgain, Export, Admit };
    Q_ENUM(What)

    ArrivalActions(ConfigStore& config, Backend& backend, Receiver& receiver, QObject* parent = nullptr);
    ~ArrivalActions() override;
    Q_DISABLE_COPY_MOVE(ArrivalActions)

    /// One job to @p destination with the current versions of @p choice, several when those are very many.
    void sendOn(const store::SpoolChoice& choice, const QString& destination, const QString& title);
    /// What is held of @p choice goes on.
    void release(const store::SpoolChoice& choice);
    /// Looks what is held of @p choice; see dropAsked(). @p title names the choice for people.
    void askToDrop(const store::SpoolChoice& choice, const QString& title);
    /// It is not to be sent: what a person was told in dropAsked(), and nothing that was held since.
    void drop(const engine::HoldDecision& decision);
    /// The rest of these is not waited for any longer; of @p studies neither the study's nor that of any series.
    void complete(const QList<engine::CompleteGroup>& groups, const QList<qint64>& studies);
    /// All that no rule wanted, by the rules of now.
    void judgeAgain();
    /// Plain files below @p folder. One at a time.
    void exportTo(const store::SpoolChoice& choice, const QString& folder);
    void cancelExport();
    [[nodiscard]] bool isExporting() const { return m_export.has_value(); }
    void admit(const engine::RefusedCaller& caller);

    /// Reads again what needs a person. While one reading is under way, another is not begun.
    void refresh();
    [[nodiscard]] const store::SpoolAttention& attention() const { return m_attention; }
    /// Without those who would be let in now; the last one first.
    [[nodiscard]] const QList<engine::RefusedCaller>& refused() const { return m_refused; }

    /// Why files of @p choice are held, to @p then on this thread.
    void readHolds(const store::SpoolChoice& choice, QObject* receiver,
        const std::function<void(const QList<store::SpoolHold>&)>& then);

Q_SIGNALS:
    void attentionChanged();
    void sent(const QString& destination, qint64 instances, const QList<radpost::JobId>& jobs);
    /// Nothing is decided yet: somebody has to say yes, with drop().
    void dropAsked(const radpost::engine::HoldDecision& decision, qint64 instances, const QString& title);
    void decided(radpost::ui::ArrivalActions::What what, qint64 instances);
    void exportProgressed(const radpost::engine::ExportOutcome& soFar);
    void exported(const radpost::engine::ExportOutcome& outcome, const QString& folder);
    void admitted(const radpost::engine::RefusedCaller& caller);
    void failed(radpost::ui::ArrivalActions::What what, const radpost::Error& error);

private:
    struct Attention
    {
        store::SpoolAttention attention;
        QList<engine::RefusedCaller> refused;
    };
    void decide(What what, const engine::HoldDecision& decision);
    struct Sent;
    [[nodiscard]] static Result<Sent> sendParts(engine::Engine& engine, const engine::ReceivedSource& source,
        const config::Destination& to, const QString& title);
    void tellSent(const QString& destination, const Result<Sent>& outcome);
    void readDecision(What what, const store::SpoolChoice& choice,
        const std::function<void(const engine::HoldDecision&, qint64)>& then);
    void take(const Attention& now);
    void tellDecided(What what, const Result<engine::HoldOutcome>& outcome);
    [[nodiscard]] QString spoolFolder() const;

    ConfigStore& m_config;
    Backend& m_backend;
    Receiver& m_receiver;
    store::SpoolAttention m_attention;
    QList<engine::RefusedCaller> m_refused;
    bool m_isRefreshing = false;
    std::optional<CancelSource> m_export;
    CancelSource m_ending;
    Background m_background;
};

} // namespace radpost::ui
