#pragma once

#include "core/store/SpoolSearch.h"

#include <functional>

namespace radpost::store {

/// An instance that is to be retrieved: just enough to find it again.
struct SpoolPick
{
    qint64 id = 0;
    qint64 contextId = 0; ///< of the table of pairs of SOP class and transfer syntax
};

struct SpoolContext
{
    qint64 id = 0;
    QString sopClassUid{};
    QString transferSyntaxUid{};
};

/// What is counted or gathered below a match.
enum class SpoolSum {
    StudiesOfPatient,
    SeriesOfPatient,
    InstancesOfPatient,
    SeriesOfStudy,
    InstancesOfStudy,
    ModalitiesInStudy,
    SopClassesInStudy,
    InstancesOfSeries,
};

/// What goes with a SpoolSearch, of the same connection.
class SpoolLookup final
{
public:
    explicit SpoolLookup(Database& database)
        : m_database(database)
    {
    }

    /// All instances that the terms let through and @p isMeant agrees to, for the column of each term; series by
    /// series, sixteen bytes each.
    [[nodiscard]] Result<QList<SpoolPick>> pick(
        const QList<SpoolTerm>& terms, const std::function<bool(SpoolColumn, const QString&)>& isMeant);
    /// With all values; nothing when it is not there any more or not the current version.
    [[nodiscard]] Result<std::optional<SpoolMatch>> instance(qint64 id);
    /// Several values have backslashes between.
    [[nodiscard]] Result<QString> sum(SpoolSum what, const SpoolMatch& match);
    /// Every pair of SOP class and transfer syntax that was ever seen.
    [[nodiscard]] Result<QList<SpoolContext>> contexts();
    /// Whether a current instance has the context @p id. Reads until it meets one: there is no index of it.
    [[nodiscard]] Result<bool> hasInstances(qint64 id);

private:
    Database& m_database;
};

} // namespace radpost::store
