#include "core/dicom/Iso2022Decoder_p.h"

#include <algorithm>

namespace radpost::dicom {

namespace {

bool isWideHalf(char c)
{
    const auto lower = static_cast<unsigned char>(c) & 0x7F;
    return lower >= 0x21 && lower <= 0x7E;
}

bool isUpper(char c)
{
    return static_cast<signed char>(c) < 0;
}

} // namespace

bool Iso2022Decoder::decode(std::string_view bytes, QString& text)
{
    m_text = &text;
    while (!bytes.empty()) {
        size_t taken = 0;
        if (bytes.front() == kEscape) {
            taken = takeEscape(bytes.substr(1));
        } else {
            taken = isUpper(bytes.front()) ? takeUpper(bytes) : takeLower(bytes);
        }
        bytes.remove_prefix(taken);
    }
    flush();
    return m_faultless;
}

size_t Iso2022Decoder::takeEscape(std::string_view behindEscape)
{
    const GraphicSet* set = graphicSetOfEscape(behindEscape);
    if (!set) {
        putFault();
        return 1;
    }
    (set->isG1 ? m_sets.g1 : m_sets.g0) = set;
    return 1 + set->escape.size();
}

size_t Iso2022Decoder::takeLower(std::string_view rest)
{
    const char c = rest.front();
    if (!m_sets.g0->isWide || c <= ' ' || c == '\x7F') {
        takeAscii(c);
        return 1;
    }
    if (rest.size() < 2 || isUpper(rest[1]) || !isWideHalf(rest[1])) {
        putFault();
        return 1;
    }
    const std::string upperHalf = {static_cast<char>(rest[0] | '\x80'), static_cast<char>(rest[1] | '\x80')};
    push(*m_sets.g0, upperHalf);
    return 2;
}

void Iso2022Decoder::takeAscii(char c)
{
    if (isDelimiter(c)) {
        m_sets = m_initial;
    }
    if (m_sets.g0->codec != TextCodec::JisX0201) {
        put(QLatin1Char(c));
        return;
    }
    // ISO-IR 14 has a yen sign and an overline; the byte of the yen sign is the delimiter all the same
    // (PS3.5 6.1.2.5.3).
    const bool isYen = c == '\\' && m_kind == TextKind::LongText;
    const QChar overlineOrSame = c == '~' ? QChar(0x203E) : QChar(QLatin1Char(c));
    put(isYen ? QChar(0x00A5) : overlineOrSame);
}

size_t Iso2022Decoder::takeUpper(std::string_view rest)
{
    const GraphicSet* set = m_sets.g1 ? m_sets.g1 : m_sets.spare1;
    const size_t width = set && set->isWide ? 2 : 1;
    if (!set || rest.size() < width || (width == 2 && !(isUpper(rest[1]) && isWideHalf(rest[1])))) {
        putFault();
        return 1;
    }
    push(*set, rest.substr(0, width));
    return width;
}

void Iso2022Decoder::push(const GraphicSet& set, std::string_view upperHalf)
{
    if (m_runCodec != set.codec) {
        flush();
        m_runCodec = set.codec;
    }
    if (set.registration == 159) {
        m_run.push_back('\x8F'); // EUC-JP reaches JIS X 0212 by its third code set
    }
    m_run.append(upperHalf);
}

void Iso2022Decoder::flush()
{
    if (!m_run.empty()) {
        m_faultless = convertText(m_runCodec, m_run, *m_text) && m_faultless;
        m_run.clear();
    }
}

void Iso2022Decoder::put(QChar c)
{
    flush();
    m_text->append(c);
}

void Iso2022Decoder::putFault()
{
    put(QChar(QChar::ReplacementCharacter));
    m_faultless = false;
}

bool Iso2022Decoder::isDelimiter(char c) const
{
    switch (c) {
    case '\r':
    case '\n':
    case '\f':
    case '\t':
        return true;
    case '\\':
        return m_kind != TextKind::LongText;
    case '^':
    case '=':
        return m_kind == TextKind::PersonName;
    default:
        return false;
    }
}

} // namespace radpost::dicom
