#pragma once

#include "core/engine/Traces.h"
#include "core/observe/LogEntry.h"

#include <QAbstractItemModel>

#include <map>
#include <memory>
#include <vector>

namespace radpost::ui {

/// The records of a trace, one row each, with their particulars below. Takes what is new by fetch(), a bounded number
/// at a time; a record is put into words when somebody looks at it or unfolds it. Knows no widget. GUI thread.
class TraceModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Time, Association, Direction, Text, ColumnCount };

    static constexpr std::size_t kAtOnce = 500;

    using QAbstractItemModel::QAbstractItemModel;

    /// nullptr: nothing.
    void setLog(std::shared_ptr<net::TraceLog> log);
    [[nodiscard]] const std::shared_ptr<net::TraceLog>& log() const { return m_log; }
    void setMasking(observe::Masking masking);

    /// @return whether there is more to fetch.
    bool fetch();

    [[nodiscard]] const std::vector<net::TraceRecord>& records() const { return m_records; }
    /// With their particulars, in order; those of a particular's record, too, each once.
    [[nodiscard]] QString textOf(const QModelIndexList& indexes) const;
    void retranslate();

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] std::size_t recordOf(const QModelIndex& index) const;
    [[nodiscard]] bool isFolded(const QModelIndex& record) const;
    void renewParticulars();
    void clear();

    std::shared_ptr<net::TraceLog> m_log;
    std::vector<net::TraceRecord> m_records;
    std::map<std::size_t, QStringList> m_particulars; ///< of the records that were unfolded
    qint64 m_next = 1;
    observe::Masking m_masking = observe::Masking::On;
};

} // namespace radpost::ui
