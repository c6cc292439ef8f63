#pragma once

#include <QObject>

namespace radpost::app {

/// SIGTERM, SIGINT and SIGHUP as a signal on the GUI thread; a second one ends the process as it always does. One
/// object at a time; where the system has no such signals it does nothing.
class QuitSignals final : public QObject
{
    Q_OBJECT

public:
    explicit QuitSignals(QObject* parent = nullptr);
    ~QuitSignals() override;
    Q_DISABLE_COPY_MOVE(QuitSignals)

Q_SIGNALS:
    void received();

private:
    int m_ends[2] = {-1, -1};
};

} // namespace radpost::app
