#pragma once

#include "app/common/SupportFile.h"

#include "ui/common/Background.h"

#include <QObject>

#include <optional>

namespace radpost::observe {
class Journal;
}

namespace radpost::ui {

class Backend;

/// Writes a support bundle off the GUI thread, with the ledger when it is open, without it when it is not. GUI thread.
class SupportRun final : public QObject
{
    Q_OBJECT

public:
    SupportRun(observe::Journal& journal, Backend& backend, QObject* parent = nullptr);

    /// Cancels.
    ~SupportRun() override;
    Q_DISABLE_COPY_MOVE(SupportRun)

    /// Nothing while one is written.
    void start(const app::SupportRequest& request);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void changed(); ///< isRunning()
    void saved(const QString& file, const radpost::engine::SupportBundleFacts& facts);
    void failed(const QString& file, const radpost::Error& error);

private:
    void take(const QString& file, const Result<engine::SupportBundleFacts>& facts);

    observe::Journal& m_journal;
    Backend& m_backend;
    CancelSource m_cancel;
    bool m_isRunning = false;
    Background m_worker; // the last member: its thread ends before the rest goes
};

} // namespace radpost::ui
