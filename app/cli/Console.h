#pragma once

#include "app/common/ErrorText.h"
#include "core/base/Error.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <cstdio>
#include <mutex>

namespace radpost::cli {

/// How much of what goes where.
struct ConsoleOptions
{
    bool json = false;  ///< events on standard output instead of text
    bool quiet = false; ///< no progress
    bool errorIsTerminal = false;
    int width = 80;
    bool mute = false; ///< no lines either: they are steps on the way to the result
};

/// Standard output for results, standard error for progress, problems and the log. Text that comes between keeps the
/// progress lines whole. Any thread.
class Console final
{
public:
    explicit Console(std::FILE* out = stdout, std::FILE* err = stderr);
    ~Console();
    Q_DISABLE_COPY_MOVE(Console)

    void setOptions(const ConsoleOptions& options);
    [[nodiscard]] const ConsoleOptions& options() const { return m_options; }

    /// A line of a result; nothing with --json.
    void line(const QString& text = {});
    /// A line for people beside the results, on standard error; nothing with --json or --quiet.
    void note(const QString& text);
    /// A line on standard error, always.
    void complain(const QString& text);
    /// Bytes of a report for standard output, as they are.
    void raw(const QByteArray& bytes);
    /// {"event": @p event, …} with --json, else nothing.
    void event(const QString& event, QJsonObject fields = {});

    /// What happened, what was not done, what to do, and the code for support; with --json an "error" event.
    void error(const Error& error);
    void error(const Error& error, const app::ErrorText& text);

    /// Shows @p lines at the bottom of the terminal, in place of those shown before. Without a terminal: nothing.
    void setProgress(const QStringList& lines);
    /// Takes the progress lines away.
    void clearProgress() { setProgress({}); }

    /// For the log handler.
    void logLine(const QByteArray& line);

private:
    void write(std::FILE* stream, const QByteArray& bytes);
    [[nodiscard]] QByteArray eraseSequence() const;
    [[nodiscard]] QByteArray drawSequence() const;

    std::FILE* const m_out;
    std::FILE* const m_err;
    std::mutex m_mutex; // guards the streams and m_progress
    ConsoleOptions m_options;
    QStringList m_progress;
};

} // namespace radpost::cli
