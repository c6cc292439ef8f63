#include "core/engine/Monitor.h"
#include "tests/core/engine/GatewayFixture.h"

#include <QDir>
#include <QLoggingCategory>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Room
{
    Room()
    {
        settings.audit.isEnabled = true;
        settings.audit.folder = folder.filePath(u"audit"_s);
    }

    /// Messages of one kind, in order.
    [[nodiscard]] QList<QByteArray> messages(const QByteArray& eventId) const
    {
        QList<QByteArray> found;
        const QDir trail(settings.audit.folder);
        for (const auto& name : trail.entryList({u"audit-*.log"_s}, QDir::Files, QDir::Name)) {
            QFile file(trail.filePath(name));
            const bool isOpen = file.open(QIODevice::ReadOnly);
            const auto lines = isOpen ? file.readAll().split('\n') : QList<QByteArray>();
            for (const auto& line : lines) {
                if (line.contains(QByteArray("<EventID csd-code=\"" + eventId + '"'))) {
                    found.append(line);
                }
            }
        }
        return found;
    }

    QTemporaryDir folder;
    config::Settings settings;
    std::unique_ptr<engine::Monitor> monitor;
};

bool isTo(const QByteArray& message, const QByteArray& aeTitle)
{
    return message.contains(QByteArray("AETITLES=" + aeTitle + '"'));
}

} // namespace

class TestGatewayAudit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(u"radpost.*=false"_s); }

    void whatIsForwardedIsToldWithWhatWasRejected()
    {
        Room room;
        room.monitor =
            std::make_unique<engine::Monitor>(engine::MonitorParams{room.settings, room.folder.path(), u"1.2.3"_s});
        GatewayFixture f("[[rule]]\nname = \"all\"\nsend = [\"PACS\", \"AI\"]\n");
        f.monitor = room.monitor.get();
        f.ai.answerAll(0xA900);
        QVERIFY(f.start());
        QVERIFY(f.store("1.2.3.1.1", "1.2.3.1"));
        QVERIFY(f.store("1.2.3.1.2", "1.2.3.1"));
        const auto told = [&room](const QByteArray& aeTitle) {
            QList<QByteArray> found;
            for (const auto& message : room.messages("110104")) {
                if (isTo(message, aeTitle)) {
                    found.append(message);
                }
            }
            return found;
        };
        QVERIFY(f.passUntil([&] { return !told("PACS").isEmpty() && !told("AI").isEmpty(); }, 30min, 1s));
        QCOMPARE(told("PACS").size(), 1);
        QVERIFY(told("PACS").front().contains("EventOutcomeIndicator=\"0\""));
        QVERIFY(told("PACS").front().contains("1.2.3.1"));
        QVERIFY(told("PACS").front().contains("Doe^Jane"));
        QCOMPARE(told("AI").size(), 1);
        QVERIFY(!told("AI").front().contains("EventOutcomeIndicator=\"0\""));
        QVERIFY(told("AI").front().contains("StatusFailed"));
        f.gateway->stop();
    }

    void whatEndedIsToldBeforeTheGatewayEnds()
    {
        Room room;
        room.monitor =
            std::make_unique<engine::Monitor>(engine::MonitorParams{room.settings, room.folder.path(), u"1.2.3"_s});
        GatewayFixture f("[[rule]]\nname = \"all\"\nsend = \"PACS\"\n");
        f.monitor = room.monitor.get();
        QVERIFY(f.start());
        for (int study = 1; study <= 20; ++study) {
            const QByteArray uid = "1.2.3." + QByteArray::number(study);
            QVERIFY(f.store(uid + ".1", uid));
        }
        const auto isFinished = [&f] { return f.rows(u"jobs"_s, u"state = 3"_s) == 20; };
        QVERIFY(f.passUntil(isFinished, 30min, 1s));
        f.gateway->stop();
        int toPacs = 0;
        for (const auto& message : room.messages("110104")) {
            toPacs += isTo(message, "PACS") ? 1 : 0;
        }
        QCOMPARE(toPacs, 20);
    }
};

QTEST_GUILESS_MAIN(TestGatewayAudit)
#include "TestGatewayAudit.moc"
