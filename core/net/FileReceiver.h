#pragma once

#include "core/net/ReceiveFolder.h"
#include "core/net/StoreHandler.h"

#include <QString>

#include <atomic>

namespace radpost::net {

/// What an instance survives once it is answered with 0000.
enum class Durability {
    Process,   ///< survives the end of this program, not a power loss in the next half minute or so
    PowerLoss, ///< file and directory are on the disk
};

/// Writes what arrives as Part 10 files, dir/<SOP Instance UID>.dcm: preamble, file meta information of our own
/// (PS3.10 7.1), then the data set bit for bit. Never holds an object in memory. A file appears under its name only
/// when it is whole, and is answered when it is as durable as wanted.
///
/// The same instance again: identical bytes are acknowledged and dropped; different ones are kept beside the first as
/// <UID>_2.dcm and so on. No room: 0xA700; other write errors: 0x0110. Any thread.
class FileReceiver final : public StoreHandler
{
public:
    explicit FileReceiver(QString directory, Durability durability = Durability::Process);
    ~FileReceiver() override;
    Q_DISABLE_COPY_MOVE(FileReceiver)

    /// Makes the directory where it is missing, and removes what killed receivers left there. Errors: FileWriteFailed.
    [[nodiscard]] Result<> open();

    [[nodiscard]] std::unique_ptr<StoreSink> begin(
        const CommandSet& request, const AcceptedContext& context, const PeerInfo& peer) override;

    /// Since the start; any thread.
    struct Counters
    {
        std::atomic<qint64> stored{0};
        std::atomic<qint64> duplicates{0}; ///< identical, dropped
        std::atomic<qint64> conflicts{0};  ///< same UID, other bytes, kept beside the first
        std::atomic<qint64> failed{0};
        std::atomic<qint64> bytes{0}; ///< of data sets stored
    };
    [[nodiscard]] const Counters& counters() const { return m_counters; }

private:
    class Sink;

    ReceiveFolder m_folder;
    const Durability m_durability;
    Counters m_counters;
};

} // namespace radpost::net
