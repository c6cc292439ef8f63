#pragma once

#include "core/engine/Engine.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "tests/support/DataSetBuilder.h"

#include <QFile>
#include <QHash>
#include <QTemporaryDir>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace radpost::test {

inline const QByteArray kSecondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
inline const QByteArray kExplicitLittle = "1.2.840.10008.1.2.1";

/// An engine with a ledger and sources of its own in a folder that goes with it.
class BatchFixture final
{
public:
    static constexpr auto kLimit = std::chrono::seconds(30); ///< generous: only a hang takes as long

    struct Source
    {
        QByteArray sopClass = kSecondaryCapture;
        QByteArray syntax = kExplicitLittle;
        qsizetype pixelBytes = 64;
    };

    BatchFixture() = default;
    ~BatchFixture() { close(); }
    Q_DISABLE_COPY_MOVE(BatchFixture)

    /// Instance @p n, whose UID is uid(n).
    void add(int n) { add(n, Source()); }
    void add(int n, const Source& source)
    {
        QFile file(m_folder.filePath(QStringLiteral("in/%1.dcm").arg(n, 5, 10, QLatin1Char('0'))));
        DataSetBuilder builder;
        builder.add(0x00080016U, "UI", source.sopClass).add(0x00080018U, "UI", uid(n));
        builder.add(0x00100010U, "PN", "TEST").add(0x00100020U, "LO", "T1").add(0x0020000DU, "UI", "2.25.77");
        builder.add(0x0020000EU, "UI", "2.25.77.1").add(0x7FE00010U, "OW", QByteArray(source.pixelBytes, '\x55'));
        if (!QDir().mkpath(sources()) || !file.open(QIODevice::WriteOnly) ||
            file.write(part10(source.syntax, builder)) < 0) {
            qFatal("cannot write a test file");
        }
    }
    static QByteArray uid(int n) { return "2.25.77.1." + QByteArray::number(n); }
    [[nodiscard]] QString sources() const { return m_folder.filePath(QStringLiteral("in")); }
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    /// One association at a time, tries again soon.
    static config::Destination destination(quint16 port)
    {
        config::Destination made;
        made.name = QStringLiteral("PACS");
        made.host = QStringLiteral("127.0.0.1");
        made.port = port;
        made.calledAeTitle = {"PACS"};
        made.associations = 1;
        made.retry.firstDelay = std::chrono::milliseconds(10);
        return made;
    }

    engine::EngineParams params;                ///< of open(); the folder is set there
    engine::EngineListener* listener = nullptr; ///< of open()

    engine::Engine& open()
    {
        params.dataFolder = m_folder.filePath(QStringLiteral("data"));
        auto opened = engine::Engine::open(params, listener);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().detail));
        }
        m_engine = *std::move(opened);
        return *m_engine;
    }
    void close() { m_engine.reset(); }

    /// Sends all sources and waits until the job is at rest, kLimit at most. False: something failed; see error().
    [[nodiscard]] bool run(const config::Destination& to) { return run(to, {sources()}); }
    [[nodiscard]] bool run(const config::Destination& to, const QStringList& paths)
    {
        engine::SendRequest request;
        request.paths = paths;
        request.destinations = {to};
        const auto jobs = (m_engine ? *m_engine : open()).send(request);
        if (!jobs) {
            m_error = jobs.error().detail;
            return false;
        }
        m_job = jobs->front();
        return awaitRest();
    }

    [[nodiscard]] bool awaitRest()
    {
        CancelSource overdue;
        const std::jthread guard([&overdue](const std::stop_token& stop) {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any never;
            never.wait_for(lock, stop, kLimit, [] { return false; });
            if (!stop.stop_requested()) {
                overdue.cancel();
            }
        });
        const auto rested = m_engine->waitUntilAtRest(overdue.token());
        m_error = rested ? QString() : rested.error().detail;
        return rested.has_value();
    }

    [[nodiscard]] const QString& error() const { return m_error; }
    [[nodiscard]] JobId job() const { return m_job; }
    [[nodiscard]] queue::Receipt receipt() const { return m_engine->receipt(m_job).value(); }
    [[nodiscard]] qint64 count(store::DeliveryState state) const { return receipt().counts.of(state); }

    /// Every delivery of the job in the ledger, in order of entry.
    [[nodiscard]] QList<store::DeliveryRow> deliveries() const
    {
        QList<store::DeliveryRow> rows;
        const auto ledger = openLedger();
        const auto read = ledger->openReader().value()->report().forEachDelivery(m_job, {}, [&rows](const auto& row) {
            rows.append(row);
            return true;
        });
        return read ? rows : QList<store::DeliveryRow>();
    }

    /// Every attempt in the ledger, by SOP Instance UID, oldest first.
    [[nodiscard]] QHash<QByteArray, QList<store::AttemptRecord>> attempts() const
    {
        QHash<QByteArray, QList<store::AttemptRecord>> found;
        const auto ledger = openLedger();
        const auto reader = ledger->openReader().value();
        for (const auto& row : deliveries()) {
            found.insert(row.sopInstanceUid.value, reader->report().attempts(row.id).value());
        }
        return found;
    }

private:
    [[nodiscard]] std::unique_ptr<store::Ledger> openLedger() const
    {
        const auto path = m_folder.filePath(QStringLiteral("data/ledger.sqlite"));
        auto ledger = store::Ledger::open({.path = path, .mode = store::LedgerMode::ReadOnly});
        if (!ledger) {
            qFatal("%s", qPrintable(ledger.error().detail));
        }
        return *std::move(ledger);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<engine::Engine> m_engine;
    JobId m_job;
    QString m_error;
};

} // namespace radpost::test
