#include "core/engine/StandingMetrics.h"
#include "core/observe/MetricsText.h"
#include "core/observe/TransferMetrics.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;

namespace {

QString textOf(const QString& path)
{
    QFile file(qEnvironmentVariable("RADPOST_SOURCE_DIR") + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Every metric there can be, with what a histogram adds to its name.
class Catalogue final
{
public:
    Catalogue()
        : m_metrics(m_registry)
        , m_queues(engine::collectQueues(
              m_registry, [] { return QList<store::DestinationBacklog>(); }, m_clock))
        , m_disks(engine::collectDisks(m_registry, {}))
        , m_audit(engine::collectAudit(m_registry, [] { return qint64(0); }))
        , m_process(engine::collectProcess(m_registry, {}))
    {
    }

    [[nodiscard]] std::vector<observe::MetricDescription> descriptions() const { return m_registry.descriptions(); }

    [[nodiscard]] QSet<QString> names() const
    {
        QSet<QString> all;
        for (const auto& description : descriptions()) {
            const auto name = QString::fromLatin1(description.name);
            all.insert(name);
            if (name.endsWith(u"_duration_seconds")) {
                all.unite({name + u"_bucket"_s, name + u"_sum"_s, name + u"_count"_s});
            }
        }
        return all;
    }

private:
    observe::MetricsRegistry m_registry;
    observe::TransferMetrics m_metrics;
    const SystemClock m_clock;
    engine::MetricsRegistration m_queues;
    engine::MetricsRegistration m_disks;
    engine::MetricsRegistration m_audit;
    engine::MetricsRegistration m_process;
};

/// Some of everything, with labels that are hard to write.
QByteArray filledText()
{
    observe::MetricsRegistry registry;
    observe::TransferMetrics metrics(registry);
    const SystemClock clock;
    const auto process = engine::collectProcess(registry, u"1.2.3"_s);
    const auto disks = engine::collectDisks(registry, {{u"data"_s, u"/"_s, 1}});
    const auto queues = engine::collectQueues(
        registry,
        [&clock] {
            return QList{store::DestinationBacklog{u"主 PACS"_s, 1, 2, clock.now(), false, false}};
        },
        clock);
    const auto hard = u"A\"B\\C\nX 王"_s;
    metrics.deliveries.with({hard, u"stored"_s}).add(3);
    metrics.destinationUp.with({hard}).set(1);
    metrics.storeDuration.with({hard}).observe(0.02);
    metrics.receivedInstances.with({hard, u"stored"_s}).add();
    metrics.receiveDuration.with({}).observe(1e9);
    return observe::prometheusText(registry.snapshot());
}

QSet<QString> metricsIn(const QString& text)
{
    static const QRegularExpression name(u"\\b((?:radpost|process)_[a-z_]+)\\b"_s);
    QSet<QString> found;
    for (const auto& match : name.globalMatch(text)) {
        found.insert(match.captured(1));
    }
    return found;
}

QStringList expressionsOfDashboard(const QJsonObject& dashboard)
{
    QStringList expressions;
    for (const auto& panel : dashboard[u"panels"_s].toArray()) {
        for (const auto& target : panel.toObject()[u"targets"_s].toArray()) {
            expressions.append(target.toObject()[u"expr"_s].toString());
        }
    }
    return expressions;
}

} // namespace

class TestMonitoringFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesFollowTheConventions()
    {
        static const QRegularExpression shape(u"^(radpost|process)(_[a-z]+)+$"_s);
        const Catalogue catalogue;
        QVERIFY(catalogue.descriptions().size() > 25);
        QSet<QString> seen;
        for (const auto& description : catalogue.descriptions()) {
            const auto name = QString::fromLatin1(description.name);
            QVERIFY2(shape.match(name).hasMatch(), qPrintable(name));
            QVERIFY2(description.help.endsWith('.'), qPrintable(name));
            QVERIFY2(!seen.contains(name), qPrintable(name));
            seen.insert(name);
        }
    }

    void theManualNamesEveryMetricAndNoOther()
    {
        const Catalogue catalogue;
        const auto manual = textOf(u"docs/user/metrics.md"_s);
        for (const auto& description : catalogue.descriptions()) {
            QVERIFY2(manual.contains(u"| `"_s + QString::fromLatin1(description.name) + u"` |"_s),
                description.name.constData());
            for (const auto& label : description.labels) {
                QVERIFY2(manual.contains(u'`' + QString::fromLatin1(label) + u'`'), label.constData());
            }
        }
        const auto unknown = metricsIn(manual) - catalogue.names();
        QVERIFY2(unknown.isEmpty(), qPrintable(QStringList(unknown.values()).join(u' ')));
    }

    void theDashboardAsksForMetricsThatExist()
    {
        const auto document =
            QJsonDocument::fromJson(textOf(u"packaging/monitoring/radpost-dashboard.json"_s).toUtf8());
        QVERIFY(document.isObject());
        const auto expressions = expressionsOfDashboard(document.object());
        QVERIFY(expressions.size() > 20);
        const auto unknown = metricsIn(expressions.join(u'\n')) - Catalogue().names();
        QVERIFY2(unknown.isEmpty(), qPrintable(QStringList(unknown.values()).join(u' ')));
    }

    void theDashboardShowsEveryMetricOfOurs()
    {
        const auto shown = metricsIn(textOf(u"packaging/monitoring/radpost-dashboard.json"_s) +
            textOf(u"packaging/monitoring/radpost-alerts.yml"_s));
        for (const auto& description : Catalogue().descriptions()) {
            const auto name = QString::fromLatin1(description.name);
            const bool isShown = shown.contains(name) || shown.contains(name + u"_bucket"_s);
            QVERIFY2(isShown || name == u"process_start_time_seconds", qPrintable(name));
        }
    }

    void theAlertsAskForMetricsThatExist()
    {
        const auto rules = textOf(u"packaging/monitoring/radpost-alerts.yml"_s);
        QVERIFY(rules.contains(u"alert: RadpostUndeliveredTooOld"_s));
        const auto unknown = metricsIn(rules) - Catalogue().names();
        QVERIFY2(unknown.isEmpty(), qPrintable(QStringList(unknown.values()).join(u' ')));
    }

    void promtoolReadsTheText()
    {
        const auto promtool = QStandardPaths::findExecutable(u"promtool"_s);
        if (promtool.isEmpty()) {
            QSKIP("promtool (Debian: prometheus) is not installed");
        }
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(promtool, {u"check"_s, u"metrics"_s});
        process.write(filledText());
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, process.readAll().constData());
    }

    void promtoolTakesTheAlertsAndTheirTests()
    {
        const auto promtool = QStandardPaths::findExecutable(u"promtool"_s);
        if (promtool.isEmpty()) {
            QSKIP("promtool (Debian: prometheus) is not installed");
        }
        const QString folder = qEnvironmentVariable("RADPOST_SOURCE_DIR") + u"/packaging/monitoring/"_s;
        for (const auto& arguments : {QStringList{u"check"_s, u"rules"_s, folder + u"radpost-alerts.yml"_s},
                 QStringList{u"test"_s, u"rules"_s, folder + u"radpost-alerts-test.yml"_s}}) {
            QProcess process;
            process.setProcessChannelMode(QProcess::MergedChannels);
            process.start(promtool, arguments);
            QVERIFY(process.waitForFinished());
            QVERIFY2(process.exitCode() == 0, process.readAll().constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestMonitoringFiles)
#include "TestMonitoringFiles.moc"
