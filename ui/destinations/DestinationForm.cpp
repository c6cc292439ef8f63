#include "ui/destinations/DestinationForm.h"

#include "core/config/DestinationAddress.h"
#include "core/config/Fields.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

bool isRequired(QStringView key)
{
    return key == u"name" || key == u"host" || key == u"ae_title";
}

QString shown(const config::DestinationField& field, const config::Destination& destination)
{
    return config::scalarToText(field.get(destination));
}

} // namespace

DestinationForm::DestinationForm(
    const config::Destination& initial, std::vector<config::Destination> others, QObject* parent)
    : FieldForm(parent)
    , m_value(initial)
    , m_others(std::move(others))
{
    QHash<QString, QString> texts;
    for (const auto& field : config::destinationFields()) {
        texts.insert(field.key.toString(), shown(field, initial));
    }
    begin(texts);
    for (const auto& key : keys()) {
        if (isRequired(key) && text(key).isEmpty()) {
            refuse(key);
            m_refusedKeys.insert(key);
        }
    }
}

QStringList DestinationForm::keys() const
{
    QStringList all;
    for (const auto& field : config::destinationFields()) {
        all.append(field.key.toString());
    }
    return all;
}

config::Expectation DestinationForm::expectation(const QString& key) const
{
    return config::findDestinationField(key)->expects();
}

bool DestinationForm::accept(const QString& key, const QString& text)
{
    const auto* field = config::findDestinationField(key);
    const bool isAccepted = field->set(m_value, config::scalarFromText(text, field->expects()));
    if (isAccepted) {
        m_refusedKeys.remove(key);
    } else {
        m_refusedKeys.insert(key);
    }
    return isAccepted;
}

QString DestinationForm::conflict(const QString& key) const
{
    const auto hasThisName = [this](const config::Destination& other) {
        return other.name.compare(m_value.name, Qt::CaseInsensitive) == 0;
    };
    if (key == u"name" && std::any_of(m_others.begin(), m_others.end(), hasThisName)) {
        return tr("Another destination has this name already.");
    }
    const auto wrong = m_refusedKeys.isEmpty() ? config::findContradiction(m_value) : std::nullopt;
    if (!wrong || wrong->key != key) {
        return {};
    }
    if (key == u"tls.key_file") {
        return tr("Certificate and key go together: give both, or neither.");
    }
    if (key == u"retry.first_delay") {
        return tr("The first wait cannot be longer than the longest one.");
    }
    return tr("This is needed for the kind of identity that is chosen.");
}

QString DestinationForm::note(const QString& key) const
{
    if (key != u"host" || m_refusedKeys.contains(u"host"_s) || m_refusedKeys.contains(u"ae_title"_s)) {
        return {};
    }
    const auto twin = std::find_if(m_others.begin(), m_others.end(), [this](const config::Destination& other) {
        return config::addressText(other).compare(config::addressText(m_value), Qt::CaseInsensitive) == 0;
    });
    return twin == m_others.end() ? QString() : tr("\"%1\" has the same address already.").arg(twin->name);
}

bool DestinationForm::isRelevant(const QString& key) const
{
    using config::UserIdentityKind;
    const auto identity = m_value.userIdentity.kind;
    if (key == u"user_identity.user") {
        return identity == UserIdentityKind::Username || identity == UserIdentityKind::UsernamePasscode;
    }
    if (key == u"user_identity.secret") {
        return identity != UserIdentityKind::None && identity != UserIdentityKind::Username;
    }
    if (key == u"max_associations") {
        return m_value.associations == 0;
    }
    return key == u"tls.mode" || !key.startsWith(u"tls.") || m_value.tls.mode != config::TlsMode::Off;
}

std::optional<config::Destination> DestinationForm::destination() const
{
    const bool isGood = m_refusedKeys.isEmpty() && conflict(u"name"_s).isEmpty() && !config::findContradiction(m_value);
    return isGood ? std::optional(m_value) : std::nullopt;
}

} // namespace radpost::ui
