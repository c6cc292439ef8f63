#include "app/cli/Help.h"

#include "app/cli/Cli.h"
#include "app/cli/Command.h"
#include "app/cli/TextWidth.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

constexpr int kWidestHelp = 110;

// Two columns; a first cell that is too wide stands alone on its line.
class Table final
{
public:
    explicit Table(int width)
        : m_width(std::min(width, kWidestHelp))
    {
    }

    void add(const QString& left, const QString& right) { m_rows.append({left, right}); }

    QString text() const
    {
        constexpr int kWidestLeft = 28;
        int left = 0;
        for (const auto& row : m_rows) {
            const int width = displayWidth(row.first);
            left = width <= kWidestLeft ? std::max(left, width) : left;
        }
        QString all;
        for (const auto& row : m_rows) {
            all += rowText(row, left);
        }
        return all;
    }

private:
    QString rowText(const std::pair<QString, QString>& row, int left) const
    {
        const QString indent(left + 4, u' ');
        const auto lines = wrapText(row.second, m_width - left - 4);
        QString text = u"  "_s + padRight(row.first, left);
        text += displayWidth(row.first) > left ? u'\n' + indent : u"  "_s;
        return text + lines.join(u'\n' + indent) + u'\n';
    }

    const int m_width;
    QList<std::pair<QString, QString>> m_rows;
};

QString optionText(const OptionSpec& option)
{
    QString text = option.shortName.isNull() ? QString() : QString(u'-' + QString(option.shortName) + u", "_s);
    text += u"--"_s + option.name;
    return option.value.isEmpty() ? text : QString(text + u' ' + option.value);
}

QString optionTable(const std::vector<OptionSpec>& options, int width)
{
    Table table(width);
    for (const auto& option : options) {
        table.add(optionText(option), option.help);
    }
    return table.text();
}

QString exitCodeTable(int width)
{
    Table table(width);
    for (const auto& [code, meaning] : exitCodeWords()) {
        table.add(code, meaning);
    }
    return table.text();
}

QString heading(const QString& text)
{
    return u'\n' + text + u'\n';
}

} // namespace

QString overviewHelp(int width)
{
    QString text =
        QString::fromLatin1(versionText()) + u" – "_s + Cli::tr("sends DICOM images, and proves what arrived") + u'\n';
    text += heading(Cli::tr("Usage: radpost COMMAND [OPTION…] [ARGUMENT…]"));
    text += heading(Cli::tr("Commands"));
    Table table(width);
    for (const auto& command : commands()) {
        const auto spec = command.spec();
        table.add(spec.name, spec.summary);
    }
    text += table.text();
    text += heading(Cli::tr("Options of every command"));
    text += optionTable(commonOptions(), width);
    text += heading(Cli::tr("Exit codes"));
    text += exitCodeTable(width);
    text += heading(Cli::tr("More about a command: radpost help COMMAND"));
    return text;
}

QString groupHelp(const QString& group, int width)
{
    const auto members = commandsOf(group);
    if (members.empty()) {
        return {};
    }
    Table table(width);
    for (const auto& command : members) {
        const auto spec = command.spec();
        table.add(spec.name, spec.summary);
    }
    return Cli::tr("Commands of %1").arg(group) + u'\n' + table.text() +
        heading(Cli::tr("More about a command: radpost help COMMAND"));
}

QString commandHelp(const CommandSpec& spec, int width)
{
    QString usage = u"radpost "_s + spec.name + u" [OPTION…]"_s;
    if (!spec.arguments.isEmpty()) {
        usage += u' ' + spec.arguments;
    }
    QString text = spec.summary + u'\n' + heading(Cli::tr("Usage: %1").arg(usage));
    for (const auto& paragraph : spec.details.split(u'\n', Qt::SkipEmptyParts)) {
        text += u'\n' + wrapText(paragraph, std::min(width, kWidestHelp)).join(u'\n') + u'\n';
    }
    if (!spec.options.empty()) {
        text += heading(Cli::tr("Options")) + optionTable(spec.options, width);
    }
    text += heading(Cli::tr("Options of every command")) + optionTable(commonOptions(), width);
    if (!spec.examples.isEmpty()) {
        text += heading(Cli::tr("Examples")) + u"  "_s + spec.examples.join(u"\n  "_s) + u'\n';
    }
    return text;
}

std::vector<std::pair<QString, QString>> exitCodeWords()
{
    return {
        {u"0"_s, Cli::tr("done; for send: every instance is stored")},
        {u"1"_s, Cli::tr("some instances were not stored")},
        {u"2"_s, Cli::tr("the command line is wrong")},
        {u"3"_s, Cli::tr("the destination cannot be reached or refuses us")},
        {u"4"_s, Cli::tr("nothing to send was found")},
        {u"5"_s, Cli::tr("ledger, configuration, disk or port of this computer")},
        {u"130"_s, Cli::tr("interrupted; what is left stays in the job")},
    };
}

const char* versionText()
{
    return "radpost " RADPOST_VERSION;
}

} // namespace radpost::cli
