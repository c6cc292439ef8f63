#pragma once

#include <QLockFile>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>

class QLocalServer;
class QLocalSocket;

namespace radpost::app {

/// One running copy for each person and place: the first start holds a lock and listens; a later one hands it what it
/// was given. A crashed copy's lock and socket are taken over. GUI thread.
class OneCopy final : public QObject
{
    Q_OBJECT

public:
    /// @p place tells copies apart that do not share anything: another configuration, another ledger. @p folder holds
    /// lock and socket, and must be this person's alone.
    OneCopy(const QString& folder, const QString& place, QObject* parent = nullptr);
    ~OneCopy() override;
    Q_DISABLE_COPY_MOVE(OneCopy)

    enum class Role {
        First,      ///< goes on; given() tells what later ones were given
        HandedOver, ///< the first one has @p paths; this one is to end
        NoAnswer,   ///< there is a first one, but it does not answer
    };
    /// Blocks up to @p patience; before the event loop runs. Two starts at once end as one first and one that handed
    /// over.
    [[nodiscard]] Role begin(const QStringList& paths, std::chrono::milliseconds patience);

    /// The usual folder; empty when the system gives none that is private. Then nothing is shared: start alone.
    [[nodiscard]] static QString usualFolder();

Q_SIGNALS:
    /// A later start; @p paths are absolute, and may be none.
    void given(const QStringList& paths);

private:
    [[nodiscard]] bool becomeFirst();
    [[nodiscard]] bool handOver(const QByteArray& message, int milliseconds) const;
    void accept();
    void read(QLocalSocket& peer);

    QString m_socket;
    QLockFile m_lock;
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace radpost::app
