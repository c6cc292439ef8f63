#include "core/config/HoursWindow.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace radpost::config {

std::optional<HoursWindow> hoursFromText(const QString& text)
{
    const auto parts = text.split(u'-');
    if (parts.size() != 2) {
        return std::nullopt;
    }
    const HoursWindow window{
        QTime::fromString(parts[0].trimmed(), u"H:mm"_s), QTime::fromString(parts[1].trimmed(), u"H:mm"_s)};
    const bool isWindow = window.from.isValid() && window.until.isValid() && window.from != window.until;
    return isWindow ? std::optional(window) : std::nullopt;
}

QString hoursToText(const HoursWindow& window)
{
    const auto shape = u"HH:mm"_s;
    return window.from.toString(shape) + u'-' + window.until.toString(shape);
}

} // namespace radpost::config
