#pragma once

#include "core/base/Clock.h"
#include "core/engine/ReceiveServer.h"
#include "core/engine/StudyTree.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace radpost::engine {

/// One study in a receive folder.
struct ReceivedStudy
{
    StudyInstanceUid uid;
    QString patientId;
    QString patientName;
    QString date; ///< DA, YYYYMMDD
    QString description;
    QString accessionNumber;
    QStringList modalities;        ///< each once, in the order in which they came
    QStringList senders;           ///< calling AE titles since start; the files do not keep them
    std::vector<SeriesKey> series; ///< for SendRequest::onlyKeys
    qint64 instances = 0;
    qint64 differing = 0; ///< files beside these: one SOP Instance UID came with several contents
    qint64 bytes = 0;     ///< of all its files
    Clock::WallTime lastArrival;
};

/// What a receive folder holds, by study: what was there already, read on a thread of its own, and what arrives. Holds
/// no instance, so its size follows the number of series. Any thread.
class ReceivedStudies final
{
public:
    explicit ReceivedStudies(QString folder);

    /// Ends the reading.
    ~ReceivedStudies();
    Q_DISABLE_COPY_MOVE(ReceivedStudies)

    /// Takes what ReceiveServer tells; returns at once, the header is read later.
    void add(const ReceivedInstance& instance);

    /// The newest first, at most @p limit.
    [[nodiscard]] std::vector<ReceivedStudy> newest(size_t limit) const;
    [[nodiscard]] qint64 count() const;
    /// Another number after each change.
    [[nodiscard]] quint64 version() const;
    /// What was in the folder before is still being read.
    [[nodiscard]] bool isReading() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::engine
