#pragma once

#include "core/base/Result.h"

#include <stop_token>

namespace radpost {

/// The last parameter of every blocking call. A default-constructed token never cancels. Copyable, any thread.
class CancelToken final
{
public:
    CancelToken() = default;
    explicit CancelToken(std::stop_token token)
        : m_token(std::move(token))
    {
    }

    [[nodiscard]] bool isCancelled() const { return m_token.stop_requested(); }

    /// For std::stop_callback: a blocking call wakes itself by it.
    [[nodiscard]] const std::stop_token& stopToken() const { return m_token; }

    /// Cancelled when asked to, otherwise success.
    [[nodiscard]] Result<> check() const;

private:
    std::stop_token m_token;
};

/// The side that cancels. Any thread.
class CancelSource final
{
public:
    [[nodiscard]] CancelToken token() const { return CancelToken(m_source.get_token()); }
    void cancel() { m_source.request_stop(); }
    [[nodiscard]] bool isCancelled() const { return m_source.stop_requested(); }

private:
    std::stop_source m_source;
};

} // namespace radpost
