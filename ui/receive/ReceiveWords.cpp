#include "ui/receive/ReceiveWords.h"

#include "ui/receive/Receiver.h"

#include "app/common/Format.h"
#include "app/common/Language.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString engineerTextIn(app::Language language, const config::Settings& settings, const QStringList& addresses)
{
    const app::ScopedLanguage speaking(language);
    const auto title = ReceiveWords::aeTitle(settings);
    const QString called =
        settings.receiveAeTitle.isEmpty() ? ReceiveWords::tr("%1 (any is answered)").arg(title) : title;
    const QStringList lines{ReceiveWords::tr("DICOM receiver (C-STORE SCP), please add as a send destination:"),
        ReceiveWords::tr("AE title: %1").arg(called),
        ReceiveWords::tr("IP address: %1").arg(addresses.isEmpty() ? u"–"_s : addresses.join(u", "_s)),
        ReceiveWords::tr("Port: %1").arg(settings.receivePort),
        ReceiveWords::tr("All storage SOP classes and transfer syntaxes, no TLS; C-ECHO is answered.")};
    return lines.join(u'\n');
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
        return tr("Could not be switched on");
    case Receiver::State::On:
        break;
    }
    QStringList facts{tr("Receiving at port %1").arg(receiver.running().receivePort),
        tr("%n association(s)", nullptr, static_cast<int>(receiver.associations().size())),
        tr("%1 stored since start").arg(app::countText(receiver.counts().stored))};
    if (receiver.counts().failed > 0) {
        facts.append(tr("%n failed", nullptr, static_cast<int>(receiver.counts().failed)));
    }
    return facts.join(u" · "_s);
}

Status ReceiveWords::status(const Receiver& receiver)
{
    switch (receiver.state()) {
    case Receiver::State::On:
        return receiver.counts().failed > 0 ? Status::Warning : Status::Good;
    case Receiver::State::Starting:
    case Receiver::State::Stopping:
        return Status::Busy;
    case Receiver::State::Failed:
        return Status::Bad;
    case Receiver::State::Off:
        break;
    }
    return Status::Unknown;
}

QString ReceiveWords::standing(const Receiver& receiver)
{
    if (receiver.state() == Receiver::State::Failed) {
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
    return QString::fromLatin1((settings.receiveAeTitle.isEmpty() ? settings.aeTitle : settings.receiveAeTitle).value);
}

QString ReceiveWords::engineerText(const config::Settings& settings, const QStringList& addresses)
{
    const QString chinese = engineerTextIn(app::Language::Chinese, settings, addresses);
    return QString(chinese + u"\n\n"_s + engineerTextIn(app::Language::English, settings, addresses) + u'\n');
}

} // namespace radpost::ui
