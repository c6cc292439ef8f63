#include "core/dicom/AttributeValues_p.h"

#include "core/dicom/CharsetChoice.h"

#include <QLocale>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

// All that the values of one data set may take; a person's rule looks at some bytes.
constexpr size_t kMostBytes = 4 << 20;

enum class Form { Text, LongText, Name, Plain, Number, Tag, Opaque };

Form formOf(const QByteArray& vr)
{
    const auto isOneOf = [&vr](const char* list) {
        for (; *list; list += 2) {
            if (vr == QByteArrayView(list, 2)) {
                return true;
            }
        }
        return false;
    };
    if (vr == "PN") {
        return Form::Name;
    }
    if (isOneOf("LOSHUC")) {
        return Form::Text;
    }
    if (isOneOf("LTSTUT")) {
        return Form::LongText;
    }
    if (isOneOf("AEASCSDADSDTISTMUIUR")) {
        return Form::Plain;
    }
    if (isOneOf("USSSULSLUVSVFLFD")) {
        return Form::Number;
    }
    if (vr == "AT") {
        return Form::Tag;
    }
    return vr.isEmpty() || vr == "UN" ? Form::Text : Form::Opaque;
}

bool hasBinary(std::string_view bytes)
{
    const auto isBinary = [](char c) {
        return c >= 0 && c < ' ' && c != '\r' && c != '\n' && c != '\t' && c != '\f' && c != '\x1B';
    };
    return std::any_of(bytes.begin(), bytes.end(), isBinary);
}

/// What is of no known VR may be anything.
bool isBlob(const QByteArray& vr, std::string_view bytes)
{
    return (vr.isEmpty() || vr == "UN") && hasBinary(withoutPadding(bytes));
}

template <typename T>
T load(const char* at, bool bigEndian)
{
    return bigEndian ? qFromBigEndian<T>(at) : qFromLittleEndian<T>(at);
}

template <typename T>
QString numberText(const char* at, bool bigEndian)
{
    if constexpr (std::is_floating_point_v<T>) {
        return QString::number(double{load<T>(at, bigEndian)}, 'g', QLocale::FloatingPointShortest);
    } else {
        return QString::number(load<T>(at, bigEndian));
    }
}

template <typename T>
QStringList numbers(std::string_view bytes, bool bigEndian)
{
    QStringList values;
    for (size_t at = 0; at + sizeof(T) <= bytes.size() && values.size() <= AttributeReader::kMostAttributeValues;
         at += sizeof(T)) {
        values.append(numberText<T>(bytes.data() + at, bigEndian));
    }
    return values;
}

QStringList numbersOf(const QByteArray& vr, std::string_view bytes, bool bigEndian)
{
    if (vr == "US") {
        return numbers<quint16>(bytes, bigEndian);
    }
    if (vr == "SS") {
        return numbers<qint16>(bytes, bigEndian);
    }
    if (vr == "UL") {
        return numbers<quint32>(bytes, bigEndian);
    }
    if (vr == "SL") {
        return numbers<qint32>(bytes, bigEndian);
    }
    if (vr == "UV") {
        return numbers<quint64>(bytes, bigEndian);
    }
    if (vr == "SV") {
        return numbers<qint64>(bytes, bigEndian);
    }
    return vr == "FL" ? numbers<float>(bytes, bigEndian) : numbers<double>(bytes, bigEndian);
}

QStringList tagsOf(std::string_view bytes, bool bigEndian)
{
    QStringList values;
    for (size_t at = 0; at + 4 <= bytes.size(); at += 4) {
        const auto group = load<quint16>(bytes.data() + at, bigEndian);
        const auto element = load<quint16>(bytes.data() + at + 2, bigEndian);
        values.append(u"(%1,%2)"_s.arg(uint{group}, 4, 16, QChar(u'0')).arg(uint{element}, 4, 16, QChar(u'0')));
    }
    return values;
}

} // namespace

QString trimmedText(QString text)
{
    while (text.endsWith(QChar(u'\0'))) {
        text.chop(1);
    }
    return text.trimmed();
}

bool isInCharacterSet(const QByteArray& vr)
{
    const Form form = formOf(vr);
    return form == Form::Text || form == Form::LongText || form == Form::Name;
}

QStringList valuesOf(const QByteArray& vr, std::string_view bytes, bool bigEndian, const CharacterSet& set)
{
    switch (formOf(vr)) {
    case Form::Number:
        return numbersOf(vr, bytes, bigEndian);
    case Form::Tag:
        return tagsOf(bytes, bigEndian);
    case Form::LongText:
        return {set.decode(bytes, TextKind::LongText).text};
    case Form::Plain: {
        const QString text = QString::fromLatin1(bytes.data(), static_cast<qsizetype>(bytes.size()));
        return vr == "UR" ? QStringList(text) : text.split(u'\\');
    }
    case Form::Name:
        return set.decode(bytes, TextKind::PersonName).text.split(u'\\');
    case Form::Text:
        return isBlob(vr, bytes) ? QStringList() : set.decode(bytes, TextKind::Text).text.split(u'\\');
    case Form::Opaque:
        break;
    }
    return {};
}

qsizetype mostValuesOf(const QByteArray& vr, std::string_view bytes)
{
    const auto size = static_cast<qsizetype>(bytes.size());
    switch (formOf(vr)) {
    case Form::Number: // two bytes are the shortest
        return std::min(size / 2, AttributeReader::kMostAttributeValues + 1);
    case Form::Tag:
        return size / 4;
    case Form::LongText:
        return 1;
    case Form::Plain:
    case Form::Name:
    case Form::Text:
        return vr == "UR" || isBlob(vr, bytes) ? 1 : 1 + std::count(bytes.begin(), bytes.end(), '\\');
    case Form::Opaque:
        break;
    }
    return 0;
}

std::string_view withoutPadding(std::string_view text)
{
    constexpr std::string_view padding{" \0\r\n\t", 5};
    const auto first = text.find_first_not_of(padding);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(padding) - first + 1);
}

void AttributeValues::add(size_t path, const Element& element, const std::byte* value, Context context)
{
    auto& found = m_found[path];
    found.isPresent = true;
    const char letters[] = {static_cast<char>(element.vr >> 8), static_cast<char>(element.vr & 0xFF)};
    const bool saysMore = element.vr != 0 && element.vr != vrCode('U', 'N');
    found.vr = saysMore ? QByteArray(letters, 2) : m_paths[path].vr;
    if (element.length == 0) {
        return;
    }
    found.hasContent = true;
    const bool isRoom = value != nullptr && m_bytes + element.length <= kMostBytes &&
        found.values.size() < AttributeReader::kMostAttributeValues;
    if (!isRoom) {
        found.isComplete = found.isComplete && formOf(found.vr) == Form::Opaque;
        return;
    }
    m_bytes += element.length;
    m_raws.push_back({path, found.vr, std::string(reinterpret_cast<const char*>(value), element.length), context});
    found.values.append(QString()); // a place in the count; decoded() fills the list anew
}

void AttributeValues::noteItem(size_t path)
{
    m_found[path].isPresent = true;
    m_found[path].hasContent = true;
    m_found[path].vr = "SQ";
}

size_t AttributeValues::addCharacterSet(std::string_view declared, bool isOfItem)
{
    if (!isOfItem) {
        m_charsets.front() = declared;
        return 0;
    }
    const auto known = std::find(m_charsets.begin() + 1, m_charsets.end(), declared);
    if (known != m_charsets.end()) {
        return static_cast<size_t>(known - m_charsets.begin());
    }
    constexpr size_t kMostCharsets = 64;
    if (m_charsets.size() < kMostCharsets) {
        m_charsets.emplace_back(declared);
        return m_charsets.size() - 1;
    }
    return 0;
}

std::vector<CharacterSet> AttributeValues::characterSets(const InstanceHeader& header) const
{
    std::vector<CharacterSet> sets;
    for (size_t i = 0; i < m_charsets.size(); ++i) {
        // The names and descriptions that the header judged say more than the few values here.
        if (i == 0 && header.charsetVerdict == CharsetVerdict::Mislabelled) {
            sets.push_back(CharacterSet::fromDeclared(
                {header.usedCharacterSet.constData(), static_cast<size_t>(header.usedCharacterSet.size())}));
            continue;
        }
        std::vector<std::string_view> texts;
        for (const auto& raw : m_raws) {
            if (raw.context.charset == i && isInCharacterSet(raw.vr)) {
                texts.push_back(raw.bytes);
            }
        }
        sets.push_back(chooseCharacterSet(m_charsets[i], texts).set);
    }
    return sets;
}

AttributeSet AttributeValues::decoded(const InstanceHeader& header)
{
    const auto sets = characterSets(header);
    for (auto& found : m_found) {
        found.values.clear();
    }
    for (const auto& raw : m_raws) {
        decode(raw, sets);
    }
    for (auto& found : m_found) {
        const bool isBlank = found.values.isEmpty() && found.isComplete && formOf(found.vr) != Form::Opaque;
        found.hasContent = found.hasContent && !isBlank;
    }
    return std::move(m_found);
}

void AttributeValues::decode(const Raw& raw, const std::vector<CharacterSet>& sets)
{
    const auto values = valuesOf(raw.vr, raw.bytes, raw.context.bigEndian, sets[raw.context.charset]);
    auto& found = m_found[raw.path];
    const int number = m_paths[raw.path].steps.back().number;
    for (qsizetype i = 0; i < values.size(); ++i) {
        const QString value = trimmedText(values[i]);
        if (value.isEmpty() || (number != 0 && number != i + 1)) {
            continue;
        }
        if (found.values.size() >= AttributeReader::kMostAttributeValues) {
            found.isComplete = false;
            return;
        }
        found.values.append(value);
    }
}

} // namespace radpost::dicom
