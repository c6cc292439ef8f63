#pragma once

#include <QStringView>

#include <span>
#include <string_view>

namespace radpost::dicom {

/// True when @p texts, none of which needs to be a whole sentence, are with high probability Chinese in GB 2312, GBK or
/// GB18030, and not Latin-1. Made for names and descriptions: short, and mixed with ASCII.
[[nodiscard]] bool looksLikeGb18030(std::span<const std::string_view> texts);

/// How many characters of @p text are among the commonest of Chinese names and radiology reports.
[[nodiscard]] qsizetype commonHanziCount(QStringView text);

} // namespace radpost::dicom
