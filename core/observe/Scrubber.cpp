#include "core/observe/Scrubber.h"

#include "core/observe/Redact.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::observe {

namespace {

/// Scripts that put no blanks between words: each character can begin one.
bool isOfItself(QChar c)
{
    switch (c.script()) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
        return true;
    default:
        return c.isSurrogate();
    }
}

bool isWordPart(QChar c)
{
    return c.isLetterOrNumber() && !isOfItself(c);
}

qsizetype wordEnd(const QString& text, qsizetype at)
{
    auto end = at + 1;
    while (isWordPart(text[at]) && end < text.size() && isWordPart(text[end])) {
        ++end;
    }
    return end;
}

bool isTooShort(const QString& phrase)
{
    const bool isAscii = std::all_of(phrase.begin(), phrase.end(), [](QChar c) { return c.unicode() < 0x80; });
    const bool isNumber = std::all_of(phrase.begin(), phrase.end(), [](QChar c) { return c.isDigit(); });
    return phrase.size() < (isNumber ? 4 : isAscii ? 3 : 2);
}

// Lower case must not move positions: the length of the text has to stay.
QString folded(const QString& text)
{
    QString made = text;
    for (auto& c : made) {
        c = c.toCaseFolded();
    }
    return made;
}

} // namespace

void Scrubber::add(const QString& phrase)
{
    const auto trimmed = folded(phrase.trimmed());
    qsizetype at = 0;
    while (at < trimmed.size() && !isWordPart(trimmed[at]) && !isOfItself(trimmed[at])) {
        ++at;
    }
    const auto useful = trimmed.sliced(at);
    if (useful.isEmpty() || isTooShort(useful)) {
        return;
    }
    m_phrases.insert(useful);
    m_lengths[useful.first(wordEnd(useful, 0))].insert(useful.size());
}

void Scrubber::addId(const QString& patientId)
{
    add(patientId);
}

void Scrubber::addName(const QString& personName)
{
    for (const auto& group : personName.split(u'=', Qt::SkipEmptyParts)) {
        auto parts = group.split(u'^', Qt::SkipEmptyParts);
        std::for_each(parts.begin(), parts.end(), [](QString& part) { part = part.trimmed(); });
        add(group);
        add(parts.join(u' '));
        add(parts.join(QString()));
        add(parts.join(u'_'));
        std::reverse(parts.begin(), parts.end());
        add(parts.join(u' '));
        add(parts.join(QString()));
        for (const auto& part : parts) {
            add(part);
        }
    }
}

// The length of the longest phrase that stands there; 0: none does.
qsizetype Scrubber::matchAt(const QString& text, qsizetype at, const QString& word) const
{
    const auto lengths = m_lengths.constFind(word);
    if (lengths == m_lengths.constEnd()) {
        return 0;
    }
    qsizetype longest = 0;
    for (const auto length : *lengths) {
        const qsizetype end = at + length;
        const bool isThere = end <= text.size() && m_phrases.contains(text.sliced(at, length));
        const bool goesOn = isThere && end < text.size() && isWordPart(text[end]) && isWordPart(text[end - 1]);
        longest = isThere && !goesOn ? std::max(longest, length) : longest;
    }
    return longest;
}

QString Scrubber::scrubbed(const QString& text) const
{
    if (m_phrases.isEmpty()) {
        return text;
    }
    const auto plain = folded(text);
    QString made;
    made.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const auto end = wordEnd(plain, at);
        const auto length = matchAt(plain, at, plain.sliced(at, end - at));
        if (length > 0) {
            made += redact(QStringView(plain).sliced(at, length));
            at += length;
        } else {
            made += QStringView(text).sliced(at, end - at);
            at = end;
        }
    }
    return made;
}

} // namespace radpost::observe
