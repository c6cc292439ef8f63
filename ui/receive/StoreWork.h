#pragma once

#include "core/base/Error.h"
#include "core/store/SpoolOverviewTypes.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QTreeView;

namespace radpost::ui {

class ArrivalActions;
class ArrivalsModel;
class Backend;
class ConfigStore;
class ElidedLabel;
class EmptyState;
class Receiver;

/// What the gateway received, as a tree with how each study stands, and what can be done with what is chosen.
class StoreWork final : public QWidget
{
    Q_OBJECT

public:
    StoreWork(
        ConfigStore& config, Backend& backend, Receiver& receiver, ArrivalActions& actions, QWidget* parent = nullptr);

    /// Reads again, now; while it is not visible, when it is shown.
    void refresh();
    void sendOn(const QString& destination);
    void release();
    /// What is held of the chosen ones is not to be sent; somebody is asked first.
    void askToDrop();
    void exportTo(const QString& folder);

    [[nodiscard]] QTreeView* studies() const { return m_view; }
    [[nodiscard]] ArrivalsModel& model() const { return *m_model; }
    [[nodiscard]] QLineEdit* searchField() const { return m_search; }
    [[nodiscard]] QComboBox* filterField() const { return m_filter; }
    [[nodiscard]] QPushButton* sendButton() const { return m_send; }
    [[nodiscard]] QPushButton* releaseButton() const { return m_release; }
    [[nodiscard]] QPushButton* saveButton() const { return m_save; }
    [[nodiscard]] QLabel* detail() const { return m_detail; }

Q_SIGNALS:
    void readFailed(const radpost::Error& error);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    void wire();
    void retranslate();
    [[nodiscard]] QString nextStep() const;
    void showList();
    void showSelection();
    void showDetail();
    void applyFilter();
    void askForFolder();
    void completeNow();
    void fillMore();
    [[nodiscard]] QList<const store::SpoolEntry*> chosen() const;
    [[nodiscard]] store::SpoolChoice choice() const;
    [[nodiscard]] QString countOfChosen() const;

    ConfigStore& m_config;
    Backend& m_backend;
    Receiver& m_receiver;
    ArrivalActions& m_actions;
    ArrivalsModel* m_model;
    QLabel* m_title;
    ElidedLabel* m_held;
    QLineEdit* m_search;
    QComboBox* m_filter;
    QPushButton* m_release;
    QPushButton* m_save;
    QPushButton* m_send;
    QMenu* m_sendMenu;
    QPushButton* m_more;
    QMenu* m_moreMenu;
    QTreeView* m_view;
    EmptyState* m_nothing;
    EmptyState* m_noMatch;
    QLabel* m_detail;
    QTimer m_typed;
    bool m_isStale = true;
    QString m_holds;           ///< why they are held, of what is selected
    QString m_holdsOf;         ///< which that is
    quint64 m_detailRound = 0; ///< an answer for another selection is not shown
};

} // namespace radpost::ui
