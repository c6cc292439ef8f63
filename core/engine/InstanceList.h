#pragma once

#include "core/scan/ScanSink.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <optional>
#include <vector>

namespace radpost::engine {

/// One instance of a series as a viewer needs it.
struct SeriesInstance
{
    QString path; ///< a readable file
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid;
    qint32 number = 0;
    qint32 frames = 1;
};

/// The files of every series of a scan, in little memory: some forty bytes and the file's name for each. Knows the
/// SOP Instance UIDs as hashes only. One thread at a time.
class InstanceList final
{
public:
    /// @p series: SeriesPlace::serial.
    void add(size_t series, const scan::ScannedInstance& instance);

    /// By Instance Number, then in the order in which they were found.
    [[nodiscard]] std::vector<SeriesInstance> instances(size_t series) const;

    /// The file that has this SOP Instance UID already.
    [[nodiscard]] std::optional<QString> pathOf(const SopInstanceUid& uid) const;

private:
    struct Entry
    {
        quint32 folder = 0;
        quint32 context = 0;
        quint64 name = 0; ///< where it begins in m_names; ends with 0
        qint32 number = 0;
        qint32 frames = 1;
    };
    struct Context
    {
        SopClassUid sopClassUid;
        TransferSyntaxUid transferSyntaxUid;
        friend bool operator==(const Context&, const Context&) = default;
    };
    struct Where
    {
        quint32 series = 0;
        quint32 entry = 0;
    };

    quint32 folderOf(const QString& folder);
    quint32 contextOf(const Context& context);
    [[nodiscard]] QString pathOf(const Entry& entry) const;

    std::vector<std::vector<Entry>> m_series;
    std::vector<QString> m_folders;
    QHash<QString, quint32> m_folderIndex;
    std::vector<Context> m_contexts;
    QByteArray m_names;                // UTF-8
    QHash<quint64, Where> m_byUidHash; // 64 bits: a chance hit among a million is one in ten million
};

} // namespace radpost::engine
