#include "core/engine/SupportBundle.h"

#include "core/config/ConfigText.h"
#include "core/dicom/DcmtkRuntime.h"
#include "core/net/TlsContext.h"
#include "core/observe/LogFile.h"
#include "core/observe/Redact.h"
#include "core/observe/Scrubber.h"
#include "core/scan/ZipWriter.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStorageInfo>
#include <QSysInfo>
#include <QThread>
#include <QTimeZone>

#include <algorithm>
#include <utility>

namespace radpost::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostOfALog = 8 << 20;
constexpr qsizetype kMostLogs = 40;
constexpr auto kHidden = "(not in this bundle)"_L1;

QString versionsText(const SupportBundleParams& params)
{
    return u"%1\nQt %2 (built with %3)\nDCMTK %4\n%5\n%6\n"_s.arg(params.program, QString::fromLatin1(qVersion()),
        QStringLiteral(QT_VERSION_STR), dicom::DcmtkRuntime::version(), net::TlsContext::libraryVersion(),
        scan::ZipWriter::libraryVersion());
}

QString systemText()
{
    QString text;
    const auto add = [&text](const QString& what, const QString& value) { text += what + u": "_s + value + u'\n'; };
    add(u"Time"_s, QDateTime::currentDateTime().toString(Qt::ISODate));
    add(u"Time zone"_s, QString::fromLatin1(QTimeZone::systemTimeZoneId()));
    add(u"System"_s, QSysInfo::prettyProductName());
    add(u"Kernel"_s, QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion());
    add(u"Processor"_s, QSysInfo::currentCpuArchitecture());
    add(u"Processors"_s, QString::number(QThread::idealThreadCount()));
    add(u"Locale"_s, QLocale::system().name());
    return text;
}

QString withoutHome(const QString& path)
{
    const auto home = QDir::homePath();
    return path.startsWith(home) ? QString(u'~' + path.mid(home.size())) : path;
}

config::Settings shown(config::Settings settings)
{
    for (auto* folder :
        {&settings.dataFolder, &settings.temporaryFolder, &settings.receiveFolder, &settings.serve.spoolFolder}) {
        *folder = withoutHome(*folder);
    }
    return settings;
}

config::Destination shown(config::Destination destination)
{
    auto& identity = destination.userIdentity;
    for (auto* secret : {&identity.primary, &identity.secretReference}) {
        *secret = secret->isEmpty() ? QString() : QString(kHidden);
    }
    auto& tls = destination.tls;
    for (auto* file : {&tls.caFile, &tls.certificateFile, &tls.keyFile}) {
        *file = QFileInfo(*file).fileName();
    }
    return destination;
}

QString settingsText(const config::Config& config)
{
    const QString head = u"# What differs from the defaults.\n"_s;
    const auto toml = config::changeSettings({}, shown(config.settings));
    return head + (toml ? QString::fromUtf8(*toml) : toml.error().detail);
}

QString destinationsText(const config::Config& config)
{
    std::vector<config::Destination> destinations;
    for (const auto& destination : config.destinations) {
        destinations.push_back(shown(destination));
    }
    return QString::fromUtf8(config::destinationsToToml(destinations));
}

void addCounts(QString& text, const QString& heading, const QList<store::LedgerStatistics::Count>& counts)
{
    text += u'\n' + heading + u'\n';
    for (const auto& count : counts) {
        text += u"  %1: %2\n"_s.arg(count.name).arg(count.count);
    }
}

QString failureText(const store::LedgerStatistics::Failure& failure)
{
    const QString code =
        failure.errorCode ? errorName(static_cast<ErrorCode>(*failure.errorCode)).toString() : QString();
    const QString status = failure.dimseStatus ? u" 0x%1"_s.arg(*failure.dimseStatus, 4, 16, QChar(u'0')) : QString();
    return u"  %1 (%2)%3: %4\n"_s.arg(code).arg(failure.errorCode.value_or(0)).arg(status).arg(failure.attempts);
}

QString ledgerText(const store::LedgerStatistics& statistics)
{
    QString text =
        u"SQLite %1\nSchema: version %2\nSize: %3 bytes, of which %4 are free\n"_s.arg(statistics.sqliteVersion)
            .arg(statistics.schemaVersion)
            .arg(statistics.fileBytes)
            .arg(statistics.freeBytes);
    addCounts(text, u"Jobs by state"_s, statistics.jobs);
    addCounts(text, u"Deliveries by state"_s, statistics.deliveries);
    addCounts(text, u"Rows by table"_s, statistics.tables);
    text += u"\nAttempts that failed, by cause\n"_s;
    for (const auto& failure : statistics.failures) {
        text += failureText(failure);
    }
    return text;
}

/// Writes entries one after the other and keeps account of them.
class Packer final
{
public:
    Packer(scan::ZipWriter& zip, const observe::Scrubber& scrubber, const CancelToken& cancel)
        : m_zip(zip)
        , m_scrubber(scrubber)
        , m_cancel(cancel)
    {
    }

    /// After the first error nothing more is written.
    void addAsItIs(const QString& name, const QString& text)
    {
        m_outcome = m_outcome.and_then([&] { return m_cancel.check(); }).and_then([&] {
            return m_zip.add(name, text.toUtf8());
        });
        m_names.append(name);
    }
    void add(const QString& name, const QString& text) { addAsItIs(name, m_scrubber.scrubbed(text)); }

    [[nodiscard]] const Result<>& outcome() const { return m_outcome; }
    [[nodiscard]] const QStringList& names() const { return m_names; }

private:
    scan::ZipWriter& m_zip;
    const observe::Scrubber& m_scrubber;
    const CancelToken& m_cancel;
    Result<> m_outcome;
    QStringList m_names;
};

// The end of a log counts most. It begins with a whole line: half a name would not be found and masked.
QString logText(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return u"cannot be read\n"_s;
    }
    const bool isCut = file.size() > kMostOfALog;
    if (isCut && !file.seek(file.size() - kMostOfALog)) {
        return u"cannot be read\n"_s;
    }
    const auto end = file.read(kMostOfALog);
    const auto newline = isCut ? end.indexOf('\n') : -1;
    return isCut && newline < 0 ? QString() : QString::fromUtf8(end.mid(newline + 1));
}

void addLedger(Packer& packer, const Engine* engine, std::optional<Error>& ledgerError)
{
    const auto statistics = engine != nullptr
        ? engine->statistics()
        : fail(ledgerError.value_or(makeError(ErrorCode::LedgerUnreadable, u"the ledger is not open"_s)));
    if (!statistics) {
        ledgerError = statistics.error();
        const QString text = u"Not read: "_s + errorName(statistics.error().code).toString() +
            u"\nNames and IDs of its patients could therefore not be looked for in the other files.\n"_s;
        packer.add(u"ledger.txt"_s, text);
        return;
    }
    packer.add(u"ledger.txt"_s, ledgerText(*statistics));
    packer.add(u"schema.sql"_s, statistics->schema);
}

// Lines are masked where they are written; that they are here too costs little.
void addLogs(Packer& packer, const QString& folder)
{
    if (folder.isEmpty()) {
        return;
    }
    auto paths = observe::LogFile::filesIn(folder);
    paths.resize(std::min(kMostLogs, paths.size()));
    for (const auto& path : std::as_const(paths)) {
        QStringList lines;
        for (const auto& line : logText(path).split(u'\n')) {
            lines.append(observe::maskedText(line));
        }
        packer.add(u"log/"_s + QFileInfo(path).fileName(), lines.join(u'\n'));
    }
}

} // namespace

Result<SupportBundleFacts> writeSupportBundle(
    const SupportBundleParams& params, const Engine* engine, const CancelToken& cancel)
{
    SupportBundleFacts facts;
    observe::Scrubber scrubber;
    if (engine != nullptr) {
        const auto known = engine->forEachPatient([&scrubber](const QString& name, const QString& id) {
            scrubber.addName(name);
            scrubber.addId(id);
        });
        if (!known) {
            facts.ledgerError = known.error();
        }
    }
    auto zip = scan::ZipWriter::create(params.file);
    if (!zip) {
        return fail(std::move(zip.error()));
    }
    Packer packer(*zip, scrubber, cancel);
    packer.addAsItIs(params.readme.name, params.readme.text);
    packer.add(u"versions.txt"_s, versionsText(params));
    packer.add(u"system.txt"_s, systemText());
    packer.add(u"settings.toml"_s, settingsText(params.config));
    packer.add(u"destinations.toml"_s, destinationsText(params.config));
    addLedger(packer, facts.ledgerError ? nullptr : engine, facts.ledgerError);
    for (const auto& entry : params.more) {
        packer.add(entry.name, entry.text);
    }
    addLogs(packer, params.logFolder);
    return packer.outcome().and_then([&] { return zip->finish(); }).map([&] {
        facts.entries = packer.names();
        facts.bytes = QFileInfo(params.file).size();
        return facts;
    });
}

} // namespace radpost::engine
