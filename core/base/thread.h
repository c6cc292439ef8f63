#pragma once

#include "core/base/Result.h"

#include <new>
#include <system_error>
#include <thread>
#include <utility>

namespace radpost {

/// A thread that runs @p work, for whatever begins one while it serves others: the system may have no further thread to
/// give for now, and an exception that leaves a thread ends the process. Does not block. Any thread.
/// Errors: Internal with Retry::Later, there is no thread or no memory for one.
template <typename Thread = std::thread, typename Work>
[[nodiscard]] Result<Thread> startThread(Work&& work)
{
    try {
        return Thread(std::forward<Work>(work));
    } catch (const std::system_error&) {
        return fail(Error{ErrorCode::Internal, Retry::Later, QStringLiteral("the system gives no further thread"), {}});
    } catch (const std::bad_alloc&) {
        return fail(Error{ErrorCode::Internal, Retry::Later, QStringLiteral("no memory for a thread"), {}});
    }
}

} // namespace radpost
