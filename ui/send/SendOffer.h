#pragma once

#include "ui/common/Backend.h"
#include "ui/send/SentJobs.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace radpost::ui {

/// All that decides what the send button says.
struct SendSituation
{
    Backend::State backend = Backend::State::Ready;
    qint64 instances = 0; ///< ticked
    qint64 found = 0;
    bool isScanning = false;
    bool wasCut = false; ///< there may be more than was found
    /// How just this, to just these destinations, stands: Nothing when something else was sent last.
    SentStanding::Phase sent = SentStanding::Phase::Nothing;
    bool hasDestinations = true; ///< the configuration names some
    QStringList destinations;    ///< chosen
};

/// What the send button says, and why it cannot be pressed.
struct SendOffer
{
    Q_DECLARE_TR_FUNCTIONS(SendOffer)

public:
    QString label;
    QString reason; ///< empty: it can
    [[nodiscard]] bool isPossible() const { return reason.isEmpty(); }
};

[[nodiscard]] SendOffer sendOffer(const SendSituation& situation);

} // namespace radpost::ui
