#include "app/cli/Completion.h"

#include "app/cli/Command.h"

#include <map>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

// Options of every command may stand before it, some with a value.
const auto kHead = uR"(# bash completion for radpost; made by: radpost help --format bash
_radpost()
{
    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}"
    local command="" words="" i
    for ((i = 1; i < COMP_CWORD; ++i)); do
        case "${COMP_WORDS[i]}" in
        %1) ((++i)) ;;
        -*) ;;
        *)
            command="${command:+$command }${COMP_WORDS[i]}"
            case "$command" in dest | route) ;; *) break ;; esac
            ;;
        esac
    done
    case "$command" in
)"_s;

const auto kTail = uR"(    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
} && complete -o default -F _radpost radpost
)"_s;

QStringList optionWords(const std::vector<OptionSpec>& options)
{
    QStringList words;
    for (const auto& option : options) {
        words += u"--"_s + option.name;
    }
    return words;
}

// "toml|csv" is a choice, "FILE" is not.
QString choicesOf(const OptionSpec& option)
{
    return option.value.contains(u'|') ? QString(option.value).replace(u'|', u' ') : QString();
}

std::vector<OptionSpec> allOptions(const CommandSpec& spec)
{
    auto options = spec.options;
    for (const auto& option : commonOptions()) {
        options.push_back(option);
    }
    return options;
}

QString commandCase(const QString& name, const std::vector<OptionSpec>& options, const QStringList& next)
{
    QString text = u"    '"_s + name + u"')\n        case \"$previous\" in\n"_s;
    for (const auto& option : options) {
        if (!option.value.isEmpty()) {
            text += u"        --"_s + option.name + u") words='"_s + choicesOf(option) + u"' ;;\n"_s;
        }
    }
    const QString words = (next + optionWords(options)).join(u' ');
    return text + u"        *) words='"_s + words + u"' ;;\n        esac\n        ;;\n"_s;
}

QString optionsWithValue()
{
    QStringList words;
    for (const auto& option : commonOptions()) {
        if (!option.value.isEmpty()) {
            words += u"--"_s + option.name;
        }
    }
    return words.join(u" | "_s);
}

} // namespace

QString bashCompletion()
{
    QStringList first;
    std::map<QString, QStringList> second; // of "dest" and "route"
    QString cases;
    for (const auto& command : commands()) {
        const auto spec = command.spec();
        const auto parts = spec.name.split(u' ');
        (parts.size() > 1 ? second[parts.first()] : first).append(parts.last());
        cases += commandCase(spec.name, allOptions(spec), {});
    }
    for (const auto& [word, words] : second) {
        first.append(word);
        cases += commandCase(word, commonOptions(), words);
    }
    cases += commandCase({}, commonOptions(), first);
    return kHead.arg(optionsWithValue()) + cases + kTail;
}

} // namespace radpost::cli
