#include "app/cli/Console.h"

#include "app/cli/Cli.h"
#include "app/cli/TextWidth.h"
#include "app/common/ErrorText.h"
#include "app/common/Sentences.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

constexpr auto kClearToEnd = "\x1b[J";

QString codeText(const Error& error)
{
    QString text = u"%1 %2"_s.arg(errorName(error.code)).arg(static_cast<int>(error.code));
    if (error.dimseStatus) {
        text += u", 0x%1"_s.arg(*error.dimseStatus, 4, 16, QChar(u'0'));
    }
    return error.detail.isEmpty() ? text : QString(text + u": "_s + printable(error.detail));
}

} // namespace

Console::Console(std::FILE* out, std::FILE* err)
    : m_out(out)
    , m_err(err)
{
}

Console::~Console()
{
    clearProgress();
}

void Console::setOptions(const ConsoleOptions& options)
{
    m_options = options;
}

// Everything goes through here: progress is taken away, the text written, progress drawn again, in one write per
// stream so that nothing flickers.
void Console::write(std::FILE* stream, const QByteArray& bytes)
{
    const std::lock_guard lock(m_mutex);
    const bool hasProgress = !m_progress.isEmpty();
    if (stream == m_err) {
        const auto all = hasProgress ? QByteArray(eraseSequence() + bytes + drawSequence()) : bytes;
        std::fwrite(all.constData(), 1, static_cast<size_t>(all.size()), m_err);
        std::fflush(m_err);
        return;
    }
    if (hasProgress) {
        const auto erase = eraseSequence();
        std::fwrite(erase.constData(), 1, static_cast<size_t>(erase.size()), m_err);
        std::fflush(m_err);
    }
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
    std::fflush(stream);
    if (hasProgress) {
        const auto draw = drawSequence();
        std::fwrite(draw.constData(), 1, static_cast<size_t>(draw.size()), m_err);
        std::fflush(m_err);
    }
}

QByteArray Console::eraseSequence() const
{
    if (m_progress.isEmpty()) {
        return {};
    }
    // The cursor stands at the end of the last line.
    QByteArray sequence = "\r";
    if (m_progress.size() > 1) {
        sequence += "\x1b[" + QByteArray::number(m_progress.size() - 1) + 'A';
    }
    return sequence + kClearToEnd;
}

QByteArray Console::drawSequence() const
{
    QStringList lines;
    for (const auto& line : m_progress) {
        lines.append(cutToWidth(line, m_options.width - 1));
    }
    return lines.join(u'\n').toUtf8();
}

void Console::line(const QString& text)
{
    if (!m_options.json && !m_options.mute) {
        write(m_out, text.toUtf8() + '\n');
    }
}

void Console::note(const QString& text)
{
    if (!m_options.json && !m_options.quiet) {
        write(m_err, text.toUtf8() + '\n');
    }
}

void Console::complain(const QString& text)
{
    write(m_err, text.toUtf8() + '\n');
}

void Console::raw(const QByteArray& bytes)
{
    write(m_out, bytes);
}

void Console::event(const QString& event, QJsonObject fields)
{
    if (m_options.json) {
        fields.insert(u"event"_s, event);
        write(m_out, QJsonDocument(fields).toJson(QJsonDocument::Compact) + '\n');
    }
}

void Console::error(const Error& error)
{
    Console::error(error, app::errorText(error));
}

void Console::error(const Error& error, const app::ErrorText& text)
{
    event(u"error"_s,
        {{u"code"_s, static_cast<int>(error.code)}, {u"name"_s, errorName(error.code).toString()},
            {u"message"_s, text.happened}, {u"notDone"_s, text.notDone}, {u"next"_s, text.next},
            {u"detail"_s, error.detail}});
    if (m_options.json) {
        return;
    }
    complain(app::sentences({text.happened, text.notDone}));
    complain(text.next);
    complain(u"  ["_s + codeText(error) + u']');
}

void Console::setProgress(const QStringList& lines)
{
    if (!m_options.errorIsTerminal || m_options.quiet || m_options.json) {
        return;
    }
    const std::lock_guard lock(m_mutex);
    if (lines == m_progress) {
        return;
    }
    auto bytes = eraseSequence();
    m_progress = lines;
    bytes += drawSequence();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), m_err);
    std::fflush(m_err);
}

void Console::logLine(const QByteArray& line)
{
    write(m_err, line);
}

} // namespace radpost::cli
