#pragma once

#include "core/engine/Inspection.h"

#include "ui/send/CheckRun.h"

#include <QWidget>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace radpost::ui {

/// What the page knows of the series that is selected.
struct SeriesFacts
{
    engine::SeriesNode series;
    engine::TreeWarnings warnings; ///< of the study and the patient too
    std::vector<SeriesVerdict> verdicts;
};

/// The selected series: what it is, what the destinations make of it, and what is odd about it.
class SeriesPane final : public QWidget
{
    Q_OBJECT

public:
    explicit SeriesPane(QWidget* parent = nullptr);

    void show(const SeriesFacts& facts);
    /// The files of the series that is shown, for a picture of it.
    void setInstances(const std::vector<engine::SeriesInstance>& instances);
    void clear();

private:
    void addLine(const QString& role, const QString& text);

    QLabel* m_title;
    QLabel* m_shape;
    QLabel* m_place;
    QVBoxLayout* m_lines;
};

} // namespace radpost::ui
