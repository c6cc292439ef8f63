#pragma once

#include "core/base/CancelToken.h"
#include "core/config/Settings.h"
#include "core/engine/Engine.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace radpost::engine {

/// A file of the bundle that the caller made, in words for people.
struct SupportEntry
{
    QString name;
    QString text;
};

struct SupportBundleParams
{
    QString file;    ///< a ZIP; takes the place of one of that name
    QString program; ///< name and version
    config::Config config;
    QString logFolder;                ///< may be empty, or not there
    SupportEntry readme;              ///< goes in as it is
    std::vector<SupportEntry> more{}; ///< patients that the ledger knows are taken out of these, as of everything else
};

struct SupportBundleFacts
{
    QStringList entries;              ///< in order
    qint64 bytes = 0;                 ///< of the file
    std::optional<Error> ledgerError; ///< why there is nothing about the ledger, and none of its patients to look for
};

/// Writes what support needs: versions, system, settings and destinations, what the ledger comes to, logs. No secret,
/// no user name, no key; no name or ID of a patient that the ledger knows, wherever it stood. @p engine may be nullptr:
/// then nothing is said about the ledger. Blocks on files and the ledger. Errors: FileWriteFailed, DiskFull, Cancelled;
/// nothing is left of the file then.
[[nodiscard]] Result<SupportBundleFacts> writeSupportBundle(
    const SupportBundleParams& params, const Engine* engine, const CancelToken& cancel);

} // namespace radpost::engine
