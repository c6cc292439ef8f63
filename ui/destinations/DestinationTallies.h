#pragma once

#include "ui/common/Backend.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace radpost::ui {

/// What each destination took and refused in the last 24 hours, by the ledger. Looks again when something was
/// delivered, at most once in each pause however much moves, and now and then because the day moves on. GUI thread.
class DestinationTallies final : public QObject
{
    Q_OBJECT

public:
    explicit DestinationTallies(
        Backend& backend, std::chrono::milliseconds pause = std::chrono::seconds(5), QObject* parent = nullptr);

    /// Zeros for a destination that nothing was sent to; nothing before the ledger was read.
    [[nodiscard]] std::optional<store::DestinationTally> of(const QString& name) const;

Q_SIGNALS:
    void changed();

private:
    void followState();
    void lookSoon();
    void look();
    void take(const Result<QList<store::DestinationTally>>& tallies);

    Backend& m_backend;
    QTimer m_pause;
    QTimer m_regular;
    bool m_isLooking = false;
    bool m_isWanted = false;
    std::optional<QHash<QString, store::DestinationTally>> m_tallies; // by the name in lower case
};

} // namespace radpost::ui
