#pragma once

#include "core/config/Settings.h"

#include "core/queue/Progress.h"

#include "ui/doctor/DoctorRun.h"
#include "ui/doctor/TestResult.h"

#include <map>
#include <memory>

namespace radpost::ui {

class ConfigStore;

/// The last test of each destination, for as long as its address, AE titles, TLS and user identity stay as they were
/// tested; its result also from one run of the program to the next, see results(). GUI thread.
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

    /// nullptr: not tested as it is now by this run of the program.
    [[nodiscard]] DoctorRun* last(const QString& name) const;
    /// Nothing: nothing is known of it as it is now.
    [[nodiscard]] std::optional<TestResult> result(const QString& name) const;

    /// What is known, to be kept; and what was kept.
    [[nodiscard]] const QMap<QString, TestResult>& results() const { return m_results; }
    void restore(const QMap<QString, TestResult>& results);
    /// A test that somebody else made counts, too.
    void remember(const DoctorRun& run);
    /// Instances that are stored are proof that a destination works.
    void takeProgress(const queue::JobProgress& progress);
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
    QMap<QString, TestResult> m_results;
    std::map<JobId, qint64> m_stored; // by jobs that are sent
};

} // namespace radpost::ui
