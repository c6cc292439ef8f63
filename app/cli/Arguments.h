#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <variant>
#include <vector>

namespace radpost::cli {

/// One option as it is written and explained.
struct OptionSpec
{
    QString name;  ///< without the dashes: "to"
    QString value; ///< placeholder, "DEST"; empty: a flag
    QString help;
    QChar shortName; ///< null: none
};

/// How a command is called. The texts are in the user's language.
struct CommandSpec
{
    QString name;      ///< "send", "dest add"
    QString arguments; ///< "PATH…", "[JOB]"; empty: none
    QString summary;   ///< one line for the list of commands
    QString details;   ///< paragraphs for the command's own help
    int minArguments = 0;
    int maxArguments = 0; ///< -1: any number
    std::vector<OptionSpec> options;
    QStringList examples;
};

/// What was written after the command's name.
class Arguments final
{
public:
    [[nodiscard]] bool has(const QString& option) const { return m_values.contains(option); }
    /// The last one given; empty when there is none.
    [[nodiscard]] QString value(const QString& option) const { return m_values.value(option).value(0); }
    [[nodiscard]] qsizetype count(const QString& option) const { return m_values.value(option).size(); }
    /// All that were given, in order; commas separate, too.
    [[nodiscard]] QStringList list(const QString& option) const;
    /// All that were given, in order, as they were written.
    [[nodiscard]] QStringList all(const QString& option) const;
    [[nodiscard]] const QStringList& positional() const { return m_positional; }

    void add(const QString& option, const QString& value) { m_values[option].prepend(value); }
    void addPositional(const QString& argument) { m_positional.append(argument); }

private:
    QHash<QString, QStringList> m_values; // newest first
    QStringList m_positional;
};

/// Reads @p words by @p spec and the options that every command has. "--" ends the options; "--x=y" is "--x y".
/// The error is a sentence in the user's language.
[[nodiscard]] std::variant<Arguments, QString> parseArguments(const CommandSpec& spec, const QStringList& words);

/// --config, --data, --lang, --json, --quiet, --verbose, --help.
[[nodiscard]] const std::vector<OptionSpec>& commonOptions();

} // namespace radpost::cli
