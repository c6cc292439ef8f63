#include "app/cli/TextWidth.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using Range = std::pair<char32_t, char32_t>;

// Blocks of Unicode whose characters have East Asian Width W or F (UAX #11), merged where only unassigned code points
// lie between.
constexpr std::array<Range, 12> kWide{
    {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0xA4CF}, {0xA960, 0xA97F},
        {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x3FFFD}}};

bool isWide(char32_t c)
{
    return std::any_of(kWide.begin(), kWide.end(), [c](const Range& r) { return c >= r.first && c <= r.second; });
}

// The code point at @p at, which moves behind it; half a surrogate pair stands for itself.
char32_t nextCodePoint(QStringView text, qsizetype& at)
{
    const QChar first = text[at++];
    if (first.isHighSurrogate() && at < text.size() && text[at].isLowSurrogate()) {
        return QChar::surrogateToUcs4(first, text[at++]);
    }
    return first.unicode();
}

int widthOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Control:
    case QChar::Other_Format:
        return 0;
    default:
        return isWide(c) ? 2 : 1;
    }
}

struct Piece
{
    QString text;
    bool endsWithSpace = false;
};

// A word with the space after it, or one wide character with the punctuation that must not begin a line.
QList<Piece> piecesOf(const QString& text)
{
    const QString mayNotBeginALine = u"，。；：、！？）》”’」%…,.;:!?)"_s;
    QList<Piece> pieces;
    bool joinsNext = false;
    for (const QChar c : text) {
        const bool startsNew = !joinsNext || isWide(c.unicode());
        const bool followsSpace = c != u' ' && !pieces.isEmpty() && pieces.last().endsWithSpace;
        if (pieces.isEmpty() || followsSpace || (startsNew && !mayNotBeginALine.contains(c))) {
            pieces.append(Piece{});
        }
        if (c == u' ') {
            pieces.last().endsWithSpace = true;
            joinsNext = false;
        } else {
            pieces.last().text += c;
            joinsNext = !isWide(c.unicode());
        }
    }
    return pieces;
}

} // namespace

int displayWidth(QStringView text)
{
    int width = 0;
    for (qsizetype at = 0; at < text.size();) {
        width += widthOf(nextCodePoint(text, at));
    }
    return width;
}

QString cutToWidth(const QString& text, int columns)
{
    if (displayWidth(text) <= columns) {
        return text;
    }
    int width = 1; // of the ellipsis
    qsizetype end = 0;
    for (qsizetype at = 0; at < text.size(); end = at) {
        width += widthOf(nextCodePoint(text, at));
        if (width > columns) {
            break;
        }
    }
    return columns < 1 ? QString() : QString(text.left(end) + u'…');
}

QString padRight(const QString& text, int columns)
{
    return text + QString(std::max(0, columns - displayWidth(text)), u' ');
}

QString padLeft(const QString& text, int columns)
{
    return QString(std::max(0, columns - displayWidth(text)), u' ') + text;
}

QStringList wrapText(const QString& text, int columns)
{
    QStringList lines;
    QString line;
    for (const auto& piece : piecesOf(text)) {
        if (!line.isEmpty() && displayWidth(line) + displayWidth(piece.text) > columns) {
            lines.append(line.trimmed());
            line.clear();
        }
        line += piece.text;
        if (piece.endsWithSpace) {
            line += u' ';
        }
    }
    lines.append(line.trimmed());
    return lines;
}

QString printableArgument(const QString& text)
{
    const QString safe = printable(text);
    const bool hasSpace = std::any_of(safe.begin(), safe.end(), [](QChar c) { return c.isSpace(); });
    return hasSpace ? u'"' + safe + u'"' : safe;
}

} // namespace radpost::cli
