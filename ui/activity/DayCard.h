#pragma once

#include <QDate>
#include <QWidget>

class QPushButton;

namespace radpost::ui {

/// The head of a day on which jobs ended; folds and unfolds them.
class DayCard final : public QWidget
{
    Q_OBJECT

public:
    explicit DayCard(const QDate& day, QWidget* parent = nullptr);

    [[nodiscard]] const QDate& day() const { return m_day; }
    void show(qint64 jobs, qint64 shown, bool isUnfolded);
    [[nodiscard]] QPushButton* button() const { return m_button; }
    [[nodiscard]] QPushButton* moreButton() const { return m_more; }

Q_SIGNALS:
    void unfoldAsked(const QDate& day, bool isUnfolded);
    void moreAsked(const QDate& day);

private:
    void refresh();

    const QDate m_day;
    qint64 m_jobs = 0;
    qint64 m_shown = 0;
    bool m_isUnfolded = false;
    QPushButton* m_button;
    QPushButton* m_more;
};

} // namespace radpost::ui
