#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/base/StrongId.h"
#include "core/dicom/InstanceHeader.h"
#include "core/route/RuleBook.h"
#include "core/route/Routing.h"

#include <QString>

#include <memory>
#include <optional>

namespace radpost::engine {

/// How an instance comes in, where a file alone cannot tell.
struct TrialArrival
{
    AeTitle callingAeTitle;
    AeTitle calledAeTitle;
    QString peerAddress;
    QString source;
    Clock::WallTime receivedAt{};
};

/// What rules say of one file, with every rule and every test explained.
struct RouteTrial
{
    dicom::InstanceHeader header;
    route::Routing routing;
    QString unreadable; ///< why attributes could not be read, in English; empty: they were
};

/// Reads a file of rules, or those of a configuration file. Blocks on the disk. Problems are in the outcome; errors:
/// FileNotFound, FileUnreadable.
[[nodiscard]] Result<route::LoadedRules> readRules(const QString& path, const QStringList& destinations);

/// Judges @p file as if it had just been received. Nothing is sent. All members of groups count as healthy. Blocks on
/// the disk; any thread. Errors: those of HeaderReader::readFile.
[[nodiscard]] Result<RouteTrial> tryRoute(
    const QString& file, const std::shared_ptr<const route::RuleBook>& rules, const TrialArrival& arrival);

} // namespace radpost::engine
