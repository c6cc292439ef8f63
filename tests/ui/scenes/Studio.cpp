#include "tests/ui/scenes/Studio.h"

#include "app/desktop/DesktopProgram.h"
#include "core/config/ConfigText.h"

#include <QApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <cstdlib>
#include <memory>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;

namespace {

config::Destination destination(const QString& name, const QByteArray& title, quint16 port)
{
    config::Destination made;
    made.name = name;
    made.host = u"127.0.0.1"_s;
    made.port = port;
    made.calledAeTitle = {title};
    return made;
}

void shoot(const QString& file, QWidget& window)
{
    QTest::qWait(50); // painting, not a condition: a picture of what there is
    if (!window.grab().save(file)) {
        std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
        std::exit(1);
    }
    std::printf("%s\n", qPrintable(file));
}

} // namespace

Studio::Studio(Look look, const QString& folder)
    : Studio(
          look,
          [look, folder](const QString& scene, QWidget& window) {
              shoot(u"%1/%2-%3-%4.png"_s.arg(folder, scene, look.language, look.theme), window);
          },
          [] {})
{
}

Studio::Studio(Look look, Camera camera, std::function<void()> prepare)
    : m_look(std::move(look))
    , m_camera(std::move(camera))
    , m_prepare(std::move(prepare))
    , m_good([](FakePeer& peer, int) {
        FakePeer::Answer answer;
        answer.implementationName = "DEMO-PACS";
        if (peer.accept(answer)) {
            peer.serve();
        }
    })
    , m_rejecting([](FakePeer& peer, int) {
        if (peer.readRequest()) {
            peer.reject(1, 1, 7);
        }
        peer.drain();
    })
    , m_silent([](FakePeer& peer, int) { peer.hold(); })
    , m_dead(FakeScp([](FakePeer&, int) {}).port())
{
}

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

void Studio::play(const QString& name, const QByteArray& toml, const Scene& scene, Ledger ledger)
{
    QTemporaryDir home;
    QFile file(home.filePath(u"config.toml"_s));
    if (!toml.isEmpty() && (!file.open(QIODevice::WriteOnly) || file.write(toml) != toml.size())) {
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
    (void)QTest::qWaitForWindowExposed(program.window());
    (void)QTest::qWaitFor(
        [&program] {
            const auto state = program.backend().state();
            return state != Backend::State::Opening &&
                (state != Backend::State::Closed || program.config().fault().has_value() ||
                    program.window()->cover() != nullptr);
        },
        kPatienceMs);
    m_prepare();
    Stage stage{program, *program.window(), home.path(), nullptr};
    scene(stage);
    m_camera(name, stage.other ? *stage.other : stage.window);
}

} // namespace radpost::test
