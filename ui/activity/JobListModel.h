#pragma once

#include "ui/activity/JobFacts.h"
#include "ui/activity/RateHistory.h"

#include "core/base/Error.h"

#include <QAbstractListModel>
#include <QTimer>

#include <map>

namespace radpost::engine {
class Engine;
}

namespace radpost::ui {

class Backend;

/// The jobs as rows: those that are open or need a person, then the days on which others ended, each followed by its
/// jobs when it is unfolded. Asks the ledger on worker threads, in pages; of answers under way the newest counts. What
/// runs is kept up by the engine's events. GUI thread.
class JobListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Kind { Job, Day };
    enum Role {
        KindRole = Qt::UserRole, ///< int of Kind
        FactsRole,               ///< JobFacts, of a job
        DayRole,                 ///< QDate, of a day
        DayCountRole,            ///< qint64: jobs of the day
        DayShownRole,            ///< qint64: how many of them stand below
        UnfoldedRole,            ///< bool, of a day
    };

    explicit JobListModel(Backend& backend, QObject* parent = nullptr);

    void setFilter(const store::JobFilter& filter);
    [[nodiscard]] const store::JobFilter& filter() const { return m_query.filter; }
    /// Asks the ledger again.
    void refresh();
    void setUnfolded(const QDate& day, bool isUnfolded);
    void showMoreOf(const QDate& day);

    /// Something was read since the ledger was opened.
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    [[nodiscard]] QModelIndex indexOf(JobId job) const;
    [[nodiscard]] const RateHistory& rates(JobId job) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void loaded();
    void failed(const radpost::Error& error);

private:
    struct Row
    {
        Kind kind = Kind::Job;
        JobFacts facts;
        store::DayEntry day;
        qint64 shown = 0;
        bool isUnfolded = false;
        [[nodiscard]] bool isSame(const Row& other) const; ///< the same job or day
        friend bool operator==(const Row&, const Row&) = default;
    };
    struct Answer
    {
        engine::JobList list;
        std::map<JobId, queue::JobProgress> progress;
    };
    using Asked = Result<Answer>;

    static Asked read(engine::Engine& engine, const engine::JobListQuery& query);
    void followState();
    void ask();
    void take(Asked answer, const QList<JobId>& atRest);
    void takeProgress(const queue::JobProgress& progress);
    void sampleRates();
    [[nodiscard]] Row jobRow(const store::JobEntry& entry) const;
    [[nodiscard]] QList<Row> rowsOf(const engine::JobList& list) const;
    void become(const QList<Row>& rows);
    void tellChanged(int row) { Q_EMIT dataChanged(index(row), index(row)); }

    Backend& m_backend;
    engine::JobListQuery m_query;
    QList<Row> m_rows;
    std::map<JobId, queue::JobProgress> m_live;
    std::map<JobId, RateHistory> m_rates;
    QTimer m_poll;    // while another process sends
    QTimer m_samples; // while something runs
    int m_asked = 0;
    bool m_isAsking = false;
    bool m_mustAskAgain = false;
    bool m_isLoaded = false;
    bool m_hasMoreOpen = false;
    bool m_hasMoreDays = false;
};

} // namespace radpost::ui
