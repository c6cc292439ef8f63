#include "ui/settings/SettingsForm.h"

#include "core/config/Fields.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const config::SettingsField* fieldOf(QStringView key)
{
    const auto fields = config::settingsFields();
    const auto found = std::find_if(
        fields.begin(), fields.end(), [key](const config::SettingsField& field) { return field.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

QString shown(const QString& key, const config::Settings& settings)
{
    return config::scalarToText(fieldOf(key)->get(settings));
}

bool takesEffectAtStart(QStringView key)
{
    return key == u"ae_title" || key == u"commitment_port" || key == u"data_folder" || key == u"scan.threads" ||
        key == u"send.max_associations" || key == u"ledger.keep_days";
}

} // namespace

SettingsForm::SettingsForm(const config::Settings& initial, QObject* parent)
    : SettingsForm(initial,
          {u"language"_s, u"theme"_s, u"when_closed"_s, u"ae_title"_s, u"commitment_port"_s, u"data_folder"_s,
              u"scan.temporary_folder"_s, u"scan.threads"_s, u"send.max_associations"_s, u"ledger.keep_days"_s,
              u"privacy.lock_masking"_s, u"privacy.mask_receipts"_s},
          parent)
{
}

SettingsForm::SettingsForm(const config::Settings& initial, QStringList shownKeys, QObject* parent)
    : FieldForm(parent)
    , m_keys(std::move(shownKeys))
    , m_value(initial)
    , m_loaded(initial)
{
    QHash<QString, QString> texts;
    for (const auto& key : std::as_const(m_keys)) {
        texts.insert(key, shown(key, initial));
    }
    begin(texts);
}

void SettingsForm::reload(const config::Settings& settings)
{
    const auto before = std::exchange(m_loaded, settings);
    m_value = settings;
    for (const auto& key : keys()) {
        if (shown(key, before) != shown(key, settings) && problem(key).isEmpty()) {
            setText(key, shown(key, settings));
        } else {
            accept(key, text(key).trimmed());
        }
    }
}

void SettingsForm::setRunning(const config::Settings& settings)
{
    m_running = settings;
    Q_EMIT judged();
}

config::Expectation SettingsForm::expectation(const QString& key) const
{
    return fieldOf(key)->expects();
}

bool SettingsForm::accept(const QString& key, const QString& text)
{
    const auto* field = fieldOf(key);
    return field->set(m_value, config::scalarFromText(text, field->expects()));
}

QString SettingsForm::note(const QString& key) const
{
    const auto& receiver = m_value.serve;
    if (key == u"commitment_port" && m_value.commitmentPort != 0 && m_value.commitmentPort == receiver.port &&
        m_value.receiveMode == config::ReceiveMode::Gateway) {
        return tr("The port of the receiver: reports come there while receiving is on.");
    }
    const bool isOther = m_running && takesEffectAtStart(key) && shown(key, *m_running) != shown(key, m_value);
    return isOther ? tr("This takes effect at the next start of Radpost.") : QString();
}

} // namespace radpost::ui
