#include "core/dicom/AttributePath.h"
#include "core/dicom/Identifier.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

QString keywordOf(quint32 tag)
{
    return toText(AttributePath{{AttributeStep{tag, {}, 0}}, {}});
}

std::optional<std::vector<quint32>> tagPathOf(const QString& text)
{
    static const QRegularExpression bareTag(u"(?<=^|\\.)([0-9A-Fa-f]{4},[0-9A-Fa-f]{4})(?=\\.|$)"_s);
    const auto path = parseAttributePath(QString(text).replace(bareTag, u"(\\1)"_s));
    const auto isPlain = [](const AttributeStep& step) { return step.creator.isEmpty() && step.number == 0; };
    if (!path || !std::all_of(path->steps.begin(), path->steps.end(), isPlain)) {
        return std::nullopt;
    }
    std::vector<quint32> tags;
    for (const auto& step : path->steps) {
        tags.push_back(step.tag);
    }
    return tags;
}

} // namespace radpost::dicom
