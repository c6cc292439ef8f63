#include "ui/settings/SettingsTexts.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString languageText(const QString& word)
{
    if (word == u"auto") {
        return SettingsTexts::tr("As the system says");
    }
    // Languages are called by their own names, so that everybody finds the way back.
    return word == u"zh_CN" ? u"简体中文"_s : u"English"_s;
}

QString themeText(const QString& word)
{
    if (word == u"light") {
        return SettingsTexts::tr("Light");
    }
    return word == u"dark" ? SettingsTexts::tr("Dark") : SettingsTexts::tr("As the system says");
}

QString whenClosedText(const QString& word)
{
    if (word == u"keep-sending") {
        return SettingsTexts::tr("Keep going in the background");
    }
    return word == u"quit" ? SettingsTexts::tr("Stop and quit") : SettingsTexts::tr("Ask");
}

} // namespace

FieldTexts settingsFieldTexts(const QString& key)
{
    if (key == u"language") {
        return {SettingsTexts::tr("Language"), {}, {}, languageText};
    }
    if (key == u"theme") {
        return {SettingsTexts::tr("Theme"), {}, {}, themeText};
    }
    if (key == u"when_closed") {
        return {SettingsTexts::tr("When the window is closed while jobs run or receiving is on"),
            SettingsTexts::tr("What was not sent stays in the ledger either way and goes on at the next start."), {},
            whenClosedText};
    }
    if (key == u"ae_title") {
        return {SettingsTexts::tr("Our AE title"),
            SettingsTexts::tr(
                "The name of this workstation for every PACS. The PACS administrator must enter it there."),
            {}, {}};
    }
    if (key == u"commitment_port") {
        return {SettingsTexts::tr("Port for reports of storage commitment"),
            SettingsTexts::tr("Where a PACS says later what it holds of what was sent. 0: none is open; the receiver "
                              "hears reports in any case while it is on. The PACS administrator must enter it there."),
            {}, {}};
    }
    if (key == u"data_folder") {
        return {SettingsTexts::tr("Folder of the ledger"),
            SettingsTexts::tr("Jobs and receipts are kept there. Empty: the usual place of this system."), {}, {}};
    }
    if (key == u"scan.temporary_folder") {
        return {SettingsTexts::tr("Folder for unpacking archives"),
            SettingsTexts::tr("Empty: the temporary folder of this system."), {}, {}};
    }
    if (key == u"send.max_associations") {
        return {SettingsTexts::tr("Associations at once with one destination, at most"),
            SettingsTexts::tr("\"unlimited\", or a number from 1 to 64. Unlimited: as many as the destination's own "
                              "settings allow. For PACS that several workstations send to."),
            {}, {}};
    }
    if (key == u"ledger.keep_days") {
        return {SettingsTexts::tr("Days that finished jobs are kept"),
            SettingsTexts::tr("0: for ever. Older jobs leave the ledger with their receipts and what they say about "
                              "patients; images and what the PACS has are not touched. Jobs that are not finished, or "
                              "whose failures nobody has settled, stay."),
            {}, {}};
    }
    if (key == u"privacy.lock_masking") {
        return {SettingsTexts::tr("Never show patient data in the log"),
            SettingsTexts::tr("Locks the switch on the page Log. Log files and support bundles are masked in any "
                              "case, and notifications never name a patient."),
            {}, {}};
    }
    if (key == u"privacy.mask_receipts") {
        return {SettingsTexts::tr("Receipts without patients"),
            SettingsTexts::tr("Marks stand for names, IDs, accession numbers and paths when a receipt is shown, "
                              "printed or saved. UIDs stay, so that the PACS administrator can look it up."),
            {}, {}};
    }
    return {SettingsTexts::tr("Files read at once"),
        SettingsTexts::tr("\"auto\", or a number from 1 to 64. More helps on network shares, fewer on old disks."), {},
        {}};
}

} // namespace radpost::ui
