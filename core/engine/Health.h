#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <mutex>
#include <vector>

namespace radpost::engine {

/// One thing that must be well, and whether it is.
struct HealthCheck
{
    QString name; ///< "ledger", "disk_data": words of lower case joined by underscores
    bool isOk = false;
    QString reason; ///< English, without patient data: what is wrong, or what was found
    friend bool operator==(const HealthCheck&, const HealthCheck&) = default;
};

/// Whether the program can do its work now. Any thread.
class Health final
{
public:
    /// Gives what was found, or why it is not well. May block shortly; called from the thread that asks.
    using Check = std::function<Result<QString>()>;

    /// Before anybody asks.
    void add(const QString& name, Check check);

    /// From now on it is not ready: it ends, and nothing new should come.
    void setEnding();

    /// Every check, in the order they were added. Blocks as long as they do.
    [[nodiscard]] std::vector<HealthCheck> look() const;

private:
    struct Entry
    {
        QString name;
        Check check;
    };
    mutable std::mutex m_mutex; // guards what follows
    std::vector<Entry> m_checks;
    bool m_isEnding = false;
};

[[nodiscard]] bool isWell(const std::vector<HealthCheck>& checks);

/// {"ready": false, "checks": [{"name": …, "ok": …, "reason": …}]}
[[nodiscard]] QByteArray healthJson(const std::vector<HealthCheck>& checks);

/// That the disk of @p folder has more than @p reserveBytes free.
[[nodiscard]] Health::Check diskCheck(QString folder, qint64 reserveBytes);

/// That the ledger takes what is written: @p ask is Engine::checkLedger() or the like.
[[nodiscard]] Health::Check ledgerCheck(std::function<Result<>()> ask);

/// That @p wanted ports are open: @p open tells how many are.
[[nodiscard]] Health::Check listenerCheck(std::function<qsizetype()> open, qsizetype wanted);

} // namespace radpost::engine
