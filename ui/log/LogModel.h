#pragma once

#include "core/observe/LogRing.h"

#include <QAbstractTableModel>
#include <QString>

#include <deque>
#include <optional>

namespace radpost::ui {

/// What is looked for in the log; all that is set must hold.
struct LogFilter
{
    observe::LogLevel level = observe::LogLevel::Debug; ///< and what is worse
    std::optional<qint64> job;
    QString destination; ///< empty: any
    QString text;        ///< every word of it is in the entry as it is shown; no regard to case
    friend bool operator==(const LogFilter&, const LogFilter&) = default;
};

/// The entries of the ring that pass the filter, oldest first. It takes what is new by fetch(), a bounded number at a
/// time, and drops what has left the ring. Knows no widget. GUI thread.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Level, Job, Destination, Text, ColumnCount };
    enum Role { LevelRole = Qt::UserRole };

    static constexpr std::size_t kAtOnce = 1000;

    explicit LogModel(const observe::LogRing& ring, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const LogFilter& filter() const { return m_filter; }
    /// Begins again with the oldest entry; fetch() brings them.
    void setFilter(const LogFilter& filter);
    [[nodiscard]] observe::Masking masking() const { return m_masking; }
    void setMasking(observe::Masking masking);

    /// @return whether there is more to fetch.
    bool fetch();

    [[nodiscard]] const observe::LogEntry& entry(const QModelIndex& index) const;
    void retranslate();

private:
    [[nodiscard]] bool passes(const observe::LogEntry& entry) const;
    void dropGone(qint64 first);
    void append(std::vector<observe::LogEntry> entries);

    const observe::LogRing& m_ring;
    LogFilter m_filter;
    QStringList m_words; ///< of the filter's text
    observe::Masking m_masking = observe::Masking::On;
    std::deque<observe::LogEntry> m_rows;
    qint64 m_next = 1; ///< number of the first entry that was not looked at
};

} // namespace radpost::ui
