#pragma once

#include "core/observe/LogEntry.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::ui {

/// Entries of the log in the user's language. Lines of the program's own log stay as they were written.
struct LogWords
{
    Q_DECLARE_TR_FUNCTIONS(LogWords)

public:
    [[nodiscard]] static QString text(const observe::LogEntry& entry, observe::Masking masking);
    [[nodiscard]] static QString level(observe::LogLevel level);
    /// One line for the clipboard.
    [[nodiscard]] static QString line(const observe::LogEntry& entry, observe::Masking masking);
};

} // namespace radpost::ui
