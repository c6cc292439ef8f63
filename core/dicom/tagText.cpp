#include "core/dicom/DcmtkRuntime.h"
#include "core/dicom/Identifier.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dctag.h>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

std::optional<quint32> numberOf(const QString& text)
{
    static const QRegularExpression pattern(u"^\\(?([0-9A-Fa-f]{4}),?([0-9A-Fa-f]{4})\\)?$"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    return QString(match.captured(1) + match.captured(2)).toUInt(nullptr, 16);
}

bool isSequence(quint32 tag)
{
    return DcmTag(static_cast<Uint16>(tag >> 16), static_cast<Uint16>(tag)).getEVR() == EVR_SQ;
}

} // namespace

std::optional<quint32> tagOf(const QString& text)
{
    if (const auto number = numberOf(text)) {
        return number;
    }
    DcmTag tag;
    const bool isName = !text.isEmpty() && text.front().isLetter(); // DCMTK would take shortened numbers
    const bool isKnown =
        isName && DcmtkRuntime().ensureReady() && DcmTag::findTagFromName(text.toLatin1().constData(), tag).good();
    return isKnown ? std::optional(quint32(tag.getGroup()) << 16 | tag.getElement()) : std::nullopt;
}

QString keywordOf(quint32 tag)
{
    DcmTag known(static_cast<Uint16>(tag >> 16), static_cast<Uint16>(tag));
    const bool hasName = DcmtkRuntime().ensureReady() && known.getEVR() != EVR_UNKNOWN && known.getEVR() != EVR_UN;
    return hasName ? QString::fromLatin1(known.getTagName())
                   : QString::asprintf("(%04X,%04X)", tag >> 16, tag & 0xFFFFU);
}

std::optional<std::vector<quint32>> tagPathOf(const QString& text)
{
    std::vector<quint32> path;
    for (const auto& part : text.split(u'.')) {
        const auto tag = tagOf(part);
        if (!tag || (!path.empty() && !isSequence(path.back()))) {
            return std::nullopt;
        }
        path.push_back(*tag);
    }
    return path;
}

} // namespace radpost::dicom
