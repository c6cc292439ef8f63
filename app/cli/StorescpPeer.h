#pragma once

#include <QProcess>
#include <QString>

namespace radpost::cli {

/// DCMTK's storescp on a loopback port, for the demonstration: a receiver that is not ours. One thread.
class StorescpPeer final
{
public:
    /// Where the program is; empty when it is not installed.
    [[nodiscard]] static QString find();

    ~StorescpPeer();

    /// Starts it, storing to @p folder with the data set bytes as they come. False when it does not start.
    [[nodiscard]] bool start(quint16 port, const QString& folder);
    void stop();

private:
    QProcess m_process;
};

} // namespace radpost::cli
