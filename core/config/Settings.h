#pragma once

#include "core/base/StrongId.h"
#include "core/config/Destination.h"
#include "core/config/Rule.h"
#include "core/config/Serve.h"
#include "core/config/Monitoring.h"

#include <QString>

#include <vector>

namespace radpost::config {

/// Of the desktop program. In the file: theme = "system", "light", "dark".
enum class Theme { System, Light, Dark };

/// What the desktop program does when its window is closed while jobs run or it receives. In the file: "ask",
/// "keep-sending", "quit".
enum class WhenClosed { Ask, KeepSending, Quit };

/// What the desktop program does with what arrives. In the file: "gateway", "folder".
enum class ReceiveMode {
    Gateway, ///< as `radpost serve`, by [serve], peers and rules
    Folder,  ///< plain files in a folder, from anyone
};

/// What people may choose for the program itself. A plain value; any thread. Fields.h maps every member to its key.
struct Settings
{
    AeTitle aeTitle{"RADPOST"}; ///< ours, where a destination names no other
    QString language;           ///< "en", "zh_CN"; empty: as the system says
    Theme theme = Theme::System;
    WhenClosed whenClosed = WhenClosed::Ask;
    QString dataFolder;          ///< ledger and temporary files; empty: the platform's place
    int scanThreads = 0;         ///< 0 = as many as bring something
    QString temporaryFolder;     ///< for members of archives; empty: the system's
    int sendMaxAssociations = 0; ///< at once with one destination, whatever it allows; 0 = as it allows
    int ledgerKeepDays = 0;      ///< after its end a job that needs nobody stays this long; 0 = for ever
    bool lockMasking = false;    ///< no list of the log shows patient data, not even on demand
    bool maskReceipts = false;   ///< receipts that leave the program name no patient
    ReceiveMode receiveMode = ReceiveMode::Gateway;
    quint16 receivePort = 11112;
    AeTitle receiveAeTitle; ///< empty: any called title is right
    QString receiveFolder;  ///< empty: must be given on the command line
    quint32 receiveMaxPduBytes = 1 << 20;
    int receiveMaxAssociations = 64;
    ReceiveDurability receiveDurability = ReceiveDurability::PowerLoss;
    bool receiveAutostart = false; ///< the desktop program receives from its start
    ServeSettings serve{};
    quint16 commitmentPort = 0; ///< where reports of storage commitment come to while jobs are sent; 0: none
    QString httpListen{};       ///< loopbackEndpoint() for health and metrics; empty: none
    AuditSettings audit{};
    friend bool operator==(const Settings&, const Settings&) = default;
};

/// Everything one configuration file holds.
struct Config
{
    Settings settings;
    std::vector<Destination> destinations;  ///< in the order of the file
    std::vector<ServeListener> listeners{}; ///< likewise
    std::vector<ServePeer> peers{};         ///< likewise
    std::vector<WatchSettings> watches{};   ///< likewise
    RuleSet rules{};                        ///< by shape; route::loadRules() knows whether attributes are known
    friend bool operator==(const Config&, const Config&) = default;

    /// By name, without regard to case; nullptr when there is none.
    [[nodiscard]] const Destination* find(QStringView name) const
    {
        for (const auto& destination : destinations) {
            if (name.compare(destination.name, Qt::CaseInsensitive) == 0) {
                return &destination;
            }
        }
        return nullptr;
    }
};

} // namespace radpost::config
