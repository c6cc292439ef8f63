#pragma once

#include "core/engine/QueryClient.h"
#include "core/engine/Traces.h"

#include "ui/common/Background.h"

#include <QObject>

#include <optional>
#include <vector>

namespace radpost::ui {

/// One search in one PACS: runs on a worker thread, tells each match as it comes. GUI thread.
class QueryRun final : public QObject
{
    Q_OBJECT

public:
    enum class State { Asking, Done, Stopped, Failed };
    Q_ENUM(State)

    /// Begins at once. With @p traces, what is said with a destination that is traced is recorded.
    QueryRun(Background& network, const config::Destination& source, const AeTitle& callingAeTitle,
        const engine::FindParams& params, const std::shared_ptr<engine::Traces>& traces = {},
        QObject* parent = nullptr);

    /// Stops.
    ~QueryRun() override;
    Q_DISABLE_COPY_MOVE(QueryRun)

    /// The PACS is told; finished() follows.
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOver() const { return m_state != State::Asking; }
    [[nodiscard]] const config::Destination& source() const { return m_source; }
    /// In the order they came.
    [[nodiscard]] const std::vector<dicom::Identifier>& matches() const { return m_matches; }
    /// False when there may be more than what came.
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    /// Of Failed.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    void matched(); ///< one more, at the end
    void finished();

private:
    void begin(Background& network, const AeTitle& callingAeTitle, const engine::FindParams& params,
        const std::shared_ptr<engine::Traces>& traces);
    void take(const dicom::Identifier& match);
    void end(const Result<engine::FindSummary>& summary);

    const config::Destination m_source;
    CancelSource m_stop;
    State m_state = State::Asking;
    std::vector<dicom::Identifier> m_matches;
    bool m_isComplete = false;
    std::optional<Error> m_error;
};

} // namespace radpost::ui
