#pragma once

#include "core/engine/Inspection.h"

#include "ui/send/CheckRun.h"

#include <QWidget>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace radpost::ui {

class SeriesPreview;

/// What the page knows of the series that is selected.
struct SeriesFacts
{
    engine::SeriesNode series;
    engine::TreeWarnings warnings; ///< of the study and the patient too
    std::vector<SeriesVerdict> verdicts;
};

/// The selected series: its pictures, what the destinations make of it, and what is odd about it.
class SeriesPane final : public QWidget
{
    Q_OBJECT

public:
    explicit SeriesPane(QWidget* parent = nullptr);

    void show(const SeriesFacts& facts);
    /// The files of the series that is shown, for its pictures.
    void setInstances(const std::vector<engine::SeriesInstance>& instances);
    void clear();
    /// Of a patient or study that is selected, which has no pictures of its own.
    void showWarnings(const engine::TreeWarnings& warnings);
    [[nodiscard]] SeriesPreview* preview() const { return m_preview; }

private:
    void clearLines();
    static void addLine(QVBoxLayout& lines, const QString& role, const QString& text);

    QString m_shownTitle;
    SeriesPreview* m_preview;
    QLabel* m_sum;
    QLabel* m_place;
    QVBoxLayout* m_warnings; ///< above the picture: they are to be seen without scrolling
    QVBoxLayout* m_lines;
};

} // namespace radpost::ui
