#pragma once

#include <QPointer>
#include <QStringList>
#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace radpost::ui {

class DoctorRun;

/// The steps of an examination from top to bottom, each with its mark and time as it ends; below them what a failure
/// means, what to do, and the text for the administrator.
class DoctorView final : public QWidget
{
    Q_OBJECT

public:
    explicit DoctorView(QWidget* parent = nullptr);

    /// Follows @p run as long as it lives. Whether the view is shown is for its owner to say.
    void setRun(DoctorRun* run);

    [[nodiscard]] QPushButton* copyButton() const { return m_copy; }
    /// For tests: what is shown, a line each.
    [[nodiscard]] QStringList lines() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildSteps();
    void buildOutcome();
    void refresh();
    void showSteps();
    void showNotes();
    void showOutcome();
    void copy();

    struct StepRow
    {
        QLabel* mark = nullptr;
        QLabel* text = nullptr;
        QLabel* time = nullptr;
    };
    QPointer<DoctorRun> m_run;
    QVBoxLayout* m_column;
    std::vector<StepRow> m_steps;
    QLabel* m_notes = nullptr;
    QWidget* m_outcome = nullptr;
    QLabel* m_heading = nullptr;
    QLabel* m_meaning = nullptr;
    QLabel* m_advice = nullptr;
    QLabel* m_code = nullptr;
    QPushButton* m_copy = nullptr;
    QLabel* m_copied = nullptr;
};

} // namespace radpost::ui
