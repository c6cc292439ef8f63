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
    QStringList senders;           ///< calling AE titles, which the files keep as Source AE Title (0002,0016)
    std::vector<SeriesKey> series; ///< for SendRequest::onlyKeys
    qint64 instances = 0;
    qint64 differing = 0; ///< files beside these: one SOP Instance UID came with several contents
    qint64 bytes = 0;     ///< of all its files
    Clock::WallTime lastArrival;
};

/// What a receive folder holds, by study: what was there already, read on a thread of its own, and what arrives. Of
/// an instance only the name of its file is held, some 70 bytes. Any thread.
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
    /// The paths of the study's files, so that nothing else needs to be looked at; none when they are more than
    /// @p limit, or the study is not known any more.
    [[nodiscard]] QStringList files(const ReceivedStudy& study, qsizetype limit) const;
    /// Another number after each change.
    [[nodiscard]] quint64 version() const;
    /// What was in the folder before is still being read.
    [[nodiscard]] bool isReading() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::engine
