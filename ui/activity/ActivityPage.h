#pragma once

#include "core/base/Error.h"
#include "core/base/StrongId.h"

#include "ui/activity/JobActions.h"
#include "ui/common/Page.h"

#include <QHash>
#include <QList>

class QModelIndex;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace radpost::ui {

class ActivityFilter;
class ActivityMonitor;
class Backend;
class ConfigStore;
class EmptyState;
class JobCard;
class JobListModel;
class JobMenu;
class PageHeader;
class ProblemList;
class ReceiptView;

/// Running and past jobs as cards, with all that can be done with them.
class ActivityPage final : public Page
{
    Q_OBJECT

public:
    ActivityPage(Backend& backend, ConfigStore& config, ActivityMonitor& monitor, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;

    /// Leaves receipt and search, and brings the cards of @p jobs into view as soon as they are there.
    void showJobs(const QList<radpost::JobId>& jobs);
    void openReceipt(JobId job);
    void closeReceipt();

    [[nodiscard]] JobCard* card(JobId job) const;
    [[nodiscard]] JobListModel* model() const { return m_model; }
    [[nodiscard]] ActivityFilter* filter() const { return m_filter; }
    [[nodiscard]] ReceiptView* receipt() const { return m_receipt; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] JobActions& actions() { return m_actions; }
    [[nodiscard]] JobMenu* menu() const { return m_menu; }
    /// "list", "empty" or "no-match": what the page shows.
    [[nodiscard]] QString shownState() const;

Q_SIGNALS:
    void editWanted(const QString& destination);
    void testWanted(const QString& destination);

private:
    void copyStop(JobId job);
    void layOut();
    void follow();
    QWidget* buildList();
    void retranslate();
    void insertRows(int first, int last);
    void removeRows(int first, int last);
    void refreshRows(int first, int last);
    QWidget* makeRow(const QModelIndex& index);
    void showRow(QWidget& widget, const QModelIndex& index);
    void showState();
    void showError(const Error& error);
    void openMenu(JobId job, const QPoint& at);
    void readDestinations();
    void fetchIfAtEnd();
    void revealWanted();

    Backend& m_backend;
    ConfigStore& m_config;
    ActivityMonitor& m_monitor;
    JobActions m_actions;
    JobListModel* m_model;
    QStackedWidget* m_stack;
    QStackedWidget* m_body;
    PageHeader* m_header;
    ActivityFilter* m_filter;
    ProblemList* m_problems;
    EmptyState* m_empty;
    EmptyState* m_noMatch;
    QPushButton* m_clear;
    QScrollArea* m_scroll = nullptr;
    QVBoxLayout* m_rows = nullptr;
    JobMenu* m_menu;
    ReceiptView* m_receipt = nullptr;
    QList<QWidget*> m_widgets; // one for each row of the model
    QList<JobId> m_wanted;
};

} // namespace radpost::ui
