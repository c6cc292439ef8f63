#pragma once

#include "core/base/CancelToken.h"
#include "core/dicom/HeaderReader.h"
#include "core/engine/Engine.h"
#include "core/engine/ReceiveServer.h"
#include "core/net/Acceptor.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace radpost::test {

/// The whole test stops here when something hangs.
class TimeLimit final
{
public:
    explicit TimeLimit(std::chrono::milliseconds limit)
        : m_thread([this, limit](const std::stop_token& stop) {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any ended;
            if (!ended.wait_for(lock, stop, limit, [&] { return stop.stop_requested(); })) {
                m_source.cancel();
            }
        })
    {
    }

    [[nodiscard]] CancelToken token() const { return m_source.token(); }

private:
    CancelSource m_source;
    std::jthread m_thread;
};

inline QStringList filesBelow(const QString& folder)
{
    QStringList files;
    QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        files.append(walk.next());
    }
    return files;
}

inline QByteArray dataSet(const QString& path)
{
    dicom::HeaderReader reader;
    const auto header = reader.readFile(path);
    QFile file(path);
    if (!header || !file.open(QIODevice::ReadOnly) || !file.seek(header->dataSetOffset)) {
        return {};
    }
    return file.readAll();
}

inline QByteArray sopInstanceUid(const QString& path)
{
    dicom::HeaderReader reader;
    const auto header = reader.readFile(path);
    return header ? header->sopInstanceUid.value : QByteArray();
}

inline QHash<QByteArray, QByteArray> dataSets(const QString& folder)
{
    QHash<QByteArray, QByteArray> found;
    for (const auto& path : filesBelow(folder)) {
        found.insert(sopInstanceUid(path), dataSet(path));
    }
    return found;
}

/// A folder of its own with a source, a data folder and what was received.
class EngineFixture
{
public:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString source() const { return path(QStringLiteral("in")); }
    [[nodiscard]] QString received() const { return path(QStringLiteral("out")); }
    [[nodiscard]] QString unpacked() const { return path(QStringLiteral("data/unpacked")); }

    [[nodiscard]] engine::EngineParams params() const
    {
        engine::EngineParams made;
        made.dataFolder = path(QStringLiteral("data"));
        made.giveUpAfter = std::chrono::milliseconds(1);
        return made;
    }

    [[nodiscard]] std::unique_ptr<engine::Engine> open(engine::EngineListener* listener = nullptr) const
    {
        auto opened = engine::Engine::open(params(), listener);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().detail));
        }
        return *std::move(opened);
    }

    [[nodiscard]] std::unique_ptr<engine::ReceiveServer> startServer(
        quint16 port = 0, std::function<void(const engine::ReceivedInstance&)> onInstance = {}) const
    {
        engine::ReceiveParams params;
        params.address = QStringLiteral("127.0.0.1");
        params.port = port;
        params.folder = received();
        auto server = std::make_unique<engine::ReceiveServer>(params, std::move(onInstance));
        if (const auto started = server->start(); !started) {
            qFatal("%s", qPrintable(started.error().detail));
        }
        return server;
    }

    [[nodiscard]] quint16 unusedPort() const { return startServer()->port(); }

    [[nodiscard]] static config::Destination destination(quint16 port)
    {
        config::Destination made;
        made.name = QStringLiteral("PACS");
        made.host = QStringLiteral("127.0.0.1");
        made.port = port;
        made.calledAeTitle = {"PACS"};
        made.retry.firstDelay = std::chrono::milliseconds(10);
        return made;
    }

    [[nodiscard]] static net::AcceptorSettings acceptorSettings()
    {
        net::AcceptorSettings settings;
        settings.address = QStringLiteral("127.0.0.1");
        settings.port = 0;
        return settings;
    }

    /// Of a peer that takes nothing but implicit VR little endian.
    [[nodiscard]] static net::AcceptorSettings implicitOnly()
    {
        auto settings = acceptorSettings();
        settings.chooseContext = [](const net::ProposedContext& proposed) {
            const TransferSyntaxUid implicit{"1.2.840.10008.1.2"};
            const auto& offered = proposed.transferSyntaxes;
            const bool hasIt = std::find(offered.begin(), offered.end(), implicit) != offered.end();
            return net::AnsweredContext{
                proposed.id, hasIt ? net::kContextAccepted : net::kContextTransferSyntaxesNotSupported, implicit};
        };
        return settings;
    }

    [[nodiscard]] engine::SendRequest request(std::vector<config::Destination> destinations) const
    {
        engine::SendRequest made;
        made.paths = {source()};
        made.destinations = std::move(destinations);
        return made;
    }

    [[nodiscard]] CancelToken limit() const { return m_limit.token(); }

private:
    QTemporaryDir m_folder;
    TimeLimit m_limit{std::chrono::seconds(60)};
};

} // namespace radpost::test
