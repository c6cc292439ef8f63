#include "ui/receive/ReceiveForm.h"

#include "core/config/Fields.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString valueOf(QStringView key, const config::Settings& settings)
{
    const auto fields = config::settingsFields();
    const auto found = std::find_if(
        fields.begin(), fields.end(), [key](const config::SettingsField& field) { return field.key == key; });
    return found == fields.end() ? QString() : config::scalarToText(found->get(settings));
}

} // namespace

QStringList receiveKeys()
{
    return {u"receive.mode"_s, u"serve.ae_title"_s, u"serve.port"_s, u"serve.access"_s, u"serve.keep"_s,
        u"serve.disk_reserve"_s, u"serve.quota"_s, u"serve.spool_folder"_s, u"serve.durability"_s, u"receive.folder"_s,
        u"receive.ae_title"_s, u"receive.port"_s, u"receive.durability"_s, u"receive.autostart"_s};
}

bool isKeyOf(config::ReceiveMode mode, const QString& key)
{
    const bool isOfFolder = key == u"receive.ae_title" || key == u"receive.port" || key == u"receive.durability";
    const bool isGateway = mode == config::ReceiveMode::Gateway;
    return isGateway ? !isOfFolder : !key.startsWith(u"serve."_s);
}

ReceiveForm::ReceiveForm(const config::Settings& initial, QObject* parent)
    : SettingsForm(initial, receiveKeys(), parent)
{
}

void ReceiveForm::setInUse(const std::optional<config::Config>& config)
{
    m_inUse = config ? std::optional(config->settings) : std::nullopt;
    Q_EMIT judged();
}

void ReceiveForm::setListeners(bool areThere)
{
    if (std::exchange(m_hasListeners, areThere) != areThere) {
        Q_EMIT judged();
    }
}

QString ReceiveForm::note(const QString& key) const
{
    const bool isOfListener = key == u"serve.port" || key == u"serve.ae_title";
    if (isOfListener && m_hasListeners) {
        return tr("The configuration file names listeners of its own ([[listener]]); they come first.");
    }
    // What a gateway takes over while it runs.
    const bool isFollowed = key == u"receive.autostart" || key == u"serve.access" || key == u"serve.keep" ||
        key == u"serve.disk_reserve" || key == u"serve.quota" ||
        (key == u"receive.folder" && settings().receiveMode == config::ReceiveMode::Gateway);
    const bool isOther = m_inUse && !isFollowed && isKeyOf(settings().receiveMode, key) &&
        valueOf(key, *m_inUse) != valueOf(key, settings());
    return isOther ? tr("Holds when receiving is switched off and on again.") : QString();
}

namespace {

QString durabilityText(const QString& word)
{
    return word == u"process" ? ReceiveForm::tr("The system has it (faster)")
                              : ReceiveForm::tr("It is on the disk (safest)");
}

QString modeText(const QString& word)
{
    return word == u"folder" ? ReceiveForm::tr("Is saved as plain files in a folder")
                             : ReceiveForm::tr("Is kept and sent on by the rules");
}

QString accessText(const QString& word)
{
    return word == u"anyone" ? ReceiveForm::tr("Anyone in the network") : ReceiveForm::tr("Who was admitted");
}

FieldTexts gatewayFieldTexts(const QString& key)
{
    if (key == u"serve.access") {
        return {ReceiveForm::tr("May send here"),
            ReceiveForm::tr("Who is refused stands on this page and can be admitted there."), {}, accessText};
    }
    if (key == u"serve.keep") {
        return {ReceiveForm::tr("Keep what is delivered for"),
            ReceiveForm::tr("For example 168h. What is not delivered stays in any case."), {}, {}};
    }
    if (key == u"serve.disk_reserve") {
        return {ReceiveForm::tr("Disk space that stays free"),
            ReceiveForm::tr("For example 1 GiB. Below it senders are refused; nothing is lost."), {}, {}};
    }
    if (key == u"serve.quota") {
        return {ReceiveForm::tr("Disk space for what arrives, at most"),
            ReceiveForm::tr("\"unlimited\", or for example 500 GiB."), {}, {}};
    }
    return {
        ReceiveForm::tr("Folder for what arrives"), ReceiveForm::tr("Empty: in the data folder of Radpost."), {}, {}};
}

} // namespace

FieldTexts receiveFieldTexts(const QString& key)
{
    if (key == u"receive.mode") {
        return {ReceiveForm::tr("What arrives"), {}, {}, modeText};
    }
    if (key == u"receive.folder") {
        return {ReceiveForm::tr("Folder for plain files"),
            ReceiveForm::tr("What the Query page fetches goes there, and what arrives if it is saved as plain files."),
            {}, {}};
    }
    if (key == u"receive.ae_title" || key == u"serve.ae_title") {
        return {ReceiveForm::tr("AE title of the receiver"),
            ReceiveForm::tr("Empty: any name is answered. Else senders have to use exactly this one."),
            ReceiveForm::tr("any"), {}};
    }
    if (key == u"receive.port" || key == u"serve.port") {
        return {ReceiveForm::tr("Port"), {}, {}, {}};
    }
    if (key == u"receive.durability" || key == u"serve.durability") {
        return {ReceiveForm::tr("An image is confirmed when"), {}, {}, durabilityText};
    }
    if (key == u"receive.autostart") {
        return {ReceiveForm::tr("Receive as soon as Radpost starts"), {}, {}, {}};
    }
    return gatewayFieldTexts(key);
}

} // namespace radpost::ui
