#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <vector>

namespace radpost::engine {

/// The way from a command to the process that has the ledger open: small files in `requests` below the data folder, to
/// which its owner alone has access. It works on every system and disk that a ledger works on, and has no port.
///
/// A request is carried out once or not at all: who takes it renames it, and who gives up removes it, so one of the two
/// comes first. What a killed asker left is not carried out later.
class RequestFolder final
{
public:
    static constexpr qint64 kMostBytes = 1 << 20;    ///< of a request or an answer
    static constexpr std::chrono::seconds kLife{60}; ///< older requests are nobody's any more; patience is shorter

    /// @p kind: ends the names of the files; each has one taker.
    RequestFolder(const QString& dataFolder, QLatin1StringView kind);

    /// Hands @p request to the owner. Blocks until the answer is there, @p patience for it to be taken and as long
    /// again for the answer. Errors: LedgerOwnerSilent (it was not taken and will not be), LedgerOwnerBusy (it was
    /// taken and is perhaps still being carried out), Cancelled (likewise not taken), FileWriteFailed.
    [[nodiscard]] Result<QByteArray> ask(
        const QByteArray& request, std::chrono::milliseconds patience, const CancelToken& cancel) const;

    /// For the owner: makes the folder, closes it to others, and removes what nobody waits for any more. Nothing is
    /// taken from a folder that is a link or of another account.
    void open() const;

    struct Taken
    {
        QString path; ///< for answer()
        QByteArray text;
    };
    /// What was asked for since the last call; from now on nobody else's. Blocks on files.
    [[nodiscard]] std::vector<Taken> take() const;
    void answer(const Taken& request, const QByteArray& text) const;

private:
    const QString m_folder;
    const QString m_requestEnd;
    const QString m_takenEnd;
    const QString m_answerEnd;
};

} // namespace radpost::engine
