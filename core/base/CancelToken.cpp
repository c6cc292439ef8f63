#include "core/base/CancelToken.h"

namespace radpost {

Result<> CancelToken::check() const
{
    if (isCancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    return {};
}

} // namespace radpost
