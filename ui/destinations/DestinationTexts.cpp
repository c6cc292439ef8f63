#include "ui/destinations/DestinationTexts.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

struct Row
{
    QStringView key;
    DestinationSection section;
    const char* label;
    const char* hint;
    const char* placeholder;
};

using Section = DestinationSection;

constexpr std::array kRows{
    Row{u"name", Section::Address, QT_TRANSLATE_NOOP("DestinationTexts", "Name"),
        QT_TRANSLATE_NOOP("DestinationTexts", "What you call it. It appears wherever a destination is chosen."),
        QT_TRANSLATE_NOOP("DestinationTexts", "for example MAIN-PACS")},
    Row{u"host", Section::Address, QT_TRANSLATE_NOOP("DestinationTexts", "Host name or IP address"), "",
        QT_TRANSLATE_NOOP("DestinationTexts", "for example 10.1.2.3")},
    Row{u"port", Section::Address, QT_TRANSLATE_NOOP("DestinationTexts", "Port"),
        QT_TRANSLATE_NOOP("DestinationTexts", "Mostly 104 or 11112; with TLS mostly 2762."), ""},
    Row{u"ae_title", Section::Address, QT_TRANSLATE_NOOP("DestinationTexts", "AE title of the destination"),
        QT_TRANSLATE_NOOP("DestinationTexts", "As the PACS administrator gave it; capital letters count."),
        QT_TRANSLATE_NOOP("DestinationTexts", "for example PACS1")},
    Row{u"calling_ae_title", Section::Address, QT_TRANSLATE_NOOP("DestinationTexts", "Our AE title there"),
        QT_TRANSLATE_NOOP("DestinationTexts", "Empty: the one in the settings."), ""},

    Row{u"tls.mode", Section::Security, QT_TRANSLATE_NOOP("DestinationTexts", "Encryption (TLS)"), "", ""},
    Row{u"tls.verify_host", Section::Security,
        QT_TRANSLATE_NOOP("DestinationTexts", "The certificate must name the host"),
        QT_TRANSLATE_NOOP("DestinationTexts", "Without this, anybody with a trusted certificate can pose as the PACS."),
        ""},
    Row{u"tls.ca_file", Section::Security,
        QT_TRANSLATE_NOOP("DestinationTexts", "Certificate of the authority to trust (PEM)"),
        QT_TRANSLATE_NOOP("DestinationTexts", "Empty: those that this computer trusts."), ""},
    Row{u"tls.certificate_file", Section::Security, QT_TRANSLATE_NOOP("DestinationTexts", "Our certificate (PEM)"),
        QT_TRANSLATE_NOOP("DestinationTexts", "Only for destinations that ask for one."), ""},
    Row{u"tls.key_file", Section::Security, QT_TRANSLATE_NOOP("DestinationTexts", "Our private key (PEM)"), "", ""},

    Row{u"user_identity.kind", Section::Identity, QT_TRANSLATE_NOOP("DestinationTexts", "We identify ourselves by"), "",
        ""},
    Row{u"user_identity.user", Section::Identity, QT_TRANSLATE_NOOP("DestinationTexts", "User name"), "", ""},
    Row{u"user_identity.secret", Section::Identity,
        QT_TRANSLATE_NOOP("DestinationTexts", "Where the passcode or token is kept"),
        QT_TRANSLATE_NOOP(
            "DestinationTexts", "env:NAME or file:PATH. The secret itself is never written to the configuration."),
        QT_TRANSLATE_NOOP("DestinationTexts", "for example file:/etc/radpost/pacs.secret")},

    Row{u"syntax_policy", Section::Transfer, QT_TRANSLATE_NOOP("DestinationTexts", "When a transfer syntax is refused"),
        "", ""},
    Row{u"associations", Section::Transfer, QT_TRANSLATE_NOOP("DestinationTexts", "Associations at once"),
        QT_TRANSLATE_NOOP("DestinationTexts", "\"auto\": as many as bring something."), ""},
    Row{u"max_associations", Section::Transfer, QT_TRANSLATE_NOOP("DestinationTexts", "At most, with \"auto\""), "",
        ""},
    Row{u"window", Section::Transfer,
        QT_TRANSLATE_NOOP("DestinationTexts", "Requests without answer on one association"),
        QT_TRANSLATE_NOOP("DestinationTexts", "\"unlimited\" or a number; the destination may allow fewer."), ""},
    Row{u"max_pdu", Section::Transfer, QT_TRANSLATE_NOOP("DestinationTexts", "Longest PDU that we take"), "", ""},
    Row{u"rate_limit", Section::Transfer, QT_TRANSLATE_NOOP("DestinationTexts", "Not faster than"),
        QT_TRANSLATE_NOOP("DestinationTexts", "\"unlimited\", or a rate such as 20 MiB/s or 100 Mbit/s."), ""},
    Row{u"hours", Section::Transfer, QT_TRANSLATE_NOOP("DestinationTexts", "Send only at these hours"),
        QT_TRANSLATE_NOOP("DestinationTexts", "Empty: always. For example 22:00-06:00."), ""},

    Row{u"timeouts.connect", Section::Patience, QT_TRANSLATE_NOOP("DestinationTexts", "Wait for the connection"), "",
        ""},
    Row{u"timeouts.tls_handshake", Section::Patience, QT_TRANSLATE_NOOP("DestinationTexts", "Wait for TLS"), "", ""},
    Row{u"timeouts.association", Section::Patience, QT_TRANSLATE_NOOP("DestinationTexts", "Wait for the association"),
        "", ""},
    Row{u"timeouts.response", Section::Patience, QT_TRANSLATE_NOOP("DestinationTexts", "Wait for a response"),
        QT_TRANSLATE_NOOP("DestinationTexts", "Raise it for systems that are slow to store."), ""},
    Row{u"timeouts.stall", Section::Patience,
        QT_TRANSLATE_NOOP("DestinationTexts", "Wait when the destination takes no data"), "", ""},
    Row{u"timeouts.release", Section::Patience,
        QT_TRANSLATE_NOOP("DestinationTexts", "Wait for the end of an association"), "", ""},
    Row{u"retry.max_attempts", Section::Patience, QT_TRANSLATE_NOOP("DestinationTexts", "Attempts for each instance"),
        QT_TRANSLATE_NOOP("DestinationTexts", "Counts only for causes that may pass by themselves."), ""},
    Row{u"retry.first_delay", Section::Patience,
        QT_TRANSLATE_NOOP("DestinationTexts", "First wait before trying again"), "", ""},
    Row{u"retry.max_delay", Section::Patience,
        QT_TRANSLATE_NOOP("DestinationTexts", "Longest wait before trying again"), "", ""},
    Row{u"retry.patience", Section::Patience, QT_TRANSLATE_NOOP("DestinationTexts", "Patience of the gateway"),
        QT_TRANSLATE_NOOP(
            "DestinationTexts", "How long it takes \"not now\" for an answer before an instance needs a person."),
        ""},
    Row{u"proof", Section::Transfer, QT_TRANSLATE_NOOP("DestinationTexts", "Proof of delivery"),
        QT_TRANSLATE_NOOP("DestinationTexts", "What counts as delivered; a single send may choose another one."), ""},
    Row{u"commitment_timeout", Section::Patience,
        QT_TRANSLATE_NOOP("DestinationTexts", "Wait for a report of storage commitment"),
        QT_TRANSLATE_NOOP("DestinationTexts", "It is asked for again when none came."), ""},
};

QString orEmpty(const char* text)
{
    return *text == '\0' ? QString() : DestinationTexts::tr(text);
}

// By the words of the configuration file.
QString choiceText(const QString& word)
{
    static constexpr std::array<std::pair<QStringView, const char*>, 14> kWords{
        {{u"off", QT_TRANSLATE_NOOP("DestinationTexts", "Off")},
            {u"bcp195", QT_TRANSLATE_NOOP("DestinationTexts", "On: TLS 1.2 and 1.3 (BCP 195)")},
            {u"bcp195-modified", QT_TRANSLATE_NOOP("DestinationTexts", "On, for older systems (modified BCP 195)")},
            {u"decompress", QT_TRANSLATE_NOOP("DestinationTexts", "Send it decompressed, without loss")},
            {u"as-is", QT_TRANSLATE_NOOP("DestinationTexts", "Do not send it, and say so")},
            {u"none", QT_TRANSLATE_NOOP("DestinationTexts", "Nothing but the AE title")},
            {u"username", QT_TRANSLATE_NOOP("DestinationTexts", "User name")},
            {u"username-passcode", QT_TRANSLATE_NOOP("DestinationTexts", "User name and passcode")},
            {u"kerberos", QT_TRANSLATE_NOOP("DestinationTexts", "Kerberos ticket")},
            {u"saml", QT_TRANSLATE_NOOP("DestinationTexts", "SAML assertion")},
            {u"jwt", QT_TRANSLATE_NOOP("DestinationTexts", "JSON Web Token")},
            {u"response", QT_TRANSLATE_NOOP("DestinationTexts", "Its answer to each instance")},
            {u"commitment", QT_TRANSLATE_NOOP("DestinationTexts", "Storage commitment")},
            {u"query", QT_TRANSLATE_NOOP("DestinationTexts", "Query after sending (C-FIND)")}}};
    const auto found =
        std::find_if(kWords.begin(), kWords.end(), [&word](const auto& entry) { return entry.first == word; });
    return found == kWords.end() ? word : DestinationTexts::tr(found->second);
}

} // namespace

QString sectionTitle(DestinationSection section)
{
    switch (section) {
    case Section::Address:
        return DestinationTexts::tr("Address");
    case Section::Security:
        return DestinationTexts::tr("Encryption");
    case Section::Identity:
        return DestinationTexts::tr("User identity");
    case Section::Transfer:
        return DestinationTexts::tr("Transfer");
    case Section::Patience:
        return DestinationTexts::tr("Timeouts and retries");
    }
    return {};
}

QStringList sectionKeys(DestinationSection section)
{
    QStringList keys;
    for (const auto& row : kRows) {
        if (row.section == section) {
            keys.append(row.key.toString());
        }
    }
    return keys;
}

FieldTexts destinationFieldTexts(const QString& key)
{
    const auto row = std::find_if(kRows.begin(), kRows.end(), [&key](const Row& r) { return r.key == key; });
    Q_ASSERT(row != kRows.end());
    return {orEmpty(row->label), orEmpty(row->hint), orEmpty(row->placeholder), choiceText};
}

} // namespace radpost::ui
