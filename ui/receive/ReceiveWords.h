#pragma once

#include "ui/common/StatusDot.h"

#include "core/config/Settings.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

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
    [[nodiscard]] static QString engineerText(const config::Settings& settings, const QStringList& addresses);
};

} // namespace radpost::ui
