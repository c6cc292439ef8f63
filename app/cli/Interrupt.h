#pragma once

#include "core/base/CancelToken.h"

#include <functional>
#include <memory>

namespace radpost::cli {

/// Turns Ctrl-C (SIGINT) and SIGTERM into a cancelled token; the second one ends the process at once. One at a time.
class Interrupt final
{
public:
    /// @p onHangup, when given, is called at each SIGHUP, from a thread of its own; without it SIGHUP keeps its
    /// meaning.
    explicit Interrupt(std::function<void()> onHangup = {});
    ~Interrupt();
    Q_DISABLE_COPY_MOVE(Interrupt)

    [[nodiscard]] CancelToken token() const;
    [[nodiscard]] bool wasPulled() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::cli
