#pragma once

#include "core/base/Clock.h"

#include <QString>

#include <chrono>

/// Numbers, sizes and times as people read them, in the language that the thread speaks.
namespace radpost::app {

[[nodiscard]] QString countText(qint64 count);            ///< "1,204"
[[nodiscard]] QString bytesText(qint64 bytes);            ///< "631 MB"; powers of 1000
[[nodiscard]] QString rateText(double bytesPerSecond);    ///< "112 MB/s"
[[nodiscard]] QString durationText(std::chrono::seconds); ///< "0:12", "1:02:03"
[[nodiscard]] QString dateTimeText(Clock::WallTime time); ///< local, "2025-01-02 03:04:05" in every language
enum class Precision { Minutes, Seconds };
/// Local: "03:04" or "03:04:05" today, "2025-01-02 03:04" on other days, in every language.
[[nodiscard]] QString momentText(Clock::WallTime time, Precision today = Precision::Minutes);
[[nodiscard]] QString dicomDateText(const QString& date);  ///< "2025-01-02" of DA "20250102"; others as they are
[[nodiscard]] QString personNameText(const QString& name); ///< ideographic group of PN if any, carets as spaces
[[nodiscard]] QString sexText(const QString& sex);         ///< of Patient's Sex (0010,0040); others as they are

/// Text from a file or a peer made fit to be shown: control characters, and those that change the direction of writing,
/// become U+FFFD.
[[nodiscard]] QString printable(const QString& text);

} // namespace radpost::app
