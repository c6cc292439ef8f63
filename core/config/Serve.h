#pragma once

#include "core/base/StrongId.h"
#include "core/config/Destination.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace radpost::config {

/// What a received instance survives once its sender has the answer. In the file: "process", "power-loss".
enum class ReceiveDurability {
    Process,   ///< the end of the program
    PowerLoss, ///< that of the machine too: each file is synced to the disk
};

/// The same SOP Instance UID comes with another content. In the file: "keep-both", "keep-first", "keep-last".
enum class DuplicateRule { KeepBoth, KeepFirst, KeepLast };

/// Who may open associations. In the file: "listed", "anyone".
enum class ServeAccess {
    Listed, ///< this machine itself and the [[peer]] tables
    Anyone,
};

/// Of the gateway, "radpost serve": the table [serve]. A plain value.
struct ServeSettings
{
    QString address; ///< to listen on, where no [[listener]] says otherwise; empty: all
    quint16 port = 11112;
    AeTitle aeTitle;     ///< empty: any called title is right
    QString spoolFolder; ///< empty: "spool" in the data folder
    ReceiveDurability durability = ReceiveDurability::PowerLoss;
    DuplicateRule duplicates = DuplicateRule::KeepBoth;
    ServeAccess access = ServeAccess::Listed;
    bool learn = true; ///< remember who was refused
    quint32 maxPduBytes = 1 << 20;
    int maxAssociations = 200;
    int maxAssociationsPerAddress = 64; ///< 0: no limit
    int maxAssociationsPerAeTitle = 0;  ///< likewise
    qint64 diskReserveBytes = qint64(1) << 30;
    qint64 quotaBytes = 0;                    ///< of the spool; 0: no limit
    QStringList sopClassUids;                 ///< empty: all
    QStringList transferSyntaxUids;           ///< empty: all
    std::chrono::milliseconds pause{300'000}; ///< a peer may pause between two messages
    std::chrono::milliseconds drain{30'000};  ///< at the end, for instances that are under way
    /// How long what is delivered everywhere stays; less when room is needed. What is not delivered stays in any case.
    std::chrono::milliseconds keep{std::chrono::hours(168)};
    int queryLimit = 10'000;                        ///< matches of one C-FIND; 0: no limit
    std::chrono::milliseconds queryTimeout{60'000}; ///< of one search of the index
    friend bool operator==(const ServeSettings&, const ServeSettings&) = default;
};

/// In the file: "none", "optional", "required".
enum class ClientCertificate { None, Optional, Required };

/// One port of the gateway, a [[listener]] table.
struct ServeListener
{
    QString address; ///< empty: all
    quint16 port = 11112;
    AeTitle aeTitle; ///< in the place of serve.ae_title
    TlsMode tlsMode = TlsMode::Off;
    bool tlsRequired = true; ///< false: peers without TLS are served on the same port
    QString certificateFile; ///< PEM
    QString keyFile;         ///< PEM; empty: in certificateFile
    QString caFile;          ///< PEM; who signs certificates of clients
    ClientCertificate clientCertificate = ClientCertificate::None;
    friend bool operator==(const ServeListener&, const ServeListener&) = default;
};

/// What becomes of a file of a watch folder that is in the spool. In the file: "keep", "move", "remove".
enum class AfterWatching { Keep, Move, Remove };

/// A folder that the gateway takes files from, a [[watch]] table.
struct WatchSettings
{
    QString name; ///< the source that rules see; unique without regard to case
    QString folder;
    AfterWatching after = AfterWatching::Keep;
    QString movedFolder;                        ///< for Move
    QString junkFolder;                         ///< for what is no DICOM; empty: it stays where it is
    AeTitle callingAeTitle;                     ///< as if this one had sent it; may be empty
    std::chrono::milliseconds settle{10'000};   ///< a file is taken when it did not change for so long
    std::chrono::milliseconds interval{60'000}; ///< between looks, where the system tells of no change
    friend bool operator==(const WatchSettings&, const WatchSettings&) = default;
};

/// Who may call the gateway, a [[peer]] table; what is given must all be right.
struct ServePeer
{
    QString name;             ///< for people
    AeTitle aeTitle;          ///< calling; empty: any
    QStringList addresses;    ///< AddressRange; empty: any
    QString certificate;      ///< SHA-256 fingerprint or subject (RFC 2253); empty: any or none
    bool mayQuery = false;    ///< C-FIND
    bool mayRetrieve = false; ///< C-MOVE and C-GET
    quint16 port = 0;         ///< where its own SCP listens, for what is moved to its AE title and for reports; 0: none
    QString host{};           ///< likewise, for reports; empty: where it called from
    friend bool operator==(const ServePeer&, const ServePeer&) = default;
};

} // namespace radpost::config
