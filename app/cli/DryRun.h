#pragma once

#include "app/cli/ExitCode.h"
#include "core/config/Destination.h"
#include "core/engine/Preflight.h"

#include <QStringList>

#include <vector>

namespace radpost::cli {

class Session;
struct ScanFindings;

/// `send --dry-run`: scans, asks every destination by real associations what it would take, and says it per series.
class DryRun final
{
public:
    explicit DryRun(Session& session)
        : m_session(session)
    {
    }

    [[nodiscard]] ExitCode run(const QStringList& paths, const std::vector<config::Destination>& destinations);

private:
    [[nodiscard]] ExitCode ask(const ScanFindings& findings, const config::Destination& destination);
    void print(
        const ScanFindings& findings, const config::Destination& destination, const engine::PreflightReport& report);

    Session& m_session;
};

} // namespace radpost::cli
