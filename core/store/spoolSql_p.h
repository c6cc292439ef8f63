#pragma once

#include "core/store/SpoolSearch.h"

// The statements of SpoolSearch and SpoolLookup are put together of these. Patients are p, studies t, series s,
// instances i, contexts c.
namespace radpost::store {

/// Whether a column may be looked up in its index. A plus before it keeps the planner away (SQLite query planner,
/// "Disqualifying WHERE Clause Terms Using Unary-+"); the collation stays.
enum class Indexed { Yes, No };

[[nodiscard]] QStringView columnOf(SpoolColumn column);
[[nodiscard]] QStringView rowIdOf(SpoolLevel level);
/// With all tables above joined.
[[nodiscard]] QString tablesOf(SpoolLevel level);
/// Something is there of it, in its current version.
[[nodiscard]] QString isThere(SpoolLevel level);
[[nodiscard]] QString marks(qsizetype count);
[[nodiscard]] QStringList termsSql(const QList<SpoolTerm>& terms, Indexed indexed = Indexed::Yes);
/// In the order of termsSql().
void bindTerms(Statement& statement, const QList<SpoolTerm>& terms);
/// Four rows and the columns down to @p level, for matchOf().
[[nodiscard]] QString columnList(SpoolLevel level);
[[nodiscard]] SpoolMatch matchOf(const Statement& row, SpoolLevel level);

} // namespace radpost::store
