// Makes a picture of every screen and state, in both languages and both themes: radpost_screenshots FOLDER.
// scripts/screenshots.sh starts it under Xvfb.

#include "tests/support/FakeScp.h"

#include "app/desktop/DesktopProgram.h"
#include "core/config/ConfigText.h"
#include "ui/destinations/DestinationCard.h"
#include "ui/destinations/DestinationEditor.h"
#include "ui/destinations/DestinationForm.h"
#include "ui/destinations/DestinationsPage.h"
#include "ui/common/ProblemList.h"
#include "ui/common/StatusDot.h"
#include "ui/doctor/DoctorView.h"
#include "ui/forms/FieldRow.h"
#include "ui/forms/FoldSection.h"
#include "ui/main/MainWindow.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QLineEdit>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatienceMs = 20'000;

/// One look of the program: language and theme as the configuration file has them.
struct Look
{
    QString language;
    QString theme;
};

config::Destination destination(const QString& name, const QByteArray& title, quint16 port)
{
    config::Destination made;
    made.name = name;
    made.host = u"127.0.0.1"_s;
    made.port = port;
    made.calledAeTitle = {title};
    return made;
}

/// The program with peers that answer, reject, are silent or dead.
class Studio final
{
public:
    explicit Studio(Look look, QString folder)
        : m_look(std::move(look))
        , m_folder(std::move(folder))
    {
    }

    void shootAll();

private:
    using Scene = std::function<void(DestinationsPage& page)>;

    [[nodiscard]] QByteArray settings() const;
    [[nodiscard]] QByteArray destinations() const;
    enum class Ledger { Free, InUse };
    void play(const QString& name, const QByteArray& toml, const Scene& scene, Ledger ledger = Ledger::Free);
    void shoot(const QString& name);
    void shootDestinations();
    void shootEditor();
    void shootSettings();
    void shootTroubles();

    static void finishTests(DestinationsPage& page, const QStringList& names);

    Look m_look;
    QString m_folder;
    MainWindow* m_window = nullptr;
    FakeScp m_good{[](FakePeer& peer, int) {
        FakePeer::Answer answer;
        answer.implementationName = "DEMO-PACS";
        if (peer.accept(answer)) {
            peer.serve();
        }
    }};
    FakeScp m_rejecting{[](FakePeer& peer, int) {
        if (peer.readRequest()) {
            peer.reject(1, 1, 7);
        }
        peer.drain();
    }};
    FakeScp m_silent{[](FakePeer& peer, int) { peer.hold(); }};
    quint16 m_dead = FakeScp([](FakePeer&, int) {}).port();
};

QByteArray Studio::settings() const
{
    return "language = \"" + m_look.language.toUtf8() + "\"\ntheme = \"" + m_look.theme.toUtf8() +
        "\"\nae_title = \"CT01\"\n";
}

QByteArray Studio::destinations() const
{
    auto encrypted = destination(u"云归档"_s, "CLOUD", m_dead);
    encrypted.tls.mode = config::TlsMode::Bcp195;
    QByteArray text;
    for (const auto& made :
        {destination(u"MAIN-PACS"_s, "PACS1", m_good.port()), destination(u"AI-NODE"_s, "AINODE", m_rejecting.port()),
            encrypted, destination(u"放射科工作站"_s, "WS3", m_silent.port())}) {
        text += '\n' + config::destinationToToml(made);
    }
    return text;
}

void Studio::shoot(const QString& name)
{
    QTest::qWait(50); // painting, not a condition: a picture of what there is
    const auto file = u"%1/%2-%3-%4.png"_s.arg(m_folder, name, m_look.language, m_look.theme);
    if (!m_window->grab().save(file)) {
        std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
        std::exit(1);
    }
    std::printf("%s\n", qPrintable(file));
}

void Studio::play(const QString& name, const QByteArray& toml, const Scene& scene, Ledger ledger)
{
    QTemporaryDir home;
    QFile file(home.filePath(u"config.toml"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(toml) != toml.size()) {
        qFatal("cannot write the configuration");
    }
    file.close();
    app::DesktopOptions options;
    options.configFile = file.fileName();
    options.dataFolder = home.filePath(u"data"_s);
    options.language = app::languageFromText(m_look.language); // also where the file cannot be read
    engine::EngineParams params;
    params.dataFolder = options.dataFolder;
    std::unique_ptr<engine::Engine> other;
    if (ledger == Ledger::InUse) {
        other = std::move(*engine::Engine::open(params));
    }
    app::DesktopProgram program(*qApp, options);
    program.start();
    (void)QTest::qWaitFor([&program] { return program.window() != nullptr; }, kPatienceMs);
    m_window = program.window();
    (void)QTest::qWaitForWindowExposed(m_window);
    (void)QTest::qWaitFor(
        [&program] {
            const auto state = program.backend().state();
            return state != Backend::State::Opening &&
                (state != Backend::State::Closed || program.config().fault().has_value());
        },
        kPatienceMs);
    scene(*m_window->findChild<DestinationsPage*>());
    shoot(name);
}

void Studio::finishTests(DestinationsPage& page, const QStringList& names)
{
    for (const auto& name : names) {
        QTest::mouseClick(page.card(name)->testButton(), Qt::LeftButton);
    }
    (void)QTest::qWaitFor(
        [&] {
            return std::all_of(names.begin(), names.end(), [&page](const QString& name) {
                const auto* dot = page.card(name)->findChild<StatusDot*>();
                return dot->status() != Status::Busy && dot->status() != Status::Unknown;
            });
        },
        kPatienceMs);
}

void Studio::shootDestinations()
{
    play(u"destinations-empty"_s, settings(), [](DestinationsPage&) {});
    play(u"destinations-list"_s, settings() + destinations(), [](DestinationsPage&) {});
    play(u"destinations-passed"_s, settings() + destinations(),
        [](DestinationsPage& page) { finishTests(page, {u"MAIN-PACS"_s}); });
    play(u"destinations-failed"_s, settings() + destinations(), [](DestinationsPage& page) {
        finishTests(page, {u"MAIN-PACS"_s, u"AI-NODE"_s});
        page.card(u"MAIN-PACS"_s)->setUnfolded(false);
        QTest::mouseClick(page.card(u"AI-NODE"_s)->doctor()->copyButton(), Qt::LeftButton);
    });
    play(u"destinations-running"_s, settings() + destinations(), [](DestinationsPage& page) {
        auto* card = page.card(u"放射科工作站"_s);
        QTest::mouseClick(card->testButton(), Qt::LeftButton);
        (void)QTest::qWaitFor([card] { return card->doctor()->lines()[1].contains(u"127.0.0.1"); }, kPatienceMs);
        page.card(u"MAIN-PACS"_s)->testButton()->setFocus();
    });
    play(u"destinations-no-match"_s, settings() + destinations(),
        [](DestinationsPage& page) { page.filter()->setText(u"xyz"_s); });
    play(u"destinations-removed"_s, settings() + destinations(), [](DestinationsPage& page) {
        page.remove(u"AI-NODE"_s);
        (void)QTest::qWaitFor([&page] { return page.problems().banner(u"change"_s) != nullptr; }, kPatienceMs);
    });
}

void Studio::shootEditor()
{
    play(u"editor-new"_s, settings() + destinations(), [](DestinationsPage& page) { page.addDestination(); });
    play(u"editor-problems"_s, settings() + destinations(), [](DestinationsPage& page) {
        page.addDestination();
        auto& form = page.editor()->form();
        form.setText(u"name"_s, u"main-pacs"_s);
        form.setText(u"host"_s, u"127.0.0.1"_s);
        form.setText(u"port"_s, u"99999"_s);
        page.editor()->saveButton()->click();
    });
    play(u"editor-tested"_s, settings() + destinations(), [](DestinationsPage& page) {
        page.edit(u"AI-NODE"_s);
        page.editor()->testButton()->click();
        (void)QTest::qWaitFor([&page] { return page.editor()->doctor()->copyButton()->isVisible(); }, kPatienceMs);
    });
    play(u"editor-unfolded"_s, settings() + destinations(), [this](DestinationsPage& page) {
        page.edit(u"云归档"_s);
        for (int i = 0; i < 4; ++i) {
            page.editor()->section(i)->setUnfolded(true);
        }
        page.editor()->form().setText(u"user_identity.kind"_s, u"username-passcode"_s);
        m_window->resize(1120, 2160);
    });
}

void Studio::shootSettings()
{
    play(u"settings"_s, settings(), [this](DestinationsPage&) { m_window->showPage(1); });
}

void Studio::shootTroubles()
{
    play(u"config-faults"_s, settings() + "colour = \"red\"\nscan.threads = 99\n", [](DestinationsPage&) {});
    play(
        u"read-only"_s, settings() + destinations(), [](DestinationsPage&) {}, Ledger::InUse);
    play(u"narrow"_s, settings() + destinations(), [this](DestinationsPage& page) {
        m_window->resize(m_window->minimumSize());
        finishTests(page, {u"云归档"_s});
    });
}

void Studio::shootAll()
{
    shootDestinations();
    shootEditor();
    shootSettings();
    shootTroubles();
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const auto folder = QApplication::arguments().value(1);
    if (folder.isEmpty() || !QDir().mkpath(folder)) {
        std::fputs("usage: radpost_screenshots FOLDER\n", stderr);
        return 2;
    }
    for (const auto& language : {u"en"_s, u"zh_CN"_s}) {
        for (const auto& theme : {u"light"_s, u"dark"_s}) {
            Studio({language, theme}, folder).shootAll();
        }
    }
    return 0;
}
