#include "core/config/DestinationCsv.h"

#include "core/config/Csv.h"
#include "core/config/Fields.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

// Short words that people expect in such a table.
constexpr std::array<std::pair<QStringView, QStringView>, 2> kAliases{
    {{u"aet", u"ae_title"}, {u"calling_aet", u"calling_ae_title"}}};

QStringView columnOf(QStringView key)
{
    for (const auto& [alias, full] : kAliases) {
        if (key == full) {
            return alias;
        }
    }
    return key;
}

const DestinationField* fieldOf(const QString& column)
{
    const QString word = column.trimmed().toLower();
    for (const auto& [alias, full] : kAliases) {
        if (word == alias) {
            return findDestinationField(full);
        }
    }
    return findDestinationField(word);
}

QStringList cellsOf(const Destination& destination)
{
    QStringList cells;
    for (const auto* key : {u"name", u"ae_title", u"host", u"port"}) {
        cells.append(scalarToText(findDestinationField(key)->get(destination)));
    }
    return cells;
}

bool isLeading(QStringView key)
{
    return key == u"name" || key == u"ae_title" || key == u"host" || key == u"port";
}

using Columns = std::vector<const DestinationField*>;

Result<Columns> columnsOf(const CsvRow& header)
{
    Columns columns;
    for (const auto& cell : header.cells) {
        columns.push_back(fieldOf(cell));
        if (columns.back() == nullptr) {
            return fail(ErrorCode::ConfigValue, u"line 1: unknown column "_s + cell);
        }
    }
    for (const auto* needed : {u"name", u"ae_title", u"host"}) {
        if (std::find(columns.begin(), columns.end(), findDestinationField(needed)) == columns.end()) {
            return fail(ErrorCode::ConfigValue, u"line 1: the column "_s + columnOf(needed) + u" is missing"_s);
        }
    }
    return columns;
}

Result<Destination> destinationOf(const CsvRow& row, const Columns& columns)
{
    const QString where = u"line %1: "_s.arg(row.line);
    if (row.cells.size() > static_cast<qsizetype>(columns.size())) {
        return fail(ErrorCode::ConfigValue, where + u"more cells than columns"_s);
    }
    Destination destination;
    for (qsizetype i = 0; i < row.cells.size(); ++i) {
        const auto& field = *columns[static_cast<size_t>(i)];
        const auto text = row.cells[i].trimmed();
        const auto expects = field.expects();
        if (!text.isEmpty() && !field.set(destination, scalarFromText(text, expects))) {
            return fail(ErrorCode::ConfigValue, where + columnOf(field.key) + u": must be "_s + describe(expects));
        }
    }
    if (const auto wrong = findContradiction(destination)) {
        return fail(ErrorCode::ConfigValue, where + columnOf(wrong->key) + u": "_s + wrong->detail);
    }
    return destination;
}

} // namespace

QByteArray destinationsToCsv(const std::vector<Destination>& destinations)
{
    QStringList header{u"name"_s, u"aet"_s, u"host"_s, u"port"_s};
    for (const auto& field : destinationFields()) {
        if (!isLeading(field.key)) {
            header.append(columnOf(field.key).toString());
        }
    }
    QByteArray csv = "\xEF\xBB\xBF" + csvRow(header);
    for (const auto& destination : destinations) {
        auto cells = cellsOf(destination);
        for (const auto& field : destinationFields()) {
            if (!isLeading(field.key)) {
                cells.append(scalarToText(field.get(destination)));
            }
        }
        csv += csvRow(cells);
    }
    return csv;
}

Result<std::vector<Destination>> destinationsFromCsv(const QByteArray& csv)
{
    const auto rows = parseCsv(csv);
    if (!rows) {
        return fail(rows.error());
    }
    if (rows->empty()) {
        return fail(ErrorCode::ConfigSyntax, u"line 1: the line with the column names is missing"_s);
    }
    const auto columns = columnsOf(rows->front());
    if (!columns) {
        return fail(columns.error());
    }
    Config config;
    for (size_t i = 1; i < rows->size(); ++i) {
        auto destination = destinationOf((*rows)[i], *columns);
        if (!destination) {
            return fail(destination.error());
        }
        if (config.find(destination->name) != nullptr) {
            return fail(ErrorCode::DestinationDuplicate, destination->name);
        }
        config.destinations.push_back(*std::move(destination));
    }
    return std::move(config.destinations);
}

} // namespace radpost::config
