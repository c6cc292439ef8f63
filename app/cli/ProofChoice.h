#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/JobRun.h"

#include <chrono>
#include <optional>

namespace radpost::cli {

/// What a command line says of proof of delivery.
struct ProofChoice
{
    std::optional<store::ProofWanted> wanted; ///< none: as each destination's settings say
    std::optional<quint16> port;              ///< for reports of storage commitment; none: as the settings say
    std::chrono::milliseconds wait = JobRun::kProofWait;

    /// The sentence that says what is wrong, if anything.
    [[nodiscard]] QString read(const Arguments& arguments);
    void apply(engine::EngineParams& params) const;
    /// A port that the command line names has to be there before anything is sent.
    [[nodiscard]] Result<> listen(engine::Engine& engine) const;
};

[[nodiscard]] OptionSpec proofOption();
[[nodiscard]] OptionSpec proofWaitOption();
[[nodiscard]] OptionSpec commitmentPortOption();

} // namespace radpost::cli
