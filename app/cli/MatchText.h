#pragma once

#include "app/cli/Console.h"
#include "core/engine/QueryClient.h"

namespace radpost::cli {

enum class MatchFormat { Table, Csv };

/// Prints matches as they come: lines of a table for the level, or CSV with a column for each key that was asked; with
/// --json events of all attributes. One thread.
class MatchText final
{
public:
    MatchText(Console& console, const engine::FindParams& params, MatchFormat format);

    void print(const dicom::Identifier& match);

private:
    void printTable(const dicom::Identifier& match);
    void printCsv(const dicom::Identifier& match);

    Console& m_console;
    const engine::FindParams& m_params;
    MatchFormat m_format;
    bool m_hasHeading = false;
};

/// Attributes by keyword; a sequence is an array of objects.
[[nodiscard]] QJsonObject toJson(const dicom::Identifier& identifier);

} // namespace radpost::cli
