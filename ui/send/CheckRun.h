#pragma once

#include "core/config/Destination.h"
#include "core/engine/Preflight.h"

#include "ui/common/Background.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace radpost::ui {

/// What a destination makes of a series, or of some of its instances.
struct SeriesVerdict
{
    QString destination;
    engine::PreflightVerdict verdict = engine::PreflightVerdict::Cannot;
    qint64 instances = 0; ///< of the series
    TransferSyntaxUid sentAs;
    ErrorCode reason = ErrorCode::NoAcceptedContext; ///< of Cannot
};

/// "Check before sending": asks destinations, by real associations that carry nothing, what they would take. What one
/// answered holds for every series of the same SOP classes and transfer syntaxes. GUI thread.
class CheckRun final : public QObject
{
    Q_OBJECT

public:
    enum class State { Unknown, Running, Answered, Failed };

    /// With @p traces, checks of a destination that is traced are recorded.
    explicit CheckRun(Background& network, std::shared_ptr<engine::Traces> traces = {}, QObject* parent = nullptr);

    /// Cancels what runs.
    ~CheckRun() override;
    Q_DISABLE_COPY_MOVE(CheckRun)

    /// Asks each of @p destinations anew about the contexts of @p patients.
    void start(const std::vector<engine::PatientNode>& patients, const std::vector<config::Destination>& destinations,
        const AeTitle& callingAeTitle);
    void cancel();
    /// Forgets every answer.
    void clear();
    /// Forgets the answers of destinations that are gone or are another now.
    void keepOnly(const std::vector<config::Destination>& destinations);

    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] State stateOf(const QString& destination) const;
    [[nodiscard]] std::optional<Error> errorOf(const QString& destination) const;

    /// One for each of @p destinations and each verdict about the series' contexts; nothing of a context that was not
    /// asked about.
    [[nodiscard]] std::vector<SeriesVerdict> verdicts(
        const engine::SeriesNode& series, const QStringList& destinations) const;

Q_SIGNALS:
    void changed();
    void finished(); ///< nothing runs any more

private:
    struct Answer
    {
        SopClassUid sopClassUid;
        TransferSyntaxUid transferSyntaxUid;
        engine::PreflightItem item;
    };
    struct Asked
    {
        config::Destination destination;
        State state = State::Running;
        std::optional<Error> error;
        std::vector<Answer> answers;
        quint64 round = 0;
    };

    void take(const QString& name, quint64 round, const Result<engine::PreflightReport>& report);
    static const Answer* find(const Asked& asked, const engine::SeriesContext& context);

    Background& m_network;
    std::shared_ptr<engine::Traces> m_traces;
    CancelSource m_cancel;
    quint64 m_round = 0;
    std::map<QString, Asked> m_asked;
};

/// The one that a person must know: cannot before conversion before as it is. Nothing when there is none.
[[nodiscard]] std::optional<SeriesVerdict> worst(const std::vector<SeriesVerdict>& verdicts);

} // namespace radpost::ui
