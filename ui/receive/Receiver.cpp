#include "ui/receive/Receiver.h"

#include "core/engine/LocalAddresses.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr std::chrono::milliseconds kPollInterval{500};
constexpr size_t kShownStudies = 500;
constexpr qsizetype kMostPaths = 10'000; // the ledger keeps them with the job

bool isSame(const engine::ReceiveAssociation& one, const engine::ReceiveAssociation& other)
{
    return one.id == other.id && one.stored == other.stored && one.failed == other.failed && one.bytes == other.bytes &&
        one.isReceiving == other.isReceiving;
}

} // namespace

Receiver::Receiver(QObject* parent)
    : QObject(parent)
    , m_background(u"receiver"_s, 1)
{
    m_poll.setInterval(kPollInterval);
    connect(&m_poll, &QTimer::timeout, this, &Receiver::poll);
    m_background.run(this, &engine::localAddresses, [this](const QStringList& found) {
        m_addresses = found;
        Q_EMIT addressesChanged();
    });
}

Receiver::~Receiver() = default;

int Receiver::receivingNow() const
{
    return static_cast<int>(std::count_if(m_associations.begin(), m_associations.end(),
        [](const engine::ReceiveAssociation& association) { return association.isReceiving; }));
}

Receiver::Session Receiver::startNow(const engine::ReceiveParams& params, Inbox inbox)
{
    Session session;
    session.server = std::make_shared<engine::ReceiveServer>(
        params, [inbox](const engine::ReceivedInstance& instance) { inbox->add(instance); });
    session.inbox = std::move(inbox);
    const auto started = session.server->start();
    if (!started) {
        session.error = started.error();
        session.server.reset();
    }
    return session;
}

void Receiver::start(const config::Settings& settings)
{
    if (m_state != State::Off && m_state != State::Failed) {
        return;
    }
    look(settings.receiveFolder);
    m_settings = settings;
    setState(State::Starting);
    m_background.run(
        this, [params = engine::receiveParams(settings), inbox = m_inbox] { return startNow(params, inbox); },
        [this](Session session) { take(std::move(session)); });
}

void Receiver::take(Session session)
{
    m_error = session.error;
    m_server = std::move(session.server);
    setState(m_server ? State::On : State::Failed);
    poll();
}

void Receiver::stop()
{
    if (m_state != State::On) {
        return;
    }
    setState(State::Stopping);
    m_background.run(
        this,
        [server = std::exchange(m_server, nullptr)] {
            server->stop();
            return true;
        },
        [this](bool) {
            m_associations.clear();
            m_counts = {};
            setState(State::Off);
            Q_EMIT associationsChanged();
        });
}

void Receiver::look(const QString& folder)
{
    const auto path = folder.isEmpty() ? QString() : QDir::cleanPath(folder);
    const bool isInUse = m_state != State::Off && m_state != State::Failed;
    if (path == m_folder || isInUse) {
        return;
    }
    m_folder = path;
    // The old one ends on the worker: its thread may be in the middle of a file.
    m_background.run(
        this,
        [old = std::exchange(m_inbox, path.isEmpty() ? nullptr : std::make_shared<engine::ReceivedStudies>(path))] {
            return old != nullptr;
        },
        [](bool) {});
    m_version = 0;
    m_studies.clear();
    m_poll.start();
    poll();
    Q_EMIT studiesChanged();
}

QStringList Receiver::pathsOf(const std::vector<engine::ReceivedStudy>& studies) const
{
    QStringList paths;
    for (const auto& study : studies) {
        const auto files = m_inbox ? m_inbox->files(study, kMostPaths - paths.size()) : QStringList();
        if (files.isEmpty()) {
            return {m_folder};
        }
        paths += files;
    }
    return paths;
}

void Receiver::setState(State state)
{
    if (state != State::Failed) {
        m_error.reset();
    }
    m_state = state;
    Q_EMIT stateChanged();
}

void Receiver::poll()
{
    if (m_server) {
        auto open = m_server->associations();
        const auto counts = m_server->counts();
        const bool isOther = counts.stored != m_counts.stored || counts.failed != m_counts.failed ||
            !std::equal(open.begin(), open.end(), m_associations.begin(), m_associations.end(), isSame);
        m_associations = std::move(open);
        m_counts = counts;
        if (isOther) {
            Q_EMIT associationsChanged();
        }
    }
    pollStudies();
}

void Receiver::pollStudies()
{
    const auto version = m_inbox ? m_inbox->version() : 0;
    const bool isReading = m_inbox && m_inbox->isReading();
    if (version == m_version && isReading == m_isReading) {
        return;
    }
    m_version = version;
    m_isReading = isReading;
    m_studies = m_inbox ? m_inbox->newest(kShownStudies) : std::vector<engine::ReceivedStudy>();
    m_studyCount = m_inbox ? m_inbox->count() : 0;
    Q_EMIT studiesChanged();
}

} // namespace radpost::ui
