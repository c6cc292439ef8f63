#pragma once

#include "core/observe/LogEntry.h"

#include "ui/common/Page.h"
#include "ui/log/SupportRun.h"

#include <QTimer>

class QCheckBox;
class QFrame;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace radpost::ui {

class ConfigStore;
class EmptyState;
class LogFilterBar;
class LogModel;
class PageHeader;
class ProblemList;
class TraceCard;
class TraceModel;

/// What happened, a trace of one destination, and what support needs.
class LogPage final : public Page
{
    Q_OBJECT

public:
    LogPage(observe::Journal& journal, ConfigStore& config, Backend& backend, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;

    enum class View { Events, Trace };
    void showView(View view);
    void setMasking(observe::Masking masking);
    /// The chosen lines, or all that are shown when none is chosen.
    void copyLines();
    void askSave();
    void saveBundle(const QString& file);

    /// "events", "empty", "no-match", "trace" or "trace-empty": what the page shows.
    [[nodiscard]] QString shownState() const;
    [[nodiscard]] LogModel* model() const { return m_model; }
    [[nodiscard]] TraceModel* traceModel() const { return m_traceModel; }
    [[nodiscard]] QTreeView* list() const { return m_list; }
    [[nodiscard]] QTreeView* traceTree() const { return m_tree; }
    [[nodiscard]] LogFilterBar* filter() const { return m_filter; }
    [[nodiscard]] TraceCard* trace() const { return m_trace; }
    [[nodiscard]] QCheckBox* unmaskBox() const { return m_unmask; }
    [[nodiscard]] QCheckBox* followBox() const { return m_follow; }
    /// The whole text of the line that is current.
    [[nodiscard]] QLabel* detail() const { return m_detail; }
    [[nodiscard]] QPushButton* saveButton() const { return m_save; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] SupportRun& support() { return m_support; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    QWidget* buildWork();
    QWidget* buildSide();
    QFrame* buildPrivacyCard();
    QFrame* buildFilesCard();
    void wire();
    void retranslate();
    void look();
    void lookAtErrors();
    void lookAtFiles();
    void showState();
    void showDestinations();
    void followPrivacy();
    void showDetail();
    void scrollToEnd();
    void tellSaved(const QString& file, const engine::SupportBundleFacts& facts);

    observe::Journal& m_journal;
    ConfigStore& m_config;
    SupportRun m_support;
    QTimer m_timer;
    qint64 m_errorsSeen = 0;
    int m_badge = 0;
    View m_view = View::Events;
    LogModel* m_model;
    TraceModel* m_traceModel;
    PageHeader* m_header;
    ProblemList* m_problems;
    QPushButton* m_copy;
    QPushButton* m_save;
    QPushButton* m_eventsSegment;
    QPushButton* m_traceSegment;
    LogFilterBar* m_filter;
    QStackedWidget* m_body;
    QTreeView* m_list;
    QTreeView* m_tree;
    EmptyState* m_empty;
    EmptyState* m_noMatch;
    EmptyState* m_noTrace;
    QPushButton* m_clear;
    QCheckBox* m_follow;
    QFrame* m_detailFrame;
    QLabel* m_detail;
    TraceCard* m_trace;
    QLabel* m_privacyTitle;
    QCheckBox* m_unmask;
    QLabel* m_privacyText;
    QLabel* m_filesTitle;
    QLabel* m_filesText;
    QPushButton* m_openFolder;
};

} // namespace radpost::ui
