#include "core/engine/LedgerProbe.h"

#include "core/store/LedgerWriter.h"

#include <condition_variable>
#include <memory>
#include <mutex>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

/// Shared with the writer's queue, which may outlive the caller's patience.
struct Answer
{
    std::mutex mutex; // guards what follows
    std::condition_variable came;
    bool isThere = false;

    void give()
    {
        const std::lock_guard lock(mutex);
        isThere = true;
        came.notify_all();
    }
};

} // namespace

Result<> checkWriter(store::LedgerWriter& writer, std::chrono::milliseconds limit)
{
    if (auto failure = writer.failure()) {
        return fail(*std::move(failure));
    }
    const auto answer = std::make_shared<Answer>();
    writer.post([answer](store::WriteSession&) -> Result<> {
        answer->give();
        return {};
    });
    writer.hurry();
    std::unique_lock lock(answer->mutex);
    if (!answer->came.wait_for(lock, limit, [&] { return answer->isThere; })) {
        return fail(ErrorCode::LedgerFailed, u"the ledger's writer does not answer"_s);
    }
    lock.unlock();
    auto failure = writer.failure();
    return failure ? Result<>(fail(*std::move(failure))) : Result<>();
}

} // namespace radpost::engine
