#pragma once

#include "core/queue/Receipt.h"

#include <QWidget>

#include <memory>

class QPrinter;
class QPushButton;
class QTextBrowser;

namespace radpost::ui {

class Backend;
class PageHeader;
class ProblemList;

/// What became of a job, to be read, copied, printed and saved. GUI thread; the receipt is read on a worker thread.
class ReceiptView final : public QWidget
{
    Q_OBJECT

public:
    /// In a table of the view; the files hold all.
    static constexpr qsizetype kMostRows = 200;

    enum class Patients { Named, Masked }; ///< on the screen, on paper and in files alike

    ReceiptView(Backend& backend, JobId job, Patients patients, QWidget* parent = nullptr);

    [[nodiscard]] JobId job() const { return m_job; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] ProblemList& problems() { return *m_problems; }

    void copy();
    void print();
    void askSave();
    void saveTo(const QString& path);

Q_SIGNALS:
    void left();
    void loaded();

private:
    void retranslate();
    void load();
    void show(const QString& html);
    void printOn(const std::shared_ptr<QPrinter>& printer);

    Backend& m_backend;
    const JobId m_job;
    const Patients m_patients;
    QString m_fileName; ///< that is proposed, without an ending
    PageHeader* m_header;
    ProblemList* m_problems;
    QTextBrowser* m_text;
    QPushButton* m_back;
    QPushButton* m_copy;
    QPushButton* m_print;
    QPushButton* m_save;
};

} // namespace radpost::ui
