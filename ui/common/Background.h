#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace radpost::ui {

/// Runs work that blocks on named threads and hands the outcome back to the GUI thread. Lives on the GUI thread; what
/// is handed back to a receiver that is gone is dropped.
class Background final : public QObject
{
    Q_OBJECT

public:
    /// With one thread, work is done in the order it was given.
    Background(const QString& name, int threads, QObject* parent = nullptr);

    /// Waits for what runs; what has not begun is dropped. Cancel blocking work first.
    ~Background() override;
    Q_DISABLE_COPY_MOVE(Background)

    /// @p work runs on a thread of this; then @p done(outcome) on the GUI thread, if @p receiver still lives. GUI
    /// thread.
    template <typename Work, typename Done>
    void run(QObject* receiver, Work work, Done done)
    {
        post([this, receiver = QPointer<QObject>(receiver), work = std::move(work), done = std::move(done)]() mutable {
            using Outcome = decltype(work());
            auto outcome = std::make_shared<Outcome>(work());
            tell(receiver, [outcome, done = std::move(done)]() mutable { done(std::move(*outcome)); });
        });
    }

    /// Calls @p then on the GUI thread, if @p receiver still lives. Any thread.
    void tell(const QPointer<QObject>& receiver, std::function<void()> then);

Q_SIGNALS:
    void told(QPrivateSignal);

private:
    struct Told
    {
        QPointer<QObject> receiver;
        std::function<void()> then;
    };

    void hear();
    void post(std::function<void()> work);
    void workOff();

    QString m_name;
    std::mutex m_mutex;                       // guards what follows
    std::deque<std::function<void()>> m_work; // one for each start of the pool
    std::deque<Told> m_told;                  // one for each told()
    QThreadPool m_pool;
};

} // namespace radpost::ui
