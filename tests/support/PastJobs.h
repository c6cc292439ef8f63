#pragma once

#include "core/store/Database.h"
#include "core/store/JobRepository.h"
#include "core/store/LedgerWriter.h"

#include <QString>

namespace radpost::test {

/// A job as a ledger may hold it, of one patient; studies and series take the instances in turn, in order.
struct PastJob
{
    JobId id;
    QString title = QStringLiteral("a job");
    QString destination = QStringLiteral("PACS");
    store::JobState state = store::JobState::Finished;
    store::WallTime createdAt{};
    store::WallTime endedAt{};
    QString patientName = QStringLiteral("Test^Patient");
    QString patientId = QStringLiteral("P1");
    QString studyDate = QStringLiteral("20250101");
    QString studyDescription = QStringLiteral("Thorax");
    QString accessionNumber{};
    qint64 studies = 1;
    qint64 seriesOfAStudy = 1;
    qint64 instancesOfASeries = 3;
    qint64 rejected = 0; ///< the first ones: by turns with 0xA900 and 0xC123
    bool isSettled = false;
    qint64 unread = 0; ///< files that could not be read; each beside one that is not DICOM

    [[nodiscard]] qint64 series() const { return studies * seriesOfAStudy; }
    [[nodiscard]] qint64 instances() const { return series() * instancesOfASeries; }
};

/// Writes @p job straight into the tables, however many instances it has.
[[nodiscard]] Result<> addPastJob(store::LedgerWriter& writer, const PastJob& job);

} // namespace radpost::test
