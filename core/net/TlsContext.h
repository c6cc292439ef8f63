#pragma once

#include "core/base/Result.h"
#include "core/net/TlsSettings.h"

#include <memory>

using SSL_CTX = struct ssl_ctx_st;

namespace radpost::net {

/// Settings that were checked and loaded, ready for any number of connections. Immutable; any thread.
class TlsContext final
{
public:
    /// Of the library, for support.
    [[nodiscard]] static QString libraryVersion();

    /// Reads the files of @p settings. Errors: TlsConfiguration, with the file and what is wrong with it.
    [[nodiscard]] static Result<std::shared_ptr<const TlsContext>> forClient(const TlsSettings& settings);

    /// Likewise for the accepting side. A certificate is needed. Errors: TlsConfiguration.
    [[nodiscard]] static Result<std::shared_ptr<const TlsContext>> forServer(const TlsSettings& settings);

    ~TlsContext();
    Q_DISABLE_COPY_MOVE(TlsContext)

    [[nodiscard]] const TlsSettings& settings() const { return m_settings; }
    [[nodiscard]] SSL_CTX* native() const { return m_native; }

private:
    TlsContext(SSL_CTX* native, TlsSettings settings);

    SSL_CTX* m_native;
    TlsSettings m_settings;
};

} // namespace radpost::net
