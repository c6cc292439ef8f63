#pragma once

#include "core/engine/DestinationHealth.h"
#include "core/engine/ForwardRun.h"
#include "core/net/fileMeta.h"
#include "core/store/Database.h"
#include "core/store/RoutingRepository.h"
#include "core/store/SpoolRepository.h"
#include "tests/core/engine/StoreClient.h"
#include "tests/support/DispatchFixture.h"

#include <QFile>
#include <QTemporaryDir>

#include <map>

namespace radpost::test {

/// A spool with rows and files, rules, a queue and a dispatcher that sends to a scripted peer; the forwarder is driven
/// by hand.
class ForwardFixture : public engine::ForwardListener
{
public:
    explicit ForwardFixture(const QByteArray& toml = {})
    {
        for (const auto* name : {"PACS", "BACKUP", "AI"}) {
            config::Destination destination;
            destination.name = QString::fromLatin1(name);
            destination.host = QStringLiteral("127.0.0.1");
            destination.calledAeTitle = {name};
            destinations[destination.name] = destination;
        }
        setRules(toml);
        restart();
    }

    void setRules(const QByteArray& toml)
    {
        const auto problems = rules.load(toml, QStringLiteral("rules.toml"),
            {QStringLiteral("PACS"), QStringLiteral("BACKUP"), QStringLiteral("AI")});
        if (!problems.empty()) {
            qFatal("%s", qPrintable(problems.front().toError().detail));
        }
    }

    /// As another process would begin.
    void restart()
    {
        run.reset();
        engine::ForwardParams params;
        params.ledger = &queue.ledger.ledger();
        params.jobs = queue.jobs.get();
        params.dispatcher = queue.dispatcher.get();
        params.rules = &rules;
        params.health = &health;
        params.clock = &queue.clock;
        params.pathOf = [this](qint64 id) { return pathOf(id); };
        params.destination = [this](const QString& name) {
            if (onLookup) {
                onLookup();
            }
            const auto found = destinations.find(name);
            return found == destinations.end() ? std::nullopt : std::optional(found->second);
        };
        params.presence = presence.get();
        params.listener = this;
        params.limits = limits;
        run = std::make_unique<engine::ForwardRun>(params);
    }

    [[nodiscard]] QByteArray pathOf(qint64 id) const
    {
        return folder.filePath(QString::number(id) + QStringLiteral(".dcm")).toLocal8Bit();
    }

    struct Wish
    {
        QByteArray study = "1.2.3";
        QByteArray modality = "CT";
        QByteArray calling = "CT1";
        int announced = 0; ///< (0020,1208)
        bool hasFile = true;
    };

    /// One that was received. @return its id in the spool.
    qint64 receive(const QByteArray& uid) { return receive(uid, Wish()); }
    qint64 receive(const QByteArray& uid, const Wish& wish)
    {
        auto& writer = queue.ledger.ledger().writer();
        DataSetBuilder set(dicom::kImplicitLittleEndian);
        set.add(0x00080016U, "UI", kCtImageStorage).add(0x00080018U, "UI", uid).add(0x00080060U, "CS", wish.modality);
        set.add(0x00100020U, "LO", "P1").add(0x0020000DU, "UI", wish.study).add(0x0020000EU, "UI", wish.study + ".1");
        if (wish.announced > 0) {
            set.add(0x00201208U, "IS", QByteArray::number(wish.announced));
        }
        const auto head = net::encodeFileMeta({kCtImageStorage, uid, "1.2.840.10008.1.2", wish.calling});
        const QByteArray bytes(reinterpret_cast<const char*>(head.data()), qsizetype(head.size()));
        const QByteArray data = set.bytes();
        auto series = std::make_shared<store::SpoolSeries>();
        series->patientId = QStringLiteral("P1");
        series->studyInstanceUid = QString::fromLatin1(wish.study);
        series->seriesInstanceUid = QString::fromLatin1(wish.study + ".1");
        series->modality = QString::fromLatin1(wish.modality);
        store::NewSpoolInstance instance;
        instance.id = writer.nextSpoolId();
        instance.source = {QString::fromLatin1(wish.calling), QStringLiteral("RADPOST"), QStringLiteral("10.0.0.1")};
        instance.series = series;
        instance.contextId = writer.contextId({{kCtImageStorage}, {"1.2.840.10008.1.2"}});
        instance.sopInstanceUid = {uid};
        instance.digest = QString::fromLatin1(uid) + QString::number(instance.id);
        instance.fileBytes = bytes.size() + data.size();
        instance.dataSetOffset = bytes.size();
        instance.receivedAt = queue.clock.now();
        if (wish.hasFile) {
            QFile file(QString::fromLocal8Bit(pathOf(instance.id)));
            ok = ok && file.open(QIODevice::WriteOnly) && file.write(bytes + data) == instance.fileBytes;
        }
        ok = ok && writer.run([&](store::WriteSession& session) {
            return session.spool.add(instance, store::DuplicatePolicy::KeepBoth).map([](const auto&) {});
        });
        return instance.id;
    }

    /// Turns until nothing is left to be done at this moment.
    void turn()
    {
        for (int i = 0; i < 50; ++i) {
            const auto next = run->turn({});
            ok = ok && next.has_value();
            if (!next || !*next || **next > queue.clock.steadyNow()) {
                return;
            }
        }
        ok = false;
    }

    void change(const std::function<Result<>(store::RoutingRepository&)>& work)
    {
        ok = ok && queue.ledger.ledger().writer().run([&work](store::WriteSession& session) {
            store::RoutingRepository routing(session.database);
            return work(routing);
        });
    }

    void sql(const QStringList& statements)
    {
        for (const auto& statement : statements) {
            ok = ok && queue.ledger.ledger().writer().run([&statement](store::WriteSession& session) {
                return session.database.exec(statement);
            });
        }
    }

    [[nodiscard]] std::unique_ptr<store::LedgerReader> reader()
    {
        return std::move(*queue.ledger.ledger().openReader());
    }
    [[nodiscard]] QList<store::JobRow> jobs() { return reader()->jobs().list().value(); }
    [[nodiscard]] QList<store::HeldInstance> held() { return reader()->routing().held(0, 100).value(); }

    /// Deliveries by destination, whatever became of them.
    [[nodiscard]] std::map<QString, qint64> deliveries()
    {
        std::map<QString, qint64> counts;
        const auto read = reader();
        for (const auto& job : jobs()) {
            counts[job.destinationName] += read->jobs().counts(job.id)->total();
        }
        return counts;
    }

    void onRouted(const engine::RoutedInstance& instance) override { routed.push_back(instance); }
    void onComplete(const store::WaitGroup& group, int instances) override { completed.emplace_back(group, instances); }

    QTemporaryDir folder;
    DispatchFixture queue;
    route::LiveRules rules;
    engine::DestinationHealth health{queue.clock};
    engine::JobBookLimits limits;
    std::map<QString, config::Destination> destinations;
    std::unique_ptr<engine::PresenceDesk> presence; ///< none: nobody is asked
    std::function<void()> onLookup;                 ///< a destination is asked for
    std::vector<engine::RoutedInstance> routed;
    std::vector<std::pair<store::WaitGroup, int>> completed;
    std::unique_ptr<engine::ForwardRun> run;
    bool ok = true; ///< nothing failed that must not
};

} // namespace radpost::test
