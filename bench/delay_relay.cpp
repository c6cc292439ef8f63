// A long wire on one machine: passes bytes between two loopback connections, each chunk a fixed time after it came.
// Bandwidth is not limited and order is kept. TCP ends at the relay, so connecting costs no round trip and the peers do
// not see each other's acknowledgements; the relay itself acknowledges at once and writes without delay.
//
//   delay_relay LISTEN-PORT TARGET-PORT ONE-WAY-MILLISECONDS

#include "bench/Wire.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <deque>
#include <list>
#include <string>

using namespace bench;

namespace {

using Clock = std::chrono::steady_clock;

struct Chunk
{
    Clock::time_point due;
    Bytes bytes; // empty: the end of the stream
};

/// One direction of one connection.
struct Flow
{
    int from = -1;
    int to = -1;
    bool ended = false;   // the source has closed
    bool closed = false;  // and the target was told
    bool blocked = false; // the target takes no more for now
    std::size_t sent = 0; // of the first chunk
    std::size_t held = 0;
    std::deque<Chunk> chunks{};
};

struct Pair
{
    Flow flows[2];

    [[nodiscard]] bool isOver() const { return flows[0].closed && flows[1].closed; }
};

/// Far above bandwidth x delay of what is measured here: a bound on memory, not on speed.
constexpr std::size_t kMostHeld = std::size_t(1) << 30;

bool wantsInput(const Flow& flow)
{
    return !flow.ended && flow.held < kMostHeld;
}

void take(Flow& flow, Clock::duration delay)
{
    Bytes bytes(1 << 18);
    const ssize_t got = recv(flow.from, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    setQuickAck(flow.from);
    flow.ended = got <= 0;
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    flow.held += bytes.size();
    flow.chunks.push_back({Clock::now() + delay, std::move(bytes)});
}

void giveUp(Flow& flow)
{
    flow.chunks.clear();
    flow.ended = true;
    flow.closed = true;
}

void give(Flow& flow, Clock::time_point now)
{
    while (!flow.chunks.empty() && flow.chunks.front().due <= now) {
        const Bytes& bytes = flow.chunks.front().bytes;
        if (bytes.empty()) {
            shutdown(flow.to, SHUT_WR);
            giveUp(flow);
            return;
        }
        const ssize_t sent =
            send(flow.to, bytes.data() + flow.sent, bytes.size() - flow.sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        flow.blocked = sent < 0 && errno == EAGAIN;
        if (flow.blocked) {
            return;
        }
        if (sent < 0) {
            giveUp(flow);
            return;
        }
        flow.sent += static_cast<std::size_t>(sent);
        flow.held -= static_cast<std::size_t>(sent);
        if (flow.sent == bytes.size()) {
            flow.sent = 0;
            flow.chunks.pop_front();
        }
    }
}

class Relay final
{
public:
    Relay(int listener, int target, Clock::duration delay)
        : m_listener(listener)
        , m_target(target)
        , m_delay(delay)
    {
    }

    void step()
    {
        wait();
        if ((m_polls[0].revents & POLLIN) != 0) {
            addPair();
        }
        std::size_t index = 1;
        for (Pair& pair : m_pairs) {
            for (Flow& flow : pair.flows) {
                // A pair added above has no poll entries yet.
                if (index < m_polls.size() && m_polls[index].revents != 0 && wantsInput(flow)) {
                    take(flow, m_delay);
                }
                index += 2;
                give(flow, Clock::now());
            }
        }
        m_pairs.remove_if([](const Pair& pair) {
            if (pair.isOver()) {
                close(pair.flows[0].from);
                close(pair.flows[0].to);
            }
            return pair.isOver();
        });
    }

private:
    void wait()
    {
        m_polls.assign(1, {m_listener, POLLIN, 0});
        auto next = Clock::time_point::max();
        for (const Pair& pair : m_pairs) {
            for (const Flow& flow : pair.flows) {
                m_polls.push_back({wantsInput(flow) ? flow.from : -1, POLLIN, 0});
                m_polls.push_back({flow.blocked ? flow.to : -1, POLLOUT, 0});
                if (!flow.chunks.empty() && !flow.blocked) {
                    next = std::min(next, flow.chunks.front().due);
                }
            }
        }
        if (next == Clock::time_point::max()) {
            ppoll(m_polls.data(), m_polls.size(), nullptr, nullptr);
            return;
        }
        const auto left = std::max(Clock::duration::zero(), next - Clock::now());
        const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
        const timespec timeout{seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
        ppoll(m_polls.data(), m_polls.size(), &timeout, nullptr);
    }

    void addPair()
    {
        const int client = accept(m_listener, nullptr, nullptr);
        if (client < 0) {
            return;
        }
        setNoDelay(client);
        const int server = connectLoopback(m_target);
        m_pairs.push_back({{{client, server}, {server, client}}});
    }

    int m_listener;
    int m_target;
    Clock::duration m_delay;
    std::list<Pair> m_pairs;
    std::vector<pollfd> m_polls;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4) {
        die("usage: delay_relay LISTEN-PORT TARGET-PORT ONE-WAY-MILLISECONDS");
    }
    const std::chrono::duration<double, std::milli> delay(std::stod(argv[3]));
    Relay relay(
        listenLoopback(std::stoi(argv[1])), std::stoi(argv[2]), std::chrono::duration_cast<Clock::duration>(delay));
    for (;;) {
        relay.step();
    }
}
