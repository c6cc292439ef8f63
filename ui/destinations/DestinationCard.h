#pragma once

#include <QFrame>

class QLabel;
class QModelIndex;
class QPushButton;
class QToolButton;

namespace radpost::ui {

class DestinationTests;
class DoctorView;
class StatusDot;

/// One destination: what it is, how its last test ended, what it took today, and what can be done with it. Unfolds to
/// the steps of the test.
class DestinationCard final : public QFrame
{
    Q_OBJECT

public:
    DestinationCard(DestinationTests& tests, const QModelIndex& index, QWidget* parent = nullptr);

    [[nodiscard]] const QString& name() const { return m_name; }
    void show(const QModelIndex& index);

    [[nodiscard]] QPushButton* testButton() const { return m_test; }
    [[nodiscard]] QToolButton* editButton() const { return m_edit; }
    [[nodiscard]] QToolButton* removeButton() const { return m_remove; }
    [[nodiscard]] DoctorView* doctor() const { return m_doctor; }
    void setUnfolded(bool isUnfolded);
    /// Starts the test, when none runs, and shows its steps.
    void test();

Q_SIGNALS:
    void editAsked(const QString& name);
    void removeAsked(const QString& name);

protected:
    void changeEvent(QEvent* event) override;

private:
    QLayout* headRow();
    void retranslate();
    void testOrCancel();
    void showButtons();

    DestinationTests& m_tests;
    QString m_name;
    bool m_isRunning = false;
    bool m_isUnfolded = false;
    StatusDot* m_dot;
    QLabel* m_title;
    QLabel* m_address;
    QLabel* m_lock;
    QLabel* m_status;
    QLabel* m_delivered;
    QLabel* m_failed;
    QToolButton* m_fold;
    QPushButton* m_test;
    QToolButton* m_edit;
    QToolButton* m_remove;
    DoctorView* m_doctor;
};

} // namespace radpost::ui
