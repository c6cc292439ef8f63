#pragma once

#include "core/base/Result.h"
#include "core/engine/StudyTree.h"
#include "core/scan/Scanner.h"

#include <QStringList>

#include <map>

namespace radpost::cli {

class Session;

struct SkippedFiles
{
    qint64 count = 0;
    QStringList paths; ///< only when they are kept
};

struct ScanFindings
{
    engine::StudyTree tree;
    std::map<ErrorCode, SkippedFiles> skipped;
    scan::ScanSummary summary;
};

/// One scan with progress on the console, ended by Ctrl-C. What lies in archives is unpacked to a private folder that
/// is gone afterwards.
class ScanRun final
{
public:
    explicit ScanRun(Session& session);

    /// False when @p text is not a number from 1 to 64.
    [[nodiscard]] bool setThreads(const QString& text);
    void keepSkippedPaths(bool keep) { m_keepsPaths = keep; }

    /// Blocks. Errors: Cancelled, FileNotFound, FileWriteFailed.
    [[nodiscard]] Result<ScanFindings> scan(const QStringList& paths);

private:
    Session& m_session;
    int m_threads;
    bool m_keepsPaths = false;
};

} // namespace radpost::cli
