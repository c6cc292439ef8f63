#pragma once

#include <QString>

#include <functional>
#include <map>
#include <mutex>

namespace radpost::net {

struct ConnectionLimits
{
    int total = 64;     ///< at least 1
    int perAddress = 0; ///< of one address without its port; 0: no limit
    friend bool operator==(const ConnectionLimits&, const ConnectionLimits&) = default;
};

/// Counts the connections of one or several acceptors, and says which of them may stay. Who they are is not known
/// before they ask for an association, so they could keep everybody out by saying nothing: addresses that nobody is
/// known to have share a small part, and who is silent longest makes room for who comes. Any thread.
class ConnectionGate final
{
public:
    enum class Admission {
        Welcome,
        OverLimit, ///< to be told so: local-limit-exceeded
        Closed,    ///< too many to be told
    };

    struct Pass
    {
        Admission admission = Admission::Closed;
        quint64 number = 0; ///< for asked() and leave()
    };

    explicit ConnectionGate(ConnectionLimits limits);

    /// For connections that come from now on.
    void setLimits(ConnectionLimits limits);

    /// Whether somebody who is let in may call from that address; quick, called with a lock held. Default: yes. All
    /// others share an eighth of the total, at least kStrangers.
    void setKnown(std::function<bool(const QString& address)> isKnown);
    static constexpr int kStrangers = 16;

    /// One leave() for each that is not Closed. @p cut ends the connection; it is called, from any thread and with a
    /// lock held, only before asked(), when another one needs the place: return at once.
    [[nodiscard]] Pass enter(const QString& address, std::function<void()> cut = {});

    /// It has asked for an association. False: it was cut before that.
    [[nodiscard]] bool asked(quint64 number);
    void leave(quint64 number);

private:
    struct Entry
    {
        QString address;
        std::function<void()> cut;
        bool isStranger = false;
        bool isSilent = true;
        bool isCut = false; ///< it ends, and counts no more but for the threads
    };
    enum class Bound { None, Total, Address, Strangers };

    [[nodiscard]] int count(const std::function<bool(const Entry&)>& which) const;
    [[nodiscard]] Bound reached(const Entry& comer) const;
    [[nodiscard]] bool makeRoom(const Entry& comer, Bound bound);
    [[nodiscard]] bool mayBeTold(const Entry& comer) const;

    mutable std::mutex m_mutex; // guards what follows
    ConnectionLimits m_limits;
    std::function<bool(const QString&)> m_isKnown;
    std::map<quint64, Entry> m_entries; ///< of those that are open, the oldest first
    quint64 m_last = 0;
};

} // namespace radpost::net
