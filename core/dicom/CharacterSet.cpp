#include "core/dicom/CharacterSet.h"

#include "core/dicom/Iso2022Decoder_p.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace radpost::dicom {

namespace {

bool isPlainAscii(std::string_view text)
{
    return std::all_of(
        text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) > 0 && c != kEscape; });
}

/// Upper case, without what people put between the parts: "ISO_IR 100", "iso-ir-100" and "ISO IR100" become ISOIR100.
std::string compact(std::string_view term)
{
    std::string result;
    for (const char c : term) {
        if (c >= 'a' && c <= 'z') {
            result.push_back(static_cast<char>(c - 'a' + 'A'));
        } else if (c > ' ' && c != '_' && c != '-' && c != '.') {
            result.push_back(c);
        }
    }
    return result;
}

bool removePrefix(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

/// The IR number of an ISO term, 0 when it is none.
int registeredTerm(std::string_view term)
{
    constexpr int irOfPart[] = {0, 100, 101, 109, 110, 144, 127, 126, 138, 148, 0, 166, 0, 0, 0, 203};
    const bool isPart = removePrefix(term, "ISO8859") || removePrefix(term, "LATIN");
    if (!isPart) {
        removePrefix(term, "ISO");
        removePrefix(term, "2022");
        removePrefix(term, "IR");
    }
    int number = 0;
    const auto parsed = std::from_chars(term.data(), term.data() + term.size(), number);
    if (parsed.ec != std::errc{} || parsed.ptr != term.data() + term.size()) {
        return 0;
    }
    if (isPart) {
        return number > 0 && number < static_cast<int>(std::size(irOfPart)) ? irOfPart[number] : 0;
    }
    return number;
}

} // namespace

CharacterSet CharacterSet::fromDeclared(std::string_view declared)
{
    CharacterSet set{Uninitialised{}};
    set.m_g0 = &kGraphicSets[0];
    bool isFirst = true;
    while (isFirst || !declared.empty()) {
        const size_t end = std::min(declared.find('\\'), declared.size());
        set.addTerm(compact(declared.substr(0, end)), isFirst);
        declared.remove_prefix(std::min(end + 1, declared.size()));
        isFirst = false;
    }
    if (set.m_standAlone) {
        set.m_name = *set.m_standAlone == TextCodec::Utf8 ? "ISO_IR 192" : set.m_name;
        return set;
    }
    const bool extended = set.m_terms.size() > 1 || set.m_laterG1;
    for (const int term : std::as_const(set.m_terms)) {
        set.m_name += set.m_name.isEmpty() ? "" : "\\";
        set.m_name += (extended ? "ISO 2022 IR " : "ISO_IR ") + QByteArray::number(term);
    }
    return set;
}

void CharacterSet::addTerm(std::string_view term, bool isFirst)
{
    if (term == "GB18030" || term == "GBK" || term == "UTF8" || registeredTerm(term) == 192) {
        // These stand alone (PS3.5 6.1.2.5.4); where others stand beside them against the rule, they are what is meant.
        const bool isUtf8 = !term.starts_with("GB");
        m_standAlone = m_standAlone.value_or(isUtf8 ? TextCodec::Utf8 : TextCodec::Gb18030);
        m_name = m_name.isEmpty() ? QByteArray(term.data(), static_cast<qsizetype>(term.size())) : m_name;
        return;
    }
    if (term.empty()) {
        if (isFirst) {
            m_terms.append(6);
        }
        return;
    }
    addRegistered(term == "GB2312" ? 58 : registeredTerm(term), isFirst);
}

void CharacterSet::addRegistered(int term, bool isFirst)
{
    bool found = false;
    for (const GraphicSet& set : kGraphicSets) {
        if (set.term != term) {
            continue;
        }
        found = true;
        const bool shiftsIn = isFirst && !set.isWide;
        if (set.isG1) {
            m_g1 = shiftsIn ? &set : m_g1;
            m_laterG1 = shiftsIn ? m_laterG1 : &set;
        } else {
            m_g0 = shiftsIn ? &set : m_g0;
        }
    }
    if (isFirst && (!found || !(m_g1 || term == 6))) {
        m_terms.append(6);
    }
    if (found && !m_terms.contains(term)) {
        m_terms.append(term);
    }
}

DecodedText CharacterSet::decode(std::string_view bytes, TextKind kind) const
{
    DecodedText decoded;
    if (isPlainAscii(bytes) && m_g0 == &kGraphicSets[0]) {
        decoded.text = QString::fromLatin1(bytes.data(), static_cast<qsizetype>(bytes.size()));
    } else if (m_standAlone) {
        decoded.isFaultless = convertText(*m_standAlone, bytes, decoded.text);
    } else {
        decoded.isFaultless = Iso2022Decoder({m_g0, m_g1, m_laterG1}, kind).decode(bytes, decoded.text);
    }
    return decoded;
}

} // namespace radpost::dicom
