#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace radpost::config {

/// One record of a CSV file and where it begins.
struct CsvRow
{
    int line = 1;
    QStringList cells;
};

/// RFC 4180, UTF-8, a byte order mark allowed, comma or semicolon (as some spreadsheets write) by the first line.
/// Empty lines are left out. Errors: ConfigSyntax with the line.
[[nodiscard]] Result<std::vector<CsvRow>> parseCsv(const QByteArray& bytes);

/// One record with its line end (CRLF); cells are quoted where they need it.
[[nodiscard]] QByteArray csvRow(const QStringList& cells);

} // namespace radpost::config
