#include "core/dicom/uid.h"

#include <QString>
#include <QUuid>

#include <algorithm>
#include <array>

namespace radpost::dicom {

namespace {

constexpr qsizetype kLongestUid = 64;
constexpr qsizetype kLongestAeTitle = 16;

/// Divides the big-endian number by ten in place and gives the rest.
int divideByTen(std::array<quint32, 4>& number)
{
    quint64 rest = 0;
    for (quint32& word : number) {
        const quint64 part = rest << 32 | word;
        word = static_cast<quint32>(part / 10);
        rest = part % 10;
    }
    return static_cast<int>(rest);
}

} // namespace

bool isValidUid(QByteArrayView uid)
{
    if (uid.isEmpty() || uid.size() > kLongestUid) {
        return false;
    }
    qsizetype componentLength = 0;
    bool startsWithZero = false;
    for (const char c : uid) {
        if (c == '.') {
            if (componentLength == 0) {
                return false;
            }
            componentLength = 0;
            continue;
        }
        if (c < '0' || c > '9' || (componentLength == 1 && startsWithZero)) {
            return false;
        }
        startsWithZero = componentLength == 0 && c == '0';
        ++componentLength;
    }
    return componentLength > 0;
}

QByteArray generateUid()
{
    const QUuid uuid = QUuid::createUuid();
    std::array<quint32, 4> number = {uuid.data1, quint32(uuid.data2) << 16 | uuid.data3, 0, 0};
    for (size_t i = 0; i < 8; ++i) {
        number[2 + i / 4] = number[2 + i / 4] << 8 | uuid.data4[i];
    }
    QByteArray digits;
    while (std::any_of(number.begin(), number.end(), [](quint32 word) { return word != 0; })) {
        digits.append(static_cast<char>('0' + divideByTen(number)));
    }
    std::reverse(digits.begin(), digits.end());
    return "2.25." + digits;
}

std::optional<AeTitle> toAeTitle(const QString& text)
{
    const QString trimmed = text.trimmed();
    const bool isPrintable = std::all_of(trimmed.begin(), trimmed.end(),
        [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7F && c != u'\\'; });
    if (trimmed.isEmpty() || trimmed.size() > kLongestAeTitle || !isPrintable) {
        return std::nullopt;
    }
    return AeTitle{trimmed.toLatin1()};
}

} // namespace radpost::dicom
