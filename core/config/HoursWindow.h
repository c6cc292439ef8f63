#pragma once

#include <QString>
#include <QTime>

#include <optional>

namespace radpost::config {

/// Local time of day. In the file: hours = "22:00-06:00".
struct HoursWindow
{
    QTime from;
    QTime until; ///< before from: the window crosses midnight
    friend bool operator==(const HoursWindow&, const HoursWindow&) = default;
};

/// "22:00-06:00", "6:30 - 12:00"; nothing for anything else, nor for a window without length.
[[nodiscard]] std::optional<HoursWindow> hoursFromText(const QString& text);

/// The reverse: "06:30-12:00".
[[nodiscard]] QString hoursToText(const HoursWindow& window);

} // namespace radpost::config
