#pragma once

#include "core/config/Settings.h"

#include "ui/doctor/DoctorRun.h"

#include <map>
#include <memory>

namespace radpost::ui {

class ConfigStore;

/// The last test of each destination, for as long as the program runs and the destination stays as it was tested.
/// GUI thread.
class DestinationTests final : public QObject
{
    Q_OBJECT

public:
    /// With @p traces, tests of a destination that is traced are recorded.
    DestinationTests(ConfigStore& config, Background& network, std::shared_ptr<engine::Traces> traces = {},
        QObject* parent = nullptr);

    /// Tests a destination of the configuration anew; a test of it that runs goes on instead.
    void start(const QString& name);
    void startAll();
    void cancel(const QString& name);
    void cancelAll();

    /// nullptr: never tested as it is now.
    [[nodiscard]] DoctorRun* last(const QString& name) const;
    [[nodiscard]] int runningCount() const;
    /// Of destinations whose last test failed.
    [[nodiscard]] int failedCount() const;

Q_SIGNALS:
    void changed(const QString& name);

private:
    void dropStale();

    ConfigStore& m_config;
    Background& m_network;
    std::shared_ptr<engine::Traces> m_traces;
    std::map<QString, std::unique_ptr<DoctorRun>> m_runs;
};

} // namespace radpost::ui
