#pragma once

#include "ui/common/ActivityMonitor.h"
#include "ui/common/StatusDot.h"
#include "ui/main/NavigationRail.h"

#include <QList>
#include <QPointer>
#include <QWidget>

class QDialog;
class QStackedWidget;

namespace radpost::ui {

class Backend;
class BottomStrip;
class ConfigStore;
class KeyTips;
class Page;
class ProblemList;
class ReceiveSign;

/// Of a new window on a screen with this much room.
[[nodiscard]] QSize sizeAtFirst(const QSize& room);

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
    [[nodiscard]] KeyTips& keyTips() { return *m_keyTips; }
    [[nodiscard]] BottomStrip& strip() { return *m_strip; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] ActivityMonitor& activity() { return m_activity; }

    /// How receiving stands, in the header of each page that was added; until the first call nothing is shown.
    void setReceiving(Status status, const QString& text);
    [[nodiscard]] QString receivingText() const;

    /// Opens the list of keys, or brings it to the front.
    void showKeyboardHelp();
    /// To the field of the page that is shown, if it has one.
    void focusSearch();

    /// Puts @p widget in the place of rail and pages, or, with nullptr, brings those back. Takes it over.
    void setCover(QWidget* widget);
    [[nodiscard]] QWidget* cover() const { return m_cover; }

Q_SIGNALS:
    /// The window was told to close, and did not: what that means is for the owner to say.
    void closeAsked();
    void pageShown(int index);
    void receiveAsked();

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void layOut();
    void addShortcuts();
    void putStripLast();
    void addSigns(const Page& page);
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
    KeyTips* m_keyTips;
    QList<ReceiveSign*> m_signs;
    QPointer<QDialog> m_help;
};

} // namespace radpost::ui
