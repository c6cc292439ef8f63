#include "ui/receive/ReceiveForm.h"

#include "core/config/Fields.h"

#include <algorithm>

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
    return {
        u"receive.folder"_s, u"receive.ae_title"_s, u"receive.port"_s, u"receive.durability"_s, u"receive.autostart"_s};
}

ReceiveForm::ReceiveForm(const config::Settings& initial, QObject* parent)
    : SettingsForm(initial, receiveKeys(), parent)
{
}

void ReceiveForm::setInUse(const std::optional<config::Settings>& settings)
{
    m_inUse = settings;
    Q_EMIT judged();
}

QString ReceiveForm::note(const QString& key) const
{
    const bool isOther =
        m_inUse && key != u"receive.autostart" && valueOf(key, *m_inUse) != valueOf(key, this->settings());
    return isOther ? tr("Holds when receiving is switched off and on again.") : QString();
}

FieldTexts receiveFieldTexts(const QString& key)
{
    if (key == u"receive.folder") {
        return {ReceiveForm::tr("Folder for what arrives"), {}, {}, {}};
    }
    if (key == u"receive.ae_title") {
        return {ReceiveForm::tr("AE title of the receiver"),
            ReceiveForm::tr("Empty: any name is answered. Else senders have to use exactly this one."),
            ReceiveForm::tr("any"), {}};
    }
    if (key == u"receive.port") {
        return {ReceiveForm::tr("Port"), {}, {}, {}};
    }
    if (key == u"receive.durability") {
        return {ReceiveForm::tr("An image is confirmed when"), {}, {}, [](const QString& word) {
                    return word == u"process" ? ReceiveForm::tr("the system has it (faster)")
                                              : ReceiveForm::tr("it is on the disk (safest)");
                }};
    }
    return {ReceiveForm::tr("Receive as soon as Radpost starts"), {}, {}, {}};
}

} // namespace radpost::ui
