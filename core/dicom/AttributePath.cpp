#include "core/dicom/AttributePath.h"

#include "core/dicom/DcmtkRuntime.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dcdicent.h>

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cstring>
#include <optional>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

constexpr int kHighestNumber = 100'000;

using Keywords = QHash<QString, const DcmDictEntry*>;

// DCMTK marks what is retired.
QString keywordOf(const DcmDictEntry& entry)
{
    QString keyword = QString::fromLatin1(entry.getTagName());
    for (const auto& mark : {"RETIRED_"_L1, "ACR_NEMA_"_L1}) {
        keyword = keyword.startsWith(mark) ? keyword.sliced(mark.size()) : keyword;
    }
    return keyword;
}

// DCMTK's own search by name finds private attributes, too, and those of a vendor before the Standard's.
Keywords keywordsOf(const DcmDataDictionary& dictionary)
{
    auto& shared = const_cast<DcmDataDictionary&>(dictionary); // its iterators want it so
    Keywords keywords;
    for (auto at = shared.normalBegin(); at != shared.normalEnd(); ++at) {
        const DcmDictEntry* entry = *at;
        if (entry->getPrivateCreator() != nullptr) {
            continue;
        }
        const QString keyword = keywordOf(*entry);
        const bool isRetired = keyword.size() != static_cast<qsizetype>(std::strlen(entry->getTagName()));
        if (!isRetired || !keywords.contains(keyword)) {
            keywords.insert(keyword, entry);
        }
    }
    return keywords;
}

/// A reader's hold on the dictionary, which belongs to the process.
class Dictionary final
{
public:
    Dictionary()
        : m_dictionary(dcmDataDict.rdlock())
    {
    }
    ~Dictionary() { dcmDataDict.rdunlock(); }
    Q_DISABLE_COPY_MOVE(Dictionary)

    [[nodiscard]] const DcmDictEntry* find(const QString& keyword) const
    {
        static const Keywords keywords = keywordsOf(m_dictionary);
        return keywords.value(keyword, nullptr);
    }

    [[nodiscard]] const DcmDictEntry* find(quint32 tag, const QByteArray& creator) const
    {
        const DcmTagKey key(static_cast<Uint16>(tag >> 16), static_cast<Uint16>(tag));
        if (creator.isEmpty()) {
            return m_dictionary.findEntry(key, nullptr);
        }
        // Private entries stand under block 10.
        const DcmTagKey inBlock(key.getGroup(), static_cast<Uint16>(0x1000 | key.getElement()));
        return m_dictionary.findEntry(inBlock, creator.constData());
    }

private:
    const DcmDataDictionary& m_dictionary;
};

QByteArray vrOf(const DcmDictEntry* entry)
{
    if (entry == nullptr) {
        return {};
    }
    const DcmVR vr = entry->getVR();
    // DCMTK's own codes for "US or SS" and the like are written as the first of them.
    return vr.isStandard() ? QByteArray(vr.getVRName()) : QByteArray(vr.getValidVRName());
}

std::optional<quint32> hex(QStringView digits)
{
    bool isNumber = false;
    const uint number = digits.toUInt(&isNumber, 16);
    return isNumber ? std::optional<quint32>(number) : std::nullopt;
}

// Dots outside of parentheses and quotes separate steps.
QStringList splitSteps(QStringView text)
{
    QStringList parts{QString()};
    bool isQuoted = false;
    for (const QChar c : text) {
        isQuoted = c == u'"' ? !isQuoted : isQuoted;
        if (c == u'.' && !isQuoted) {
            parts.append(QString());
        } else {
            parts.last().append(c);
        }
    }
    return parts;
}

bool isPrivate(quint32 tag)
{
    return (tag >> 16) % 2 != 0;
}

tl::expected<AttributeStep, PathFault> checkStep(AttributeStep step)
{
    const quint32 group = step.tag >> 16;
    if (group <= 0x0002 || group >= 0xFFFE) {
        return tl::unexpected(PathFault::Group); // commands, file meta information, delimiters
    }
    if (isPrivate(step.tag) == step.creator.isEmpty()) {
        return tl::unexpected(step.creator.isEmpty() ? PathFault::NoCreator : PathFault::Shape);
    }
    return step;
}

tl::expected<AttributeStep, PathFault> readStep(const QString& text, const QByteArray& creator, const Dictionary& words)
{
    static const QRegularExpression shape(
        u"^\\s*(?:\\(([0-9A-Fa-f]{4}),\\s*([0-9A-Fa-f]{4})\\)|([0-9A-Fa-f]{8})|"
        u"\\(([0-9A-Fa-f]{4}),\\s*\"([^\"\\\\]{1,64})\",\\s*([0-9A-Fa-f]{2})\\)|([A-Za-z][A-Za-z0-9]*))"
        u"\\s*(?:\\[([0-9]{1,6})\\])?\\s*$"_s);
    const auto match = shape.match(text);
    if (!match.hasMatch()) {
        return tl::unexpected(PathFault::Shape);
    }
    AttributeStep step;
    step.creator = creator;
    step.number = match.captured(8).toInt();
    if (match.hasCaptured(8) && (step.number < 1 || step.number > kHighestNumber)) {
        return tl::unexpected(PathFault::Shape);
    }
    if (match.hasCaptured(1)) {
        step.tag = *hex(match.captured(1)) << 16 | *hex(match.captured(2));
    } else if (match.hasCaptured(3)) {
        step.tag = *hex(match.captured(3));
    } else if (match.hasCaptured(4)) {
        step.tag = *hex(match.captured(4)) << 16 | *hex(match.captured(6));
        step.creator = match.captured(5).trimmed().toUtf8();
    } else {
        const auto* entry = words.find(match.captured(7));
        if (entry == nullptr) {
            return tl::unexpected(PathFault::Unknown);
        }
        step.tag = quint32(entry->getKey().getGroup()) << 16 | entry->getKey().getElement();
    }
    if (isPrivate(step.tag)) {
        step.tag &= 0xFFFF00FFU;
    }
    return checkStep(std::move(step));
}

} // namespace

tl::expected<AttributePath, PathFault> parseAttributePath(QStringView text, QStringView creator)
{
    static_cast<void>(DcmtkRuntime().ensureReady()); // without a dictionary tags can be read still
    const Dictionary words;
    const auto parts = splitSteps(text);
    if (parts.size() > kDeepestPath) {
        return tl::unexpected(PathFault::TooDeep);
    }
    AttributePath path;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool isLast = i == parts.size() - 1;
        auto step = readStep(parts[i], isLast ? creator.trimmed().toUtf8() : QByteArray(), words);
        if (!step) {
            return tl::unexpected(step.error());
        }
        path.vr = vrOf(words.find(step->tag, step->creator));
        if (!isLast && !path.vr.isEmpty() && path.vr != "SQ") {
            return tl::unexpected(PathFault::NotASequence);
        }
        path.steps.push_back(*std::move(step));
    }
    return path;
}

QByteArray dictionaryVr(quint32 tag)
{
    static_cast<void>(DcmtkRuntime().ensureReady());
    return vrOf(Dictionary().find(tag, {}));
}

bool AttributePath::isPersonal() const
{
    // Identifiers outside of the patient module: accession number, UIDs of instance, study and series, study ID,
    // admission ID.
    constexpr quint32 kIdentifiers[] = {0x00080018U, 0x00080050U, 0x0020000DU, 0x0020000EU, 0x00200010U, 0x00380010U};
    const auto tellsOfPerson = [&kIdentifiers](const AttributeStep& step) {
        const bool isIdentifier =
            std::find(std::begin(kIdentifiers), std::end(kIdentifiers), step.tag) != std::end(kIdentifiers);
        return step.tag >> 16 == 0x0010 || isIdentifier || !step.creator.isEmpty();
    };
    const bool isFreeText = vr == "PN" || vr == "LT" || vr == "ST" || vr == "UT" || vr.isEmpty();
    return isFreeText || std::any_of(steps.begin(), steps.end(), tellsOfPerson);
}

QString toText(const AttributePath& path)
{
    static_cast<void>(DcmtkRuntime().ensureReady());
    const Dictionary words;
    QStringList parts;
    for (const auto& step : path.steps) {
        const auto* entry = step.creator.isEmpty() ? words.find(step.tag, {}) : nullptr;
        QString part;
        if (entry != nullptr) {
            part = keywordOf(*entry);
        } else if (step.creator.isEmpty()) {
            part = u"(%1,%2)"_s.arg(step.tag >> 16, 4, 16, QChar(u'0')).arg(step.tag & 0xFFFF, 4, 16, QChar(u'0'));
        } else {
            part = u"(%1,\"%2\",%3)"_s.arg(step.tag >> 16, 4, 16, QChar(u'0'))
                       .arg(QString::fromUtf8(step.creator))
                       .arg(step.tag & 0xFF, 2, 16, QChar(u'0'));
        }
        parts.append(step.number > 0 ? QString(part + u"[%1]"_s.arg(step.number)) : part);
    }
    return parts.join(u'.');
}

} // namespace radpost::dicom
