#pragma once

#include "core/base/Result.h"
#include "core/config/Settings.h"

#include <QHash>
#include <QWidget>

#include <array>
#include <memory>
#include <optional>

class QLabel;
class QPushButton;
class QScrollArea;

namespace radpost::ui {

class Background;
class ConfigStore;
class DestinationForm;
class DoctorRun;
class DoctorView;
class FieldRow;
class ProblemList;
class SettingsForm;

/// The three questions of a start without a configuration file: language, AE title, first destination with its test.
/// What was answered is written at the end, or when the rest is skipped; either way there is a file then, and nobody is
/// asked again. GUI thread.
class FirstStart final : public QWidget
{
    Q_OBJECT

public:
    enum class Step { Language, Identity, Destination };

    FirstStart(ConfigStore& config, Background& network, QWidget* parent = nullptr);
    ~FirstStart() override;
    Q_DISABLE_COPY_MOVE(FirstStart)

    [[nodiscard]] Step step() const { return m_step; }
    /// Puts the keyboard where the question is answered.
    void focusQuestion();

    [[nodiscard]] FieldRow* row(const QString& key) const { return m_rows.value(key); }
    [[nodiscard]] QPushButton* nextButton() const { return m_next; }
    [[nodiscard]] QPushButton* backButton() const { return m_back; }
    [[nodiscard]] QPushButton* skipButton() const { return m_skip; }
    [[nodiscard]] QPushButton* testButton() const { return m_test; }
    [[nodiscard]] DoctorView* doctor() const { return m_doctor; }
    /// nullptr: what was entered last is not tested.
    [[nodiscard]] const DoctorRun* test() const { return m_run.get(); }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }

Q_SIGNALS:
    /// As the setting is written, "" for the system's. Not saved yet.
    void languageChosen(const QString& language);
    /// The answers are in the file, or could not be written and the person went on.
    void finished();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildColumn();
    QWidget* buildQuestion(const QString& key);
    QWidget* buildDestination();
    QWidget* buildFoot();
    FieldRow* makeDestinationRow(const QString& key);
    void connectAll();
    void retranslate();
    void showStep(Step step);
    void showTestButton();
    void next();
    void back();
    void testOrCancel();
    void dropTest();
    [[nodiscard]] std::optional<config::Destination> checkedDestination();
    void save(const std::optional<config::Destination>& destination);
    void takeOutcome(const Result<>& outcome);

    ConfigStore& m_config;
    Background& m_network;
    SettingsForm* m_settings;
    DestinationForm* m_destination;
    std::optional<QString> m_language;
    std::optional<AeTitle> m_aeTitle;
    std::unique_ptr<DoctorRun> m_run;
    Step m_step = Step::Language;
    QHash<QString, FieldRow*> m_rows;
    std::array<QWidget*, 3> m_cards{};
    QLabel* m_progress;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_later;
    QScrollArea* m_scroll;
    DoctorView* m_doctor;
    ProblemList* m_problems;
    QPushButton* m_test;
    QPushButton* m_skip;
    QPushButton* m_back;
    QPushButton* m_next;
};

} // namespace radpost::ui
