#pragma once

#include "ui/common/StatusDot.h"

#include "core/config/Settings.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::ui {

class Receiver;

/// The receiver in the words of the user's language.
struct ReceiveWords
{
    Q_DECLARE_TR_FUNCTIONS(ReceiveWords)

public:
    /// "Receiving at port 11112 · 2 associations · 312 instances stored".
    [[nodiscard]] static QString state(const Receiver& receiver);
    [[nodiscard]] static Status status(const Receiver& receiver);
    /// For the frame of the window: "RX on", "RX: 2 receiving", "RX off".
    [[nodiscard]] static QString standing(const Receiver& receiver);
    /// The AE title to enter at the sender: ours where any is answered.
    [[nodiscard]] static QString aeTitle(const config::Settings& settings);
    /// What the engineer of a scanner needs, in Chinese and in English.
    [[nodiscard]] static QString engineerText(const Receiver& receiver);

    /// A line for each port: "Port 11112: open", "Port 2762 with TLS at 10.0.0.5: closed".
    [[nodiscard]] static QString listeners(const Receiver& receiver);
    /// How much room the gateway has, and where it stops taking more; empty while it is off.
    [[nodiscard]] static QString room(const Receiver& receiver);
    [[nodiscard]] static Status roomStatus(const Receiver& receiver);
    /// What was not done: for the list of problems.
    [[nodiscard]] static QString failure(const Receiver& receiver);
    /// "11112", "11112, 2762".
    [[nodiscard]] static QString ports(const Receiver& receiver);
};

} // namespace radpost::ui
