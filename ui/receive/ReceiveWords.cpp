#include "ui/receive/ReceiveWords.h"

#include "ui/receive/Receiver.h"

#include "core/config/Monitoring.h"

#include "app/common/Format.h"
#include "app/common/Language.h"
#include "app/common/Sentences.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr qint64 kParts = 10; // room is short in the last tenth of the quota, and below twice the reserve

bool isNearQuota(const engine::SpoolCounts& spool)
{
    return spool.quotaBytes > 0 && spool.spoolBytes >= spool.quotaBytes / kParts * (kParts - 1);
}

/// The server for health and metrics names its address; a listener does not.
bool isOfMonitor(const Error& error, const config::Settings& settings)
{
    const auto http = config::loopbackEndpoint(settings.httpListen);
    const bool isPort = error.code == ErrorCode::AddressInUse || error.code == ErrorCode::ListenNotPermitted;
    return isPort && http && error.detail == u"%1:%2"_s.arg(http->host).arg(http->port);
}

AeTitle answeredTitle(const config::Settings& settings)
{
    return settings.receiveMode == config::ReceiveMode::Gateway ? settings.serve.aeTitle : settings.receiveAeTitle;
}

QString engineerTextIn(app::Language language, const Receiver& receiver)
{
    const app::ScopedLanguage speaking(language);
    const auto& settings = receiver.running().settings;
    const auto title = ReceiveWords::aeTitle(settings);
    const auto& addresses = receiver.addresses();
    const QString called =
        answeredTitle(settings).isEmpty() ? ReceiveWords::tr("%1 (any is answered)").arg(title) : title;
    const bool isSecured = std::any_of(
        receiver.ports().begin(), receiver.ports().end(), [](const engine::SpoolPort& port) { return port.isSecured; });
    const QStringList lines{ReceiveWords::tr("DICOM receiver (C-STORE SCP), please add as a send destination:"),
        ReceiveWords::tr("AE title: %1").arg(called),
        ReceiveWords::tr("IP address: %1").arg(addresses.isEmpty() ? u"–"_s : app::enumerated(addresses)),
        ReceiveWords::tr("Port: %1").arg(ReceiveWords::ports(receiver)),
        isSecured ? ReceiveWords::tr("All storage SOP classes and transfer syntaxes; C-ECHO is answered.")
                  : ReceiveWords::tr("All storage SOP classes and transfer syntaxes, no TLS; C-ECHO is answered.")};
    return lines.join(u'\n');
}

QString portText(const engine::SpoolPort& port)
{
    const auto number = QString::number(port.port);
    const QString name =
        port.isSecured ? ReceiveWords::tr("Port %1 with TLS").arg(number) : ReceiveWords::tr("Port %1").arg(number);
    return port.address.isEmpty() ? name : ReceiveWords::tr("%1 at %2").arg(name, port.address);
}

QString standOf(const Receiver& receiver)
{
    switch (receiver.state()) {
    case Receiver::State::On:
        return ReceiveWords::tr("open");
    case Receiver::State::Starting:
        return ReceiveWords::tr("being opened…");
    case Receiver::State::Stopping:
        return ReceiveWords::tr("being closed…");
    case Receiver::State::Off:
    case Receiver::State::Failed:
        break;
    }
    return ReceiveWords::tr("closed");
}

QStringList factsOf(const Receiver& receiver)
{
    QStringList facts{ReceiveWords::tr("Receiving at port %1").arg(ReceiveWords::ports(receiver)),
        ReceiveWords::tr("%n association(s)", nullptr, static_cast<int>(receiver.associations().size())),
        ReceiveWords::tr("%1 stored since start").arg(app::countText(receiver.counts().stored))};
    const auto add = [&facts](qint64 count, const QString& text) {
        if (count > 0) {
            facts.append(text);
        }
    };
    if (const auto& gateway = receiver.gatewayCounts()) {
        add(gateway->delivered, ReceiveWords::tr("%1 delivered").arg(app::countText(gateway->delivered)));
        add(gateway->rejected,
            ReceiveWords::tr("%n refused by destinations", nullptr, static_cast<int>(gateway->rejected)));
    }
    add(receiver.counts().failed, ReceiveWords::tr("%n failed", nullptr, static_cast<int>(receiver.counts().failed)));
    return facts;
}

} // namespace

QString ReceiveWords::state(const Receiver& receiver)
{
    switch (receiver.state()) {
    case Receiver::State::Off:
        return tr("Off: nothing can be sent to this workstation");
    case Receiver::State::Starting:
        return tr("Switching on…");
    case Receiver::State::Stopping:
        return tr("Switching off…");
    case Receiver::State::Failed:
        return receiver.isElsewhere() ? tr("Off here: another Radpost has the data folder")
                                      : tr("Could not be switched on");
    case Receiver::State::On:
        break;
    }
    return factsOf(receiver).join(u" · "_s);
}

Status ReceiveWords::status(const Receiver& receiver)
{
    switch (receiver.state()) {
    case Receiver::State::On:
        return receiver.counts().failed > 0 || roomStatus(receiver) == Status::Bad ? Status::Warning : Status::Good;
    case Receiver::State::Starting:
    case Receiver::State::Stopping:
        return Status::Busy;
    case Receiver::State::Failed:
        return receiver.isElsewhere() ? Status::Unknown : Status::Bad;
    case Receiver::State::Off:
        break;
    }
    return Status::Unknown;
}

QString ReceiveWords::standing(const Receiver& receiver)
{
    if (receiver.state() == Receiver::State::Failed && !receiver.isElsewhere()) {
        return tr("RX failed");
    }
    if (!receiver.isOn()) {
        return tr("RX off");
    }
    const auto now = receiver.receivingNow();
    return now > 0 ? tr("RX: %n receiving", nullptr, now) : tr("RX on");
}

QString ReceiveWords::aeTitle(const config::Settings& settings)
{
    const auto answered = answeredTitle(settings);
    return QString::fromLatin1((answered.isEmpty() ? settings.aeTitle : answered).value);
}

QString ReceiveWords::engineerText(const Receiver& receiver)
{
    const QString chinese = engineerTextIn(app::Language::Chinese, receiver);
    return QString(chinese + u"\n\n"_s + engineerTextIn(app::Language::English, receiver) + u'\n');
}

QString ReceiveWords::ports(const Receiver& receiver)
{
    QStringList numbers;
    for (const auto& port : receiver.ports()) {
        numbers.append(QString::number(port.port));
    }
    return app::enumerated(numbers);
}

QString ReceiveWords::listeners(const Receiver& receiver)
{
    QStringList lines;
    for (const auto& port : receiver.ports()) {
        lines.append(app::labelled(portText(port), standOf(receiver)));
    }
    return lines.join(u'\n');
}

QString ReceiveWords::room(const Receiver& receiver)
{
    const auto& counts = receiver.gatewayCounts();
    if (!counts) {
        return {};
    }
    const auto& spool = counts->spool;
    const auto used = app::bytesText(spool.spoolBytes);
    QStringList lines{spool.quotaBytes > 0 ? tr("In use: %1 of %2").arg(used, app::bytesText(spool.quotaBytes))
                                           : tr("In use: %1").arg(used)};
    if (spool.freeBytes >= 0) {
        lines.append(tr("Free on the disk: %1").arg(app::bytesText(spool.freeBytes)));
    }
    const auto reserve = app::bytesText(spool.reserveBytes);
    switch (roomStatus(receiver)) {
    case Status::Bad:
        lines.append(tr("There is no room: senders are refused until some is made."));
        break;
    case Status::Warning:
        lines.append(isNearQuota(spool)
                ? tr("Disk space is running out. At the limit, senders are refused.")
                : tr("Disk space is running out. Below %1 free, senders are refused.").arg(reserve));
        break;
    default:
        lines.append(tr("Below %1 free, senders are refused before the disk is full.").arg(reserve));
    }
    return lines.join(u'\n');
}

Status ReceiveWords::roomStatus(const Receiver& receiver)
{
    const auto& counts = receiver.gatewayCounts();
    if (!counts) {
        return Status::Unknown;
    }
    const auto& spool = counts->spool; // with the limits in force, which may be newer than what it was started with
    if (!spool.hasRoom) {
        return Status::Bad;
    }
    const bool isShort = (spool.freeBytes >= 0 && spool.freeBytes < 2 * spool.reserveBytes) || isNearQuota(spool);
    return isShort ? Status::Warning : Status::Good;
}

QString ReceiveWords::failure(const Receiver& receiver)
{
    const auto& settings = receiver.running().settings;
    const bool isGateway = receiver.isGateway();
    const QString folder = QDir::toNativeSeparators(isGateway ? settings.serve.spoolFolder : settings.receiveFolder);
    if (isOfMonitor(*receiver.error(), settings)) {
        return tr("Receiving is off: the address %1 for health and metrics cannot be used.").arg(settings.httpListen);
    }
    switch (receiver.error()->code) {
    case ErrorCode::LedgerLocked:
        return tr("Receiving is off here: another Radpost has the data folder.");
    case ErrorCode::ConfigValue:
    case ErrorCode::ConfigSyntax:
        return tr("Receiving is off: the rules have a fault. The page Rules shows it.");
    case ErrorCode::TlsConfiguration:
        return tr("Receiving is off: a certificate or key of a listener cannot be used.");
    case ErrorCode::FileWriteFailed:
        return folder.isEmpty() ? tr("Receiving is off: the data folder cannot be written to, or another program "
                                     "receives into it.")
            : isGateway ? tr("Receiving is off: the folder %1 cannot be written to, or another program receives into "
                             "it.")
                              .arg(folder)
                        : tr("Receiving is off: the folder %1 cannot be written to.").arg(folder);
    case ErrorCode::FileUnreadable:
    case ErrorCode::DiskFull:
    case ErrorCode::LedgerUnreadable:
    case ErrorCode::LedgerCorrupt:
    case ErrorCode::LedgerNewer:
    case ErrorCode::LedgerFailed:
        return tr("Receiving is off.");
    default:
        return tr("Receiving is off: port %1 cannot be used.").arg(ports(receiver));
    }
}

} // namespace radpost::ui
