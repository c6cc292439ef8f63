#pragma once

#include "core/engine/SupportBundle.h"

#include <QCoreApplication>
#include <QString>

#include <memory>

namespace radpost::app {

/// What a person wants to hand to support.
struct SupportRequest
{
    QString file;    ///< a ZIP
    QString program; ///< its name on the command line
    config::Config config;
    QString logFolder;
    QString tracedDestination{};
    std::shared_ptr<net::TraceLog> trace{}; ///< none: nothing was traced
};

/// Text that goes with it, in the user's language.
struct SupportFile
{
    Q_DECLARE_TR_FUNCTIONS(SupportFile)

public:
    /// What is in the bundle, and what is not.
    [[nodiscard]] static QString readme();
};

/// See engine::writeSupportBundle(). Blocks; any thread once the language is set.
[[nodiscard]] Result<engine::SupportBundleFacts> saveSupportBundle(
    const SupportRequest& request, const engine::Engine* engine, const CancelToken& cancel);

/// "radpost-support-2025-01-02.zip".
[[nodiscard]] QString supportFileName();

} // namespace radpost::app
