#pragma once

#include "core/engine/GatewayHost.h"

#include <atomic>
#include <memory>

namespace radpost::ui {

/// Counts what happens, so that lists are read anew only then. Any thread.
class GatewayNews final : public engine::GatewayListener
{
public:
    /// Another number after each change.
    [[nodiscard]] quint64 version() const { return m_version; }

    void onReceived(const engine::SpooledInstance& /*instance*/) override { ++m_version; }
    void onRouted(const engine::RoutedInstance& /*instance*/) override { ++m_version; }
    void onComplete(const store::WaitGroup& /*group*/, int /*instances*/) override { ++m_version; }
    void onRemoved(qint64 /*instances*/) override { ++m_version; }
    void onOutcomesCommitted(const QString& /*destination*/, const store::StateCounts& /*outcomes*/) override
    {
        ++m_version;
    }

private:
    std::atomic<quint64> m_version{0};
};

/// A gateway while it runs, and how it looked a moment ago. Worker threads.
struct GatewaySession
{
    /// All that the GUI thread wants to know; taken off it, since it asks the disk.
    struct Look
    {
        engine::GatewayCounts counts;
        std::vector<engine::ReceiveAssociation> associations;
        quint64 version = 0;
        engine::ConfigLook config;
    };

    [[nodiscard]] Look look() const
    {
        auto& gateway = host->gateway();
        return {gateway.counts(), gateway.associations(), news.version(), host->look()};
    }

    GatewayNews news; // outlives the host, which tells it
    std::unique_ptr<engine::GatewayHost> host;
};

} // namespace radpost::ui
