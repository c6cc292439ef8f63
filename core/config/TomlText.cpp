#include "core/config/TomlText_p.h"

#include "core/config/ConfigParser.h"
#include "core/config/Fields.h"

using namespace Qt::StringLiterals;

namespace radpost::config::text {

namespace {

QByteArray tomlString(const QString& text)
{
    QString quoted = u"\""_s;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\') {
            quoted += u'\\';
            quoted += c;
        } else if (c.unicode() < 0x20 || c.unicode() == 0x7f) {
            quoted += u"\\u%1"_s.arg(int{c.unicode()}, 4, 16, QChar(u'0'));
        } else {
            quoted += c;
        }
    }
    return (quoted + u'"').toUtf8();
}

} // namespace

QByteArray tomlValue(const Scalar& value)
{
    if (const auto* list = std::get_if<QStringList>(&value)) {
        QByteArrayList items;
        for (const auto& item : *list) {
            items.append(tomlString(item));
        }
        return '[' + items.join(", ") + ']';
    }
    const auto* text = std::get_if<QString>(&value);
    return text ? tomlString(*text) : scalarToText(value).toUtf8();
}

Result<Config> parsed(const QByteArray& toml)
{
    auto result = parseConfig(toml);
    if (!result.problems.empty()) {
        return fail(result.problems.front().toError());
    }
    return std::move(result.config);
}

Result<QByteArray> verified(QByteArray edited, const Config& wanted)
{
    const auto readBack = parsed(edited);
    if (!readBack || *readBack != wanted) {
        return fail(
            ErrorCode::Unsupported, u"this file is not written in a form that can be edited; edit it by hand"_s);
    }
    return edited;
}

qsizetype offsetOfLine(const QByteArray& text, int line)
{
    qsizetype offset = 0;
    for (int i = 1; i < line && offset < text.size(); ++i) {
        const auto newline = text.indexOf('\n', offset);
        offset = newline < 0 ? text.size() : newline + 1;
    }
    return offset;
}

QByteArray begun(const QByteArray& toml)
{
    if (toml.trimmed().isEmpty()) {
        return "version = " + QByteArray::number(kConfigVersion) + '\n';
    }
    return toml.endsWith('\n') ? toml : QByteArray(toml + '\n');
}

} // namespace radpost::config::text
