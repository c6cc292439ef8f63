#pragma once

#include "ui/common/ActivityMonitor.h"
#include "ui/main/NavigationRail.h"

#include <QWidget>

class QStackedWidget;

namespace radpost::ui {

class Backend;
class BottomStrip;
class ConfigStore;
class Page;
class ProblemList;

/// The frame: the rail, the page that is chosen, what holds for all pages, and the strip that says what moves.
class MainWindow final : public QWidget
{
    Q_OBJECT

public:
    MainWindow(Backend& backend, ConfigStore& config, QWidget* parent = nullptr);

    /// In the order of the rail. The first one is shown at the start.
    void addPage(Page* page, NavigationRail::Place place = NavigationRail::Place::Top);
    void showPage(int index);
    void showPage(Page* page);
    [[nodiscard]] Page* currentPage() const;
    [[nodiscard]] Page* page(int index) const;
    [[nodiscard]] int pageCount() const;

    [[nodiscard]] NavigationRail& rail() { return *m_rail; }
    [[nodiscard]] BottomStrip& strip() { return *m_strip; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] ActivityMonitor& activity() { return m_activity; }

    /// Puts @p widget in the place of rail and pages, or, with nullptr, brings those back. Takes it over.
    void setCover(QWidget* widget);
    [[nodiscard]] QWidget* cover() const { return m_cover; }

Q_SIGNALS:
    /// The window was told to close, and did not: what that means is for the owner to say.
    void closeAsked();
    void pageShown(int index);

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void layOut();
    void showBackendState();
    void showConfigFault();

    Backend& m_backend;
    ConfigStore& m_config;
    ActivityMonitor m_activity;
    NavigationRail* m_rail;
    QWidget* m_frame;
    QWidget* m_cover = nullptr;
    QStackedWidget* m_pages;
    ProblemList* m_problems;
    BottomStrip* m_strip;
};

} // namespace radpost::ui
