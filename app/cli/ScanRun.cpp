#include "app/cli/ScanRun.h"

#include "app/cli/Interrupt.h"
#include "app/cli/JsonValues.h"
#include "app/cli/ProgressText.h"
#include "app/cli/Session.h"
#include "core/scan/TemporaryFolder.h"

#include <QDir>
#include <QFileInfo>

#include <chrono>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::cli {

namespace {

// One folder for all scans of this user, so that the next one finds what a killed one left. Where everybody may write,
// somebody else may have made it first: such a folder is not used.
Result<QString> temporaryArea(const QString& parent)
{
    constexpr auto kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    QString path = QDir(parent).absoluteFilePath(u"radpost-scan"_s);
#ifdef Q_OS_UNIX
    path += u'-' + QString::number(::getuid());
#endif
    QDir().mkpath(parent);
    QDir().mkdir(path, kOwnerOnly);
    const QFileInfo info(path);
    bool isOurs = info.isDir() && !info.isSymLink();
#ifdef Q_OS_UNIX
    isOurs = isOurs && info.ownerId() == ::getuid() && !(info.permissions() & (QFile::WriteGroup | QFile::WriteOther));
#endif
    return isOurs ? Result<QString>(path) : fail(ErrorCode::FileWriteFailed, path);
}

// Collects into findings; calls come one at a time.
class Collector final : public scan::ScanSink
{
public:
    Collector(Console& console, ScanFindings& findings, bool keepsPaths)
        : m_console(console)
        , m_findings(findings)
        , m_keepsPaths(keepsPaths)
    {
    }

    void onInstance(scan::ScannedInstance&& instance) override
    {
        m_findings.tree.add(instance);
        ++m_soFar.files;
        ++m_soFar.instances;
        m_soFar.instanceBytes += instance.sizeBytes;
        show();
    }

    void onSkipped(scan::SkippedFile&& file) override
    {
        m_console.event(u"skipped"_s, {{u"path"_s, file.sourcePath}, {u"error"_s, toJson(file.reason)}});
        auto& entry = m_findings.skipped[file.reason.code];
        ++entry.count;
        if (m_keepsPaths) {
            entry.paths.append(file.sourcePath);
        }
        ++m_soFar.files;
        ++m_soFar.skipped;
        show();
    }

    void onDuplicate(scan::DuplicateFile&& file) override
    {
        const bool differs = file.kind == scan::DuplicateKind::Differs;
        m_console.event(u"duplicate"_s,
            {{u"path"_s, file.instance.sourcePath}, {u"first"_s, file.firstSourcePath}, {u"differs"_s, differs}});
        ++m_soFar.files;
        ++(differs ? m_soFar.duplicatesDiffering : m_soFar.duplicatesIdentical);
        if (differs) {
            m_findings.tree.addDifferingDuplicate(file.instance);
        }
        show();
    }

private:
    void show()
    {
        const auto now = std::chrono::steady_clock::now();
        if (now - m_shownAt >= 100ms) {
            m_shownAt = now;
            m_console.event(u"scan-progress"_s, toJson(m_soFar));
            m_console.setProgress({scanLine(m_soFar)});
        }
    }

    Console& m_console;
    ScanFindings& m_findings;
    const bool m_keepsPaths;
    scan::ScanSummary m_soFar;
    std::chrono::steady_clock::time_point m_shownAt;
};

} // namespace

ScanRun::ScanRun(Session& session)
    : m_session(session)
    , m_threads(session.engineParams(engine::LedgerAccess::ReadOnly).scanThreads)
{
}

bool ScanRun::setThreads(const QString& text)
{
    constexpr int kMostThreads = 64;
    bool isNumber = false;
    m_threads = text.toInt(&isNumber);
    return isNumber && m_threads >= 1 && m_threads <= kMostThreads;
}

Result<ScanFindings> ScanRun::scan(const QStringList& paths)
{
    auto& console = m_session.console();
    const auto& config = m_session.config();
    const QString parent = config ? config->settings.temporaryFolder : QString();
    const auto area = temporaryArea(parent.isEmpty() ? QDir::tempPath() : parent);
    if (!area) {
        return fail(area.error());
    }
    static_cast<void>(scan::TemporaryFolder::takeLeftovers(*area)); // removes what a killed scan left
    const auto folder = scan::TemporaryFolder::create(*area);
    if (!folder) {
        return fail(folder.error());
    }
    const Interrupt interrupt;
    ScanFindings findings;
    Collector collector(console, findings, m_keepsPaths);
    scan::ScanParams params;
    params.paths = paths;
    params.threads = m_threads;
    params.temporaryFolder = folder->path();
    const auto summary = scan::scan(params, collector, interrupt.token());
    console.clearProgress();
    if (!summary) {
        return fail(summary.error());
    }
    findings.summary = *summary;
    console.event(u"scan-finished"_s, toJson(*summary));
    return findings;
}

} // namespace radpost::cli
