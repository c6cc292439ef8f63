#pragma once

#include "tests/support/FakeScp.h"

#include "core/config/Destination.h"

#include "ui/main/MainWindow.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>

namespace radpost::app {
class DesktopProgram;
}

namespace radpost::test {

constexpr int kPatienceMs = 20'000;

/// One look of the program: language and theme as the configuration file has them.
struct Look
{
    QString language;
    QString theme;
};

/// The whole program before a camera, with peers that answer, reject, are silent or dead. Each page has a file of
/// scenes beside this one, and a function in scenes.h.
class Studio final
{
public:
    /// What a picture is taken of: the program with its window, and the window again.
    struct Stage
    {
        app::DesktopProgram& program;
        ui::MainWindow& window;
        QString home; ///< a folder that is removed after the scene; "data" in it is the data folder
        std::unique_ptr<QWidget> other = nullptr; ///< a window that the picture is taken of instead
    };
    using Scene = std::function<void(Stage& stage)>;
    enum class Ledger { Free, InUse };
    using Camera = std::function<void(const QString& scene, QWidget& window)>;

    /// Writes NAME-LANGUAGE-THEME.png into @p folder.
    Studio(Look look, const QString& folder);
    /// @p prepare is called when the window is there, @p camera when the scene is.
    Studio(Look look, Camera camera, std::function<void()> prepare);

    [[nodiscard]] const Look& look() const { return m_look; }
    [[nodiscard]] quint16 goodPort() const { return m_good.port(); }
    [[nodiscard]] quint16 rejectingPort() const { return m_rejecting.port(); }

    /// A configuration file in this look, without destinations.
    [[nodiscard]] QByteArray settings() const;
    /// MAIN-PACS answers, AI-NODE rejects our AE title, 云归档 is dead and 放射科工作站 is silent.
    [[nodiscard]] QByteArray destinations() const;

    /// Starts the program with @p toml (empty: without a configuration file), lets @p scene bring it into a state, and
    /// takes the picture.
    void play(const QString& name, const QByteArray& toml, const Scene& scene, Ledger ledger = Ledger::Free);

private:
    Look m_look;
    Camera m_camera;
    std::function<void()> m_prepare;
    FakeScp m_good;
    FakeScp m_rejecting;
    FakeScp m_silent;
    quint16 m_dead;
};

/// Turns to the page of that type.
template <typename PageType>
PageType& showPage(ui::MainWindow& window)
{
    auto* page = window.template findChild<PageType*>();
    for (int i = 0; i < window.pageCount(); ++i) {
        if (window.page(i) == page) {
            window.showPage(i);
        }
    }
    return *page;
}

} // namespace radpost::test
