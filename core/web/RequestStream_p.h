#pragma once

#include "core/base/Deadline.h"

#include <httplib.h>

namespace radpost::web {

/// A connection that must be done by its deadline, however slowly the other side reads or writes: httplib's own stream
/// bounds each single wait only. Nor does httplib bound the number of header lines: a request ends after kMostBytes.
/// Does not own the socket.
class RequestStream final : public httplib::Stream
{
public:
    static constexpr size_t kMostBytes = 64 * 1024;

    RequestStream(socket_t socket, std::chrono::milliseconds limit);

    bool is_readable() const override;
    bool is_writable() const override;
    ssize_t read(char* into, size_t size) override;
    ssize_t write(const char* from, size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    socket_t socket() const override { return m_socket; }

    // Later versions of httplib have these as well; without "override" both are served.
    // NOLINTBEGIN(modernize-use-override)
    bool wait_readable() const { return is_readable(); }
    bool wait_writable() const { return is_writable(); }
    time_t duration() const { return 0; }
    // NOLINTEND(modernize-use-override)

private:
    [[nodiscard]] bool wait(short event) const;

    const socket_t m_socket;
    const Deadline m_deadline;
    size_t m_readBytes = 0;
};

} // namespace radpost::web
