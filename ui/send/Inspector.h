#pragma once

#include "core/engine/Inspection.h"

#include "ui/common/Background.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace radpost::ui {

/// The inspection of what shall be sent as the GUI thread sees it: news come at most ten times a second, and everything
/// that touches a file happens elsewhere. GUI thread.
class Inspector final : public QObject
{
    Q_OBJECT

public:
    using Params = std::function<engine::InspectionParams()>;
    using Listed = std::function<void(const std::vector<engine::SeriesInstance>& instances)>;

    /// @p params is asked at the first path after a start or a clear().
    explicit Inspector(Params params, QObject* parent = nullptr);

    void add(const QStringList& paths);
    void cancel();
    /// Scans everything again, after a cancelled scan.
    void scanAgain();
    /// Forgets everything; what was unpacked is removed in the background.
    void clear();

    /// What a send needs: every path that was added, without those inside others.
    [[nodiscard]] const QStringList& paths() const { return m_paths; }
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] bool wasCut() const { return m_wasCut; }
    [[nodiscard]] const engine::InspectionCounts& counts() const { return m_counts; }
    [[nodiscard]] double filesPerSecond() const { return m_filesPerSecond; }

    /// The files of the series; @p done is called unless @p receiver is gone. They can be read until clear().
    void list(size_t serial, QObject* receiver, Listed done);

Q_SIGNALS:
    void news(const radpost::engine::InspectionNews& news);
    void cleared();
    void failed(const radpost::Error& error);

private:
    void take();
    void resetState();

    Params m_params;
    QStringList m_paths;
    bool m_isRunning = false;
    bool m_wasCut = false;
    double m_filesPerSecond = 0;
    engine::InspectionCounts m_counts;
    QTimer m_timer;
    std::shared_ptr<engine::Inspection> m_inspection;
    Background m_background; // the last member: its work holds the inspection
};

} // namespace radpost::ui
