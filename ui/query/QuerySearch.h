#pragma once

#include "core/engine/QueryClient.h"

#include <QDate>

namespace radpost::ui {

/// When a study was made.
enum class StudyTime { Any, Today, Yesterday, LastWeek, LastMonth, Day, Range };

/// What somebody typed to find studies.
struct QuerySearch
{
    QString name; ///< the beginning is enough; * and ? stand for any letters
    QString patientId;
    QString accession;
    QString modality;
    StudyTime time = StudyTime::Today;
    QDate from{}; ///< of Day and Range
    QDate to{};   ///< of Range; before @c from, the two change places
};

/// Matches beyond this many are not asked for: who gets them has to narrow the search anyhow.
inline constexpr qint64 kMostMatches = 500;

/// The question at STUDY level. @p today is the date where the user is.
[[nodiscard]] engine::FindParams toFindParams(const QuerySearch& search, const QDate& today);

} // namespace radpost::ui
