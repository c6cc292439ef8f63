#include "app/common/DestinationFile.h"

#include "core/config/ConfigText.h"
#include "core/config/DestinationCsv.h"

#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

constexpr qint64 kMaxImportBytes = qint64(4) << 20;

Result<QByteArray> readFile(const QString& path)
{
    QFile file(path);
    if (!file.exists()) {
        return fail(ErrorCode::FileNotFound, path);
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::FileUnreadable, path + u": "_s + file.errorString());
    }
    if (file.size() > kMaxImportBytes) {
        return fail(ErrorCode::ConfigSyntax, path + u": larger than 4 MiB"_s);
    }
    return file.readAll();
}

DestinationFileContent fromCsv(const QByteArray& bytes)
{
    auto destinations = config::destinationsFromCsv(bytes);
    return destinations ? DestinationFileContent{*std::move(destinations), {}, {}}
                        : DestinationFileContent{{}, {}, destinations.error()};
}

DestinationFileContent fromToml(const QByteArray& bytes, const QString& path)
{
    auto parsed = config::parseConfig(bytes, path);
    if (!parsed.problems.empty()) {
        const auto error = parsed.problems.front().toError();
        return {{}, std::move(parsed.problems), error};
    }
    return {std::move(parsed.config.destinations), {}, {}};
}

} // namespace

bool isCsvName(const QString& path)
{
    return path.endsWith(u".csv", Qt::CaseInsensitive);
}

DestinationFileContent readDestinationFile(const QString& path)
{
    const auto bytes = readFile(path);
    if (!bytes) {
        return {{}, {}, bytes.error()};
    }
    return isCsvName(path) ? fromCsv(*bytes) : fromToml(*bytes, path);
}

QByteArray destinationFileBytes(const std::vector<config::Destination>& destinations, DestinationFormat format)
{
    return format == DestinationFormat::Csv ? config::destinationsToCsv(destinations)
                                            : config::destinationsToToml(destinations);
}

Result<> writeDestinationFile(
    const QString& path, const std::vector<config::Destination>& destinations, DestinationFormat format)
{
    const auto bytes = destinationFileBytes(destinations, format);
    QSaveFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit()) {
        return fail(ErrorCode::FileWriteFailed, path + u": "_s + out.errorString());
    }
    return {};
}

} // namespace radpost::app
