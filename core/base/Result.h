#pragma once

#include "core/base/Error.h"

#include <tl/expected.hpp>

namespace radpost {

/// The outcome of anything that can fail. This alias is the only place that names the library behind it.
template <typename T = void>
using Result = tl::expected<T, Error>;

/// @code return fail(ErrorCode::FileNotFound, path); @endcode
inline tl::unexpected<Error> fail(ErrorCode code, QString detail = {})
{
    return tl::unexpected<Error>(makeError(code, std::move(detail)));
}

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace radpost
