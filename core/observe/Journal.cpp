#include "core/observe/Journal.h"

#include "core/observe/Redact.h"

#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::observe {

namespace {

LogEntry entryOf(const LogRecord& record)
{
    LogEntry entry;
    entry.level = record.level;
    entry.module = record.category.startsWith("radpost.") ? record.category.mid(8) : record.category;
    entry.time = record.time;
    entry.text = record.message;
    return entry;
}

QByteArray lineOf(const LogEntry& entry)
{
    return formatLogLine(LogFormat::Text, {entry.level, entry.module, entryText(entry, Masking::On), entry.time});
}

} // namespace

Journal::Journal(JournalParams params)
    : m_params(std::move(params))
    , m_ring(m_params.maxEntries)
{
    if (!m_params.files.folder.isEmpty()) {
        begin();
    }
}

// With the folder set, which is not changed any more.
void Journal::begin()
{
    m_thread = std::jthread([this, files = m_params.files](const std::stop_token& stop) { run(files, stop); });
    m_hasFiles = true;
}

void Journal::writeTo(const QString& folder)
{
    const std::scoped_lock lock(m_mutex);
    if (m_params.files.folder.isEmpty() && !folder.isEmpty()) {
        m_params.files.folder = folder;
        begin();
    }
}

QString Journal::folder() const
{
    const std::scoped_lock lock(m_mutex);
    return m_params.files.folder;
}

Journal::~Journal()
{
    if (m_hasLog) {
        installLogHandler({});
    }
}

void Journal::takeLog(LogLevel threshold)
{
    m_hasLog = true;
    LogOptions options;
    options.threshold = threshold;
    options.recordSink = [this](const LogRecord& record) {
        const auto entry = entryOf(record);
        add(entry);
        if (entry.level >= LogLevel::Warning) {
            const auto line = lineOf(entry);
            std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
        }
    };
    installLogHandler(std::move(options));
}

void Journal::add(LogEntry entry)
{
    if (entry.time == Clock::WallTime{}) {
        entry.time = SystemClock().now();
    }
    if (m_hasFiles || m_params.awaitsFolder) {
        enqueue(lineOf(entry));
    }
    m_ring.add(std::move(entry));
}

void Journal::enqueue(QByteArray line)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_waiting.size() + line.size() > m_params.maxWaiting) {
            ++m_lost;
            return;
        }
        m_waiting += line;
    }
    m_wake.notify_one();
}

void Journal::run(const LogFileParams& files, const std::stop_token& stop)
{
    LogFile file(files);
    for (;;) {
        QByteArray lines;
        qint64 lost = 0;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, [this] { return !m_waiting.isEmpty(); });
            if (m_waiting.isEmpty()) {
                return;
            }
            lines = std::exchange(m_waiting, {});
            lost = std::exchange(m_lost, 0);
            m_isWriting = true;
        }
        writeOut(file, lines, lost);
    }
}

void Journal::writeOut(LogFile& file, const QByteArray& lines, qint64 lost)
{
    auto written = file.write(lines);
    if (written && lost > 0) {
        const auto text = u"%1 lines are left out: the disk was too slow"_s.arg(lost);
        written = file.write(formatLogLine(LogFormat::Text, {LogLevel::Warning, "log", text, SystemClock().now()}));
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_isWriting = false;
        m_error = written ? std::nullopt : std::optional(written.error());
    }
    m_written.notify_all();
}

std::optional<Error> Journal::fileError() const
{
    const std::scoped_lock lock(m_mutex);
    return m_error;
}

void Journal::flush()
{
    std::unique_lock lock(m_mutex);
    m_written.wait(lock, [this] { return (m_waiting.isEmpty() && !m_isWriting) || !m_hasFiles; });
}

} // namespace radpost::observe
