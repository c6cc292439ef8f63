#include "ui/send/SendOffer.h"

#include "ui/send/SendTexts.h"

#include <limits>

namespace radpost::ui {

namespace {

QString labelOf(const SendSituation& situation)
{
    const auto count = static_cast<int>(std::min<qint64>(situation.instances, std::numeric_limits<int>::max()));
    if (count == 0) {
        return SendOffer::tr("Send");
    }
    if (situation.destinations.isEmpty()) {
        return SendOffer::tr("Send %Ln instance(s)", nullptr, count);
    }
    const auto where = destinationsText(situation.destinations);
    if (situation.sent >= SentStanding::Phase::Cancelled) {
        return SendOffer::tr("Send %Ln instance(s) to %1 again", nullptr, count).arg(where);
    }
    return situation.wasCut ? SendOffer::tr("Send at least %Ln instance(s) to %1", nullptr, count).arg(where)
                            : SendOffer::tr("Send %Ln instance(s) to %1", nullptr, count).arg(where);
}

QString reasonOf(const SendSituation& situation)
{
    if (situation.sent == SentStanding::Phase::Starting) {
        return SendOffer::tr("The job is being written…");
    }
    if (situation.isScanning) {
        return SendOffer::tr("Possible when the scan has ended.");
    }
    if (situation.found == 0) {
        return SendOffer::tr("Add what shall be sent.");
    }
    if (situation.instances == 0) {
        return SendOffer::tr("Tick what shall be sent.");
    }
    if (!situation.hasDestinations) {
        return SendOffer::tr("There is no destination yet. Add one on the page Destinations.");
    }
    if (situation.destinations.isEmpty()) {
        return SendOffer::tr("Choose a destination.");
    }
    if (situation.sent == SentStanding::Phase::OnTheWay) {
        return SendOffer::tr("This is on its way already.");
    }
    if (situation.sent == SentStanding::Phase::Paused) {
        return SendOffer::tr("This is paused. Resume it on the page Activity.");
    }
    switch (situation.backend) {
    case Backend::State::Ready:
        return {};
    case Backend::State::ReadOnly:
        return SendOffer::tr("Another Radpost is sending.");
    case Backend::State::Closed:
    case Backend::State::Opening:
        return SendOffer::tr("The ledger is being opened…");
    case Backend::State::Failed:
        break;
    }
    return SendOffer::tr("The ledger cannot be used.");
}

} // namespace

SendOffer sendOffer(const SendSituation& situation)
{
    return {labelOf(situation), reasonOf(situation)};
}

} // namespace radpost::ui
