#include "core/store/SpoolLookup.h"

#include "core/store/Database.h"
#include "core/store/spoolSql_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::store {

Result<QList<SpoolPick>> SpoolLookup::pick(
    const QList<SpoolTerm>& terms, const std::function<bool(SpoolColumn, const QString&)>& isMeant)
{
    auto conditions = termsSql(terms);
    conditions.append(isThere(SpoolLevel::Instance));
    QStringList columns{u"i.id"_s, u"i.context_id"_s};
    for (const auto& term : terms) {
        columns.append(columnOf(term.column).toString());
    }
    Statement rows(m_database,
        u"SELECT %1 FROM %2 WHERE %3 ORDER BY i.series_row, i.id"_s.arg(
            columns.join(u", "), tablesOf(SpoolLevel::Instance), conditions.join(u" AND ")));
    bindTerms(rows, terms);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolPick> picks;
    while (rows.next()) {
        int column = 2;
        const bool isPicked = std::all_of(terms.begin(), terms.end(),
            [&](const SpoolTerm& term) { return isMeant(term.column, rows.text(column++)); });
        if (isPicked) {
            picks.append({rows.integer(0), rows.integer(1)});
        }
    }
    return rows.ended().map([&] { return std::move(picks); });
}

Result<std::optional<SpoolMatch>> SpoolLookup::instance(qint64 id)
{
    static const QString kSelect = u"SELECT %1 FROM %2 WHERE i.id = ? AND i.state = 0"_s.arg(
        columnList(SpoolLevel::Instance), tablesOf(SpoolLevel::Instance));
    auto& row = m_database.prepared(kSelect);
    if (auto done = row.bind(id).exec(); !done) {
        return fail(done.error());
    }
    auto found = row.next() ? std::optional(matchOf(row, SpoolLevel::Instance)) : std::nullopt;
    auto ended = row.ended();
    row.finish();
    return ended.map([&] { return std::move(found); });
}

Result<QString> SpoolLookup::sum(SpoolSum what, const SpoolMatch& match)
{
    static const QString kSeries =
        u"EXISTS (SELECT 1 FROM spool_instances i WHERE i.series_row = s.id AND i.state = 0)"_s;
    static const QString kBelow = u"FROM spool_series s JOIN spool_instances i ON i.series_row = s.id "_s;
    static const QString kOfPatient = u"JOIN spool_studies t ON t.id = s.study_row WHERE t.patient_row = ? AND "_s;
    static const std::array<QString, 8> kSelects{
        u"SELECT count(*) FROM spool_studies t WHERE t.patient_row = ? AND EXISTS (SELECT 1 %1WHERE s.study_row = t.id "
        "AND i.state = 0)"_s.arg(kBelow),
        u"SELECT count(*) FROM spool_series s %1%2"_s.arg(kOfPatient, kSeries),
        u"SELECT count(*) %1%2i.state = 0"_s.arg(kBelow, kOfPatient),
        u"SELECT count(*) FROM spool_series s WHERE s.study_row = ? AND %1"_s.arg(kSeries),
        u"SELECT count(*) %1WHERE s.study_row = ? AND i.state = 0"_s.arg(kBelow),
        u"SELECT group_concat(modality, '\\') FROM (SELECT DISTINCT s.modality FROM spool_series s WHERE s.study_row = "
        u"? "
        "AND s.modality <> '' AND %1 ORDER BY s.modality)"_s.arg(kSeries),
        u"SELECT group_concat(sop_class_uid, '\\') FROM (SELECT DISTINCT c.sop_class_uid %1JOIN contexts c ON "
        "c.id = i.context_id WHERE s.study_row = ? AND i.state = 0 ORDER BY c.sop_class_uid)"_s.arg(kBelow),
        u"SELECT count(*) FROM spool_instances i WHERE i.series_row = ? AND i.state = 0"_s};
    const auto row = what <= SpoolSum::InstancesOfPatient ? match.patient
        : what < SpoolSum::InstancesOfSeries              ? match.study
                                                          : match.series;
    auto& select = m_database.prepared(kSelects.at(static_cast<std::size_t>(what)));
    if (auto done = select.bind(row).exec(); !done) {
        return fail(done.error());
    }
    const auto value = select.next() ? select.text(0) : QString();
    auto ended = select.ended();
    select.finish();
    return ended.map([&] { return value; });
}

Result<QList<SpoolContext>> SpoolLookup::contexts()
{
    auto& rows = m_database.prepared(u"SELECT id, sop_class_uid, transfer_syntax_uid FROM contexts"_s);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolContext> contexts;
    while (rows.next()) {
        contexts.append({rows.integer(0), rows.text(1), rows.text(2)});
    }
    return rows.ended().map([&] { return std::move(contexts); });
}

Result<bool> SpoolLookup::hasInstances(qint64 id)
{
    auto& row = m_database.prepared(u"SELECT 1 FROM spool_instances WHERE context_id = ? AND state = 0 LIMIT 1"_s);
    if (auto done = row.bind(id).exec(); !done) {
        return fail(done.error());
    }
    const bool isThere = row.next();
    auto ended = row.ended();
    row.finish();
    return ended.map([isThere] { return isThere; });
}

} // namespace radpost::store
