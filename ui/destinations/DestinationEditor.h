#pragma once

#include "core/config/Settings.h"
#include "core/engine/Traces.h"

#include <QHash>
#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace radpost::ui {

class Background;
class DestinationForm;
class DoctorRun;
class DoctorView;
class FieldRow;
class FoldSection;
class PageHeader;
class ProblemList;

/// Every setting of one destination, judged at the field; a test of what is entered, before it is saved.
class DestinationEditor final : public QWidget
{
    Q_OBJECT

public:
    enum class Purpose { Add, Change };

    /// @p others: the destinations that it must not collide with.
    DestinationEditor(const config::Destination& initial, std::vector<config::Destination> others,
        AeTitle callingAeTitle, Background& network, Purpose purpose, QWidget* parent = nullptr);
    ~DestinationEditor() override;

    /// Tests of a destination that is traced are recorded there.
    void setTraces(std::shared_ptr<engine::Traces> traces) { m_traces = std::move(traces); }

    [[nodiscard]] DestinationForm& form() { return *m_form; }
    [[nodiscard]] FieldRow* row(const QString& key) const { return m_rows.value(key); }
    [[nodiscard]] QPushButton* saveButton() const { return m_save; }
    [[nodiscard]] QPushButton* testButton() const { return m_test; }
    [[nodiscard]] DoctorView* doctor() const { return m_doctor; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] const QString& initialName() const { return m_initialName; }
    [[nodiscard]] Purpose purpose() const { return m_purpose; }
    [[nodiscard]] FoldSection* section(int index) const { return m_sections.value(index); }

Q_SIGNALS:
    void saveAsked(const radpost::config::Destination& destination);
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    QWidget* buildFields();
    QWidget* buildTest();
    void retranslate();
    void showRelevant();
    void showTestButton();
    void save();
    void testOrCancel();
    [[nodiscard]] bool checkFields();
    void leave();

    Purpose m_purpose;
    QString m_initialName;
    AeTitle m_callingAeTitle;
    Background& m_network;
    std::shared_ptr<engine::Traces> m_traces;
    DestinationForm* m_form;
    std::unique_ptr<DoctorRun> m_run;
    QHash<QString, FieldRow*> m_rows;
    QList<FoldSection*> m_sections;
    PageHeader* m_header;
    ProblemList* m_problems;
    QScrollArea* m_scroll;
    DoctorView* m_doctor;
    QToolButton* m_back;
    QLabel* m_addressTitle;
    QLabel* m_testTitle;
    QLabel* m_testText;
    QPushButton* m_test;
    QPushButton* m_save;
    QPushButton* m_cancel;
};

} // namespace radpost::ui
