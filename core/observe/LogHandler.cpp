#include "core/observe/LogHandler.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QTimeZone>

#include <cstdio>
#include <mutex>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::observe {

namespace {

struct HandlerState
{
    std::mutex mutex; // guards options and every call of the sink
    LogOptions options;
};

HandlerState& state()
{
    // Never destroyed: threads may still log while the process ends.
    static auto* const instance = new HandlerState;
    return *instance;
}

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return LogLevel::Debug;
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return LogLevel::Error;
}

QString levelName(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return u"debug"_s;
    case LogLevel::Info:
        return u"info"_s;
    case LogLevel::Warning:
        return u"warning"_s;
    case LogLevel::Error:
        break;
    }
    return u"error"_s;
}

QString moduleName(const QByteArray& category)
{
    const auto prefix = "radpost."_ba;
    return QString::fromLatin1(category.startsWith(prefix) ? category.mid(prefix.size()) : category);
}

QString timeText(Clock::WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

QString escaped(const QString& message)
{
    QString safe;
    safe.reserve(message.size());
    for (const QChar c : message) {
        if (c.category() == QChar::Other_Control) {
            safe += u"\\x%1"_s.arg(int{c.unicode()}, 2, 16, QChar(u'0'));
        } else {
            safe += c;
        }
    }
    return safe;
}

void handleMessage(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const auto level = levelOf(type);
    auto& handler = state();
    const std::lock_guard lock(handler.mutex);
    if (level < handler.options.threshold) {
        return;
    }
    const LogRecord record{level, QByteArray(context.category), message, SystemClock().now()};
    if (handler.options.recordSink) {
        handler.options.recordSink(record);
        return;
    }
    const auto line = formatLogLine(handler.options.format, record);
    if (handler.options.sink) {
        handler.options.sink(line);
    } else {
        std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
    }
}

// What is below the threshold is not even formatted by its caller.
QString filterRules(LogLevel threshold)
{
    return u"radpost.*.debug=%1\nradpost.*.info=%2\nradpost.*.warning=%3\n"_s.arg(
        threshold <= LogLevel::Debug ? u"true"_s : u"false"_s, threshold <= LogLevel::Info ? u"true"_s : u"false"_s,
        threshold <= LogLevel::Warning ? u"true"_s : u"false"_s);
}

} // namespace

QByteArray formatLogLine(LogFormat format, const LogRecord& record)
{
    if (format == LogFormat::JsonLines) {
        const QJsonObject object{{u"time"_s, timeText(record.time)}, {u"level"_s, levelName(record.level)},
            {u"module"_s, moduleName(record.category)}, {u"message"_s, record.message}};
        return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    }
    const QString line = timeText(record.time) + u' ' + levelName(record.level) + u' ' + moduleName(record.category) +
        u": "_s + escaped(record.message) + u'\n';
    return line.toUtf8();
}

void installLogHandler(LogOptions options)
{
    const auto threshold = options.threshold;
    {
        auto& handler = state();
        const std::lock_guard lock(handler.mutex);
        handler.options = std::move(options);
    }
    QLoggingCategory::setFilterRules(filterRules(threshold));
    qInstallMessageHandler(handleMessage);
}

} // namespace radpost::observe
