#include "core/dicom/CharacterSet.h"

#include <algorithm>

namespace radpost::dicom {

namespace {

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

} // namespace

CharacterSet::CharacterSet()
    : m_name("ISO_IR 6")
{
}

CharacterSet CharacterSet::fromDeclared(std::string_view declared)
{
    CharacterSet set;
    if (!declared.empty()) {
        set.m_name = QByteArray(declared.data(), static_cast<qsizetype>(declared.size()));
    }
    return set;
}

DecodedText CharacterSet::decode(std::string_view bytes, TextKind) const
{
    const auto size = static_cast<qsizetype>(bytes.size());
    if (isAscii(bytes) || m_name == "ISO_IR 100") {
        return {QString::fromLatin1(bytes.data(), size), true};
    }
    const QString text = QString::fromUtf8(bytes.data(), size);
    return {text, !text.contains(QChar::ReplacementCharacter)};
}

CharsetChoice chooseCharacterSet(std::string_view declared, std::span<const std::string_view> texts)
{
    const bool ascii = std::all_of(texts.begin(), texts.end(), isAscii);
    const CharsetVerdict verdict = declared.empty() && ascii ? CharsetVerdict::Defaulted : CharsetVerdict::Declared;
    return {CharacterSet::fromDeclared(declared), verdict};
}

} // namespace radpost::dicom
