#include "app/cli/ManualPage.h"

#include "app/cli/Cli.h"
#include "app/cli/Command.h"
#include "app/cli/Help.h"
#include "app/cli/Roff.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

QString section(const QString& title)
{
    return u".SH \""_s + roffWord(title) + u"\"\n"_s;
}

QString paragraph(const QString& text)
{
    return u".PP\n"_s + roffText(text) + u'\n';
}

QString entry(const QString& tag, const QString& text)
{
    return u".TP\n"_s + tag + u'\n' + roffText(text) + u'\n';
}

QString bold(const QString& text)
{
    return u"\\fB"_s + roffWord(text) + u"\\fR"_s;
}

QString optionTag(const OptionSpec& option)
{
    QString tag = option.shortName.isNull() ? QString() : QString(bold(u'-' + QString(option.shortName)) + u", "_s);
    tag += bold(u"--"_s + option.name);
    return option.value.isEmpty() ? tag : QString(tag + u" \\fI"_s + roffWord(option.value) + u"\\fR"_s);
}

QString optionEntries(const std::vector<OptionSpec>& options)
{
    QString text;
    for (const auto& option : options) {
        text += entry(optionTag(option), option.help);
    }
    return text;
}

QString exampleLines(const QStringList& examples)
{
    QString text;
    for (const auto& example : examples) {
        text += roffWord(example) + u'\n';
    }
    return text.isEmpty() ? text : QString(u".PP\n.EX\n"_s + text + u".EE\n"_s);
}

QString commandPart(const CommandSpec& spec)
{
    QString text = u".SS \"radpost "_s + roffWord(spec.name);
    text += spec.arguments.isEmpty() ? QString(u"\"\n"_s) : QString(u' ' + roffWord(spec.arguments) + u"\"\n"_s);
    text += roffText(spec.summary) + u'\n';
    for (const auto& details : spec.details.split(u'\n', Qt::SkipEmptyParts)) {
        text += paragraph(details);
    }
    return text + optionEntries(spec.options) + exampleLines(spec.examples);
}

QString beginning()
{
    //: Title of the manual section in the head line of every page
    QString text = u"'\\\" -*- coding: UTF-8 -*-\n.TH RADPOST 1 \"\" \""_s + QString::fromLatin1(versionText()) +
        u"\" \""_s + roffWord(Cli::tr("User commands")) + u"\"\n"_s;
    text += u".ad l\n"_s; // Chinese has no spaces to spread
    text += section(Cli::tr("NAME"));
    text += u"radpost \\- "_s + roffWord(Cli::tr("sends DICOM images, and proves what arrived")) + u'\n';
    text += section(Cli::tr("SYNOPSIS"));
    text += u".B radpost\n.I COMMAND\n.RI [ OPTION …]\n.RI [ ARGUMENT …]\n"_s;
    text += section(Cli::tr("DESCRIPTION"));
    text += paragraph(
        Cli::tr("Sends radiology images to a PACS or any other DICOM receiver. Every job is written to a ledger before "
                "its first byte leaves; after an interruption, a crash or a power failure it goes on where it stopped, "
                "and its receipt says for every instance what became of it."));
    text += paragraph(
        Cli::tr("A destination (DEST) is the name of a destination or an address AET@host[:port], with tls:// before "
                "it for an encrypted connection."));
    return text;
}

QString exitStatusPart()
{
    QString text = section(Cli::tr("EXIT STATUS"));
    for (const auto& [code, meaning] : exitCodeWords()) {
        text += entry(bold(code), meaning);
    }
    return text;
}

QString filesPart()
{
    QString text = section(Cli::tr("FILES"));
    text += entry(bold(u"~/.config/radpost/config.toml"_s),
        Cli::tr("Settings and destinations; in $XDG_CONFIG_HOME/radpost where that is set."));
    text += entry(bold(u"~/.local/share/radpost/"_s),
        Cli::tr("The ledger; in $XDG_DATA_HOME/radpost where that is set. It is not removed with the program."));
    return text;
}

} // namespace

QString manualPage()
{
    QString text = beginning() + section(Cli::tr("COMMANDS"));
    for (const auto& command : commands()) {
        text += commandPart(command.spec());
    }
    text += section(Cli::tr("OPTIONS OF EVERY COMMAND")) + optionEntries(commonOptions());
    text += exitStatusPart() + filesPart();
    text += section(Cli::tr("SEE ALSO")) + u".BR radpost\\-desktop (1)\n"_s;
    return text;
}

} // namespace radpost::cli
