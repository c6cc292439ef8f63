#include "core/config/ConfigParser.h"
#include "core/config/ConfigText.h"
#include "core/config/Fields.h"
#include "core/config/TomlText_p.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

// Columns count characters, as toml++ does.
qsizetype offsetOf(const QByteArray& text, int line, int column)
{
    auto offset = text::offsetOfLine(text, line);
    const auto isContinuation = [&text](qsizetype at) { return at < text.size() && (text[at] & 0xC0) == 0x80; };
    for (int i = 1; i < column && offset < text.size(); ++i) {
        do {
            ++offset;
        } while (isContinuation(offset));
    }
    return offset;
}

int lineOf(const QByteArray& text, const QRegularExpression& wanted)
{
    const auto lines = text.split('\n');
    const auto found = std::find_if(lines.begin(), lines.end(),
        [&wanted](const QByteArray& line) { return wanted.match(QString::fromUtf8(line)).hasMatch(); });
    return found == lines.end() ? 0 : static_cast<int>(found - lines.begin()) + 1;
}

// Comments and empty lines directly above the first table belong to it.
qsizetype endOfTopLevel(const QByteArray& text)
{
    static const QRegularExpression header(u"^\\s*\\["_s);
    int line = lineOf(text, header);
    if (line == 0) {
        return text.size();
    }
    const auto isPreface = [&text](int number) {
        const auto begin = text::offsetOfLine(text, number);
        const auto words = text.mid(begin, text::offsetOfLine(text, number + 1) - begin).trimmed();
        return words.isEmpty() || words.startsWith('#');
    };
    while (line > 1 && isPreface(line - 1)) {
        --line;
    }
    return text::offsetOfLine(text, line);
}

QByteArray inserted(QByteArray text, const QString& key, const QByteArray& value)
{
    const auto dot = key.indexOf(u'.');
    const QRegularExpression header(u"^\\s*\\[\\s*"_s + key.left(dot) + u"\\s*\\]"_s);
    const int headerLine = dot < 0 ? 0 : lineOf(text, header);
    if (headerLine > 0) {
        return text.insert(
            text::offsetOfLine(text, headerLine + 1), key.sliced(dot + 1).toUtf8() + " = " + value + '\n');
    }
    return text.insert(endOfTopLevel(text), key.toUtf8() + " = " + value + '\n');
}

QByteArray withValue(QByteArray text, const QString& key, const QByteArray& value)
{
    const auto places = settingPlaces(text);
    const auto place = std::find_if(
        places.begin(), places.end(), [&key](const ValuePlace& candidate) { return candidate.key == key; });
    if (place == places.end()) {
        return inserted(std::move(text), key, value);
    }
    const auto begin = offsetOf(text, place->line, place->column);
    const auto end = offsetOf(text, place->endLine, place->endColumn);
    return text.replace(begin, end - begin, value);
}

} // namespace

Result<QByteArray> changeSettings(const QByteArray& toml, const Settings& settings)
{
    auto config = text::parsed(toml);
    if (!config) {
        return fail(config.error());
    }
    auto edited = text::begun(toml);
    for (const auto& field : settingsFields()) {
        const auto wanted = field.get(settings);
        if (wanted != field.get(config->settings)) {
            edited = withValue(std::move(edited), field.key.toString(), text::tomlValue(wanted));
        }
    }
    config->settings = settings;
    return text::verified(std::move(edited), *config);
}

} // namespace radpost::config
