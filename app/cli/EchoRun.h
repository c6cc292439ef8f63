#pragma once

#include "app/cli/ExitCode.h"
#include "core/config/Destination.h"
#include "core/engine/StudyTree.h"

#include <vector>

namespace radpost::cli {

class Session;

/// Examines one destination and prints every step as it ends; on failure the advice and a text for the administrator.
class EchoRun final
{
public:
    explicit EchoRun(Session& session)
        : m_session(session)
    {
    }

    [[nodiscard]] ExitCode run(
        const config::Destination& destination, const std::vector<engine::SeriesContext>& contexts);

private:
    Session& m_session;
};

} // namespace radpost::cli
