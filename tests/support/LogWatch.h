#pragma once

#include <QByteArray>
#include <QString>
#include <QtGlobal>

#include <atomic>

namespace radpost::test {

/// Counts what is logged with @p part in it, on any thread. One at a time; begins before the threads it watches.
class LogWatch final
{
public:
    explicit LogWatch(QString part)
    {
        s_part = std::move(part);
        s_count = 0;
        s_before = qInstallMessageHandler(&LogWatch::take);
    }
    ~LogWatch() { qInstallMessageHandler(s_before); }
    Q_DISABLE_COPY_MOVE(LogWatch)

    [[nodiscard]] int count() const { return s_count; }

private:
    static void take(QtMsgType type, const QMessageLogContext& context, const QString& text)
    {
        s_count += text.contains(s_part) ? 1 : 0;
        if (s_before != nullptr) {
            s_before(type, context, text);
        }
    }

    static inline QString s_part;
    static inline std::atomic<int> s_count{0};
    static inline QtMessageHandler s_before = nullptr;
};

} // namespace radpost::test
