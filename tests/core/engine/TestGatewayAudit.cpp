#include "core/engine/Monitor.h"
#include "tests/core/engine/GatewayFixture.h"

#include <QDir>
#include <QLoggingCategory>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A gateway's audit trail.
struct Room
{
    [[nodiscard]] config::Settings settings() const
    {
        config::Settings made;
        made.audit.isEnabled = true;
        made.audit.folder = trail.path();
        return made;
    }

    /// "DICOM Instances Transferred" with @p aeTitle as one of the two, in order.
    [[nodiscard]] QList<QByteArray> transfers(const QByteArray& aeTitle) const
    {
        const QByteArray title = "AETITLES=" + aeTitle + '"';
        QList<QByteArray> found;
        for (const auto& name : trail.entryList({u"audit-*.log"_s}, QDir::Files, QDir::Name)) {
            QFile file(trail.filePath(name));
            const bool isOpen = file.open(QIODevice::ReadOnly);
            const auto lines = isOpen ? file.readAll().split('\n') : QList<QByteArray>();
            for (const auto& line : lines) {
                if (line.contains("<EventID csd-code=\"110104\"") && line.contains(title)) {
                    found.append(line);
                }
            }
        }
        return found;
    }

    QTemporaryDir folder;
    const QDir trail{folder.filePath(u"audit"_s)};
    engine::Monitor monitor{{settings(), folder.path(), u"1.2.3"_s}};
};

} // namespace

class TestGatewayAudit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(u"radpost.*=false"_s); }

    void whatIsForwardedIsToldWithWhatWasRejected()
    {
        Room room;
        GatewayFixture f("[[rule]]\nname = \"all\"\nsend = [\"PACS\", \"AI\"]\n");
        f.monitor = &room.monitor;
        f.ai.answerAll(0xA900);
        QVERIFY(f.start());
        QVERIFY(f.store("1.2.3.1.1", "1.2.3.1"));
        QVERIFY(f.store("1.2.3.1.2", "1.2.3.1"));
        const auto told = [&room](const QByteArray& aeTitle) { return room.transfers(aeTitle); };
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
        GatewayFixture f("[[rule]]\nname = \"all\"\nsend = \"PACS\"\n");
        f.monitor = &room.monitor;
        QVERIFY(f.start());
        for (int study = 1; study <= 20; ++study) {
            const QByteArray uid = "1.2.3." + QByteArray::number(study);
            QVERIFY(f.store(uid + ".1", uid));
        }
        const auto isFinished = [&f] { return f.rows(u"jobs"_s, u"state = 3"_s) == 20; };
        QVERIFY(f.passUntil(isFinished, 30min, 1s));
        f.gateway->stop();
        QCOMPARE(room.transfers("PACS").size(), 20);
    }
};

QTEST_GUILESS_MAIN(TestGatewayAudit)
#include "TestGatewayAudit.moc"
