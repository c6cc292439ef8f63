#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"
#include "core/config/Rule.h"
#include "core/engine/RequestFolder.h"
#include "core/store/RoutingTypes.h"

#include <QList>
#include <QString>

#include <chrono>

namespace radpost::store {
class Ledger;
}

namespace radpost::engine {

/// What is held, the oldest first; also beside a gateway that runs. Blocks on files. Errors: LedgerUnreadable (there is
/// no ledger yet), those of the ledger.
[[nodiscard]] Result<QList<store::HeldInstance>> heldInstances(const QString& dataFolder);

/// Why instances are in the spool; likewise.
[[nodiscard]] Result<store::SpoolReport> spoolReport(const QString& dataFolder);

/// A series or study that a person says is complete.
struct CompleteGroup
{
    config::Trigger level = config::Trigger::Study; ///< Series or Study
    QString uid;
    friend bool operator==(const CompleteGroup&, const CompleteGroup&) = default;
};

/// What a person says about instances that wait for one.
struct HoldDecision
{
    QList<qint64> holds;             ///< SpoolHold::id
    bool isUnmatched = false;        ///< and all that no rule wanted
    bool isDrop = false;             ///< they are not to be sent; else they go on
    QList<CompleteGroup> complete{}; ///< whatever rule waits for them
    friend bool operator==(const HoldDecision&, const HoldDecision&) = default;
};

struct HoldOutcome
{
    qint64 instances = 0;  ///< it was done for
    QList<qint64> unknown; ///< of the holds: there are none of these numbers
    friend bool operator==(const HoldOutcome&, const HoldOutcome&) = default;
};

/// Carries out @p decision, by this process or by the gateway that has the ledger open: it is handed a file below
/// @p dataFolder and has @p patience to answer. Blocks. Errors: those of RequestFolder::ask() and of the ledger.
[[nodiscard]] Result<HoldOutcome> decideHolds(const QString& dataFolder, const HoldDecision& decision,
    std::chrono::milliseconds patience, const CancelToken& cancel);

/// The other end, in the process that has the ledger open. One thread.
class HoldRequests final
{
public:
    explicit HoldRequests(const QString& dataFolder);

    /// See RequestFolder::open().
    void open() const;

    /// Carries out what was asked for since the last call, and answers. Blocks on files and the ledger.
    /// @p areWaitsOver becomes true when something was said to be complete: see Forwarder::waitsChanged().
    /// @return whether anything was.
    bool serve(store::Ledger& ledger, bool* areWaitsOver = nullptr);

private:
    const RequestFolder m_folder;
};

/// Of a request; nothing: it is none. For the fuzz target.
[[nodiscard]] std::optional<HoldDecision> parseHoldDecision(const QByteArray& text);

} // namespace radpost::engine
