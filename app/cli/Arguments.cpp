#include "app/cli/Arguments.h"

#include "app/cli/Cli.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

const OptionSpec* find(const std::vector<OptionSpec>& options, const QString& word)
{
    const auto matches = [&word](const OptionSpec& option) {
        return word == u"--"_s + option.name || (!option.shortName.isNull() && word == u"-"_s + option.shortName);
    };
    const auto found = std::find_if(options.begin(), options.end(), matches);
    return found == options.end() ? nullptr : &*found;
}

class Parser final
{
public:
    Parser(const CommandSpec& spec, const QStringList& words)
        : m_spec(spec)
        , m_words(words)
        , m_common(commonOptions())
    {
    }

    std::variant<Arguments, QString> parse()
    {
        while (m_at < m_words.size()) {
            const auto word = m_words[m_at++];
            if (word == u"--" && !m_optionsEnded) {
                m_optionsEnded = true;
            } else if (word.size() > 1 && word.startsWith(u'-') && !m_optionsEnded) {
                takeOption(word);
            } else {
                m_arguments.addPositional(word);
            }
            if (!m_error.isEmpty()) {
                return m_error;
            }
        }
        checkCount();
        return m_error.isEmpty() ? std::variant<Arguments, QString>(m_arguments) : m_error;
    }

private:
    void takeOption(const QString& word)
    {
        const auto equals = word.startsWith(u"--") ? word.indexOf(u'=') : -1;
        const QString name = equals < 0 ? word : word.left(equals);
        const auto* own = find(m_spec.options, name);
        const auto* option = own != nullptr ? own : find(m_common, name);
        if (option == nullptr) {
            m_error = Cli::tr("The option %1 is not known.").arg(name);
        } else if (option->value.isEmpty() && equals >= 0) {
            m_error = Cli::tr("The option %1 takes no value.").arg(name);
        } else if (option->value.isEmpty()) {
            m_arguments.add(option->name, QString());
        } else if (equals < 0 && m_at >= m_words.size()) {
            m_error = Cli::tr("The option %1 needs a value: %2.").arg(name, option->value);
        } else {
            m_arguments.add(option->name, equals < 0 ? m_words[m_at++] : word.mid(equals + 1));
        }
    }

    void checkCount()
    {
        const auto count = m_arguments.positional().size();
        if (m_arguments.has(u"help"_s)) {
            return;
        }
        if (count < m_spec.minArguments) {
            m_error = Cli::tr("Something is missing: %1.").arg(m_spec.arguments);
        } else if (m_spec.maxArguments >= 0 && count > m_spec.maxArguments) {
            m_error = Cli::tr("This is too much: %1.").arg(m_arguments.positional().at(m_spec.maxArguments));
        }
    }

    const CommandSpec& m_spec;
    const QStringList& m_words;
    const std::vector<OptionSpec>& m_common;
    Arguments m_arguments;
    QString m_error;
    qsizetype m_at = 0;
    bool m_optionsEnded = false;
};

} // namespace

QStringList Arguments::all(const QString& option) const
{
    const auto newestFirst = m_values.value(option);
    return {newestFirst.crbegin(), newestFirst.crend()};
}

QStringList Arguments::list(const QString& option) const
{
    QStringList parts;
    for (const auto& value : all(option)) {
        parts += value.split(u',', Qt::SkipEmptyParts);
    }
    return parts;
}

std::variant<Arguments, QString> parseArguments(const CommandSpec& spec, const QStringList& words)
{
    return Parser(spec, words).parse();
}

const std::vector<OptionSpec>& commonOptions()
{
    // Made at first use, after the language is known.
    static const std::vector<OptionSpec> options{
        {u"config"_s, u"FILE"_s, Cli::tr("Configuration file with settings and destinations."), {}},
        {u"data"_s, u"FOLDER"_s, Cli::tr("Folder of the ledger."), {}},
        {u"lang"_s, u"en|zh_CN"_s, Cli::tr("Language of all texts."), {}},
        {u"json"_s, {}, Cli::tr("Events as JSON on standard output, one object a line."), {}},
        {u"quiet"_s, {}, Cli::tr("No progress, only results."), u'q'},
        {u"verbose"_s, {}, Cli::tr("More in the log on standard error."), u'v'},
        {u"log-format"_s, u"text|json"_s, Cli::tr("How lines of the log are written; with --json the default is json."),
            {}},
        {u"help"_s, {}, Cli::tr("This help."), u'h'},
    };
    return options;
}

} // namespace radpost::cli
