#include "core/store/SpoolSearch.h"

#include "core/store/Database.h"

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

constexpr int kFirstPage = 32;
constexpr int kPage = 500;

struct ColumnRow
{
    SpoolColumn column;
    SpoolLevel level;
    QStringView sql;
};

using C = SpoolColumn;
using L = SpoolLevel;

constexpr std::array kColumns{
    ColumnRow{C::PatientName, L::Patient, u"p.patient_name"},
    ColumnRow{C::PatientId, L::Patient, u"p.patient_id"},
    ColumnRow{C::IssuerOfPatientId, L::Patient, u"p.issuer_of_patient_id"},
    ColumnRow{C::PatientBirthDate, L::Patient, u"p.patient_birth_date"},
    ColumnRow{C::PatientSex, L::Patient, u"p.patient_sex"},
    ColumnRow{C::StudyInstanceUid, L::Study, u"t.study_instance_uid"},
    ColumnRow{C::StudyDate, L::Study, u"t.study_date"},
    ColumnRow{C::StudyTime, L::Study, u"t.study_time"},
    ColumnRow{C::AccessionNumber, L::Study, u"t.accession_number"},
    ColumnRow{C::StudyId, L::Study, u"t.study_id"},
    ColumnRow{C::StudyDescription, L::Study, u"t.study_description"},
    ColumnRow{C::ReferringPhysicianName, L::Study, u"t.referring_physician_name"},
    ColumnRow{C::SeriesInstanceUid, L::Series, u"s.series_instance_uid"},
    ColumnRow{C::Modality, L::Series, u"s.modality"},
    ColumnRow{C::SeriesNumber, L::Series, u"s.series_number"},
    ColumnRow{C::SeriesDescription, L::Series, u"s.series_description"},
    ColumnRow{C::SeriesDate, L::Series, u"s.series_date"},
    ColumnRow{C::SeriesTime, L::Series, u"s.series_time"},
    ColumnRow{C::BodyPartExamined, L::Series, u"s.body_part_examined"},
    ColumnRow{C::ProtocolName, L::Series, u"s.protocol_name"},
    ColumnRow{C::StationName, L::Series, u"s.station_name"},
    ColumnRow{C::InstitutionName, L::Series, u"s.institution_name"},
    ColumnRow{C::Manufacturer, L::Series, u"s.manufacturer"},
    ColumnRow{C::SopInstanceUid, L::Instance, u"i.sop_instance_uid"},
    ColumnRow{C::SopClassUid, L::Instance, u"c.sop_class_uid"},
    ColumnRow{C::TransferSyntaxUid, L::Instance, u"c.transfer_syntax_uid"},
    ColumnRow{C::InstanceNumber, L::Instance, u"i.instance_number"},
    ColumnRow{C::ContentDate, L::Instance, u"i.content_date"},
    ColumnRow{C::ContentTime, L::Instance, u"i.content_time"},
    ColumnRow{C::NumberOfFrames, L::Instance, u"i.number_of_frames"},
    ColumnRow{C::Rows, L::Instance, u"i.rows_count"},
    ColumnRow{C::Columns, L::Instance, u"i.columns_count"},
    ColumnRow{C::BitsAllocated, L::Instance, u"i.bits_allocated"},
};

const ColumnRow& rowOf(SpoolColumn column)
{
    return kColumns.at(static_cast<std::size_t>(column));
}

QStringView rowIdOf(SpoolLevel level)
{
    static constexpr std::array<QStringView, 4> kRows{u"p.id", u"t.id", u"s.id", u"i.id"};
    return kRows.at(static_cast<std::size_t>(level));
}

QString tablesOf(SpoolLevel level)
{
    static const std::array<QString, 4> kTables{u"spool_patients p"_s,
        u"spool_studies t JOIN spool_patients p ON p.id = t.patient_row"_s,
        u"spool_series s JOIN spool_studies t ON t.id = s.study_row JOIN spool_patients p ON p.id = t.patient_row"_s,
        u"spool_instances i JOIN contexts c ON c.id = i.context_id JOIN spool_series s ON s.id = i.series_row "
        "JOIN spool_studies t ON t.id = s.study_row JOIN spool_patients p ON p.id = t.patient_row"_s};
    return kTables.at(static_cast<std::size_t>(level));
}

/// Something is there of it, in its current version.
QString isThere(SpoolLevel level)
{
    static const std::array<QString, 4> kTests{
        u"EXISTS (SELECT 1 FROM spool_studies et JOIN spool_series es ON es.study_row = et.id "
        "JOIN spool_instances ei ON ei.series_row = es.id WHERE et.patient_row = p.id AND ei.state = 0)"_s,
        u"EXISTS (SELECT 1 FROM spool_series es JOIN spool_instances ei ON ei.series_row = es.id "
        "WHERE es.study_row = t.id AND ei.state = 0)"_s,
        u"EXISTS (SELECT 1 FROM spool_instances ei WHERE ei.series_row = s.id AND ei.state = 0)"_s, u"i.state = 0"_s};
    return kTests.at(static_cast<std::size_t>(level));
}

QString marks(qsizetype count)
{
    return QStringList(count, u"?"_s).join(u", ");
}

QString conditionOf(const SpoolTerm& term)
{
    const auto column = rowOf(term.column).sql.toString();
    switch (term.test) {
    case SpoolTerm::Test::AnyOf:
        return u"%1 IN (%2)"_s.arg(column, marks(term.values.size()));
    case SpoolTerm::Test::Like: {
        const QStringList each(term.values.size(), u"%1 LIKE ? ESCAPE '!'"_s.arg(column));
        return u"(%1)"_s.arg(each.join(u" OR "));
    }
    case SpoolTerm::Test::Between: {
        const QString from = term.values.value(0).isEmpty() ? u"%1 > ''"_s : u"%1 >= ?"_s;
        const QString to = term.values.value(1).isEmpty() ? u""_s : u" AND %1 <= ?"_s;
        return QString(from + to).arg(column);
    }
    case SpoolTerm::Test::Holds:
        break;
    }
    return u"EXISTS (SELECT 1 FROM spool_series m WHERE m.study_row = t.id AND m.modality IN (%1))"_s.arg(
        marks(term.values.size()));
}

QStringList allConditions(const QList<SpoolTerm>& terms)
{
    QStringList conditions;
    for (const auto& term : terms) {
        conditions.append(conditionOf(term));
    }
    return conditions;
}

void bindTerms(Statement& statement, const QList<SpoolTerm>& terms)
{
    for (const auto& term : terms) {
        for (const auto& value : term.values) {
            if (term.test != SpoolTerm::Test::Between || !value.isEmpty()) {
                statement.bindText(value);
            }
        }
    }
}

/// An index leads to few rows.
bool isSelective(const SpoolTerm& term)
{
    switch (term.column) {
    case C::PatientName:
        return term.test == SpoolTerm::Test::Between;
    case C::PatientId:
    case C::AccessionNumber:
        return term.test == SpoolTerm::Test::AnyOf || term.test == SpoolTerm::Test::Between;
    case C::StudyInstanceUid:
    case C::SeriesInstanceUid:
    case C::SopInstanceUid:
        return true;
    default:
        return false;
    }
}

QString columnList(SpoolLevel level)
{
    QStringList columns;
    for (int i = 0; i < 4; ++i) {
        columns.append(i <= static_cast<int>(level) ? rowIdOf(static_cast<SpoolLevel>(i)).toString() : u"0"_s);
    }
    for (const auto& row : kColumns) {
        if (row.level <= level) {
            columns.append(row.sql.toString());
        }
    }
    return columns.join(u", ");
}

SpoolMatch matchOf(const Statement& row, SpoolLevel level)
{
    SpoolMatch match{row.integer(0), row.integer(1), row.integer(2), row.integer(3), {}};
    int column = 4;
    for (const auto& known : kColumns) {
        if (known.level <= level) {
            match.values.append(row.text(column++));
        }
    }
    return match;
}

qint64 idOf(const SpoolMatch& match, SpoolLevel level)
{
    const std::array<qint64, 4> ids{match.patient, match.study, match.series, match.instance};
    return ids.at(static_cast<std::size_t>(level));
}

bool isNewestFirst(SpoolLevel level)
{
    return level == SpoolLevel::Patient || level == SpoolLevel::Study;
}

bool hasCase(char32_t letter)
{
    return letter > 0x7F && QChar::toLower(letter) != QChar::toUpper(letter);
}

} // namespace

SpoolLevel levelOf(SpoolColumn column)
{
    return rowOf(column).level;
}

QString likePattern(const QString& wildcards)
{
    QString pattern;
    for (const char32_t c : wildcards.toUcs4()) {
        if (c == U'*' || c == U'?' || hasCase(c)) {
            pattern += c == U'*' ? u'%' : u'_';
            continue;
        }
        if (c == U'%' || c == U'_' || c == U'!') {
            pattern += u'!';
        }
        pattern += QChar::fromUcs4(c);
    }
    return pattern;
}

SpoolSearch::SpoolSearch(Database& database, SpoolLevel level, QList<SpoolTerm> terms)
    : m_database(database)
    , m_level(level)
    , m_terms(std::move(terms))
{
    for (const auto& term : m_terms) {
        m_isSelective |= store::isSelective(term);
        m_isByDate |= level == SpoolLevel::Study && term.column == C::StudyDate;
    }
    m_isByDate &= !m_isSelective;
}

SpoolSearch::~SpoolSearch() = default;

/// Pages go on where the last one ended. By the date the index gives that order; where an index leads to few rows, the
/// plus keeps the planner from walking the whole table for the sake of the order.
QString SpoolSearch::sql() const
{
    const bool isDown = isNewestFirst(m_level);
    const bool hasIndexOfItsOwn = m_level == SpoolLevel::Instance;
    const QString id = (m_isSelective && !hasIndexOfItsOwn ? u"+"_s : u""_s) + rowIdOf(m_level);
    auto conditions = allConditions(m_terms);
    QString order = id + (isDown ? u" DESC"_s : u""_s);
    if (m_isByDate) {
        order = u"t.study_date DESC, t.study_time DESC, t.id DESC"_s;
    }
    if (m_last && m_isByDate) {
        conditions.append(u"(t.study_date, t.study_time, t.id) < (?, ?, ?)"_s);
    } else if (m_last) {
        conditions.append(id + (isDown ? u" < ?"_s : u" > ?"_s));
    }
    conditions.append(isThere(m_level));
    return u"SELECT %1 FROM %2 WHERE %3 ORDER BY %4 LIMIT ?"_s.arg(
        columnList(m_level), tablesOf(m_level), conditions.join(u" AND "), order);
}

void SpoolSearch::bind(Statement& statement, int size) const
{
    bindTerms(statement, m_terms);
    if (m_last && m_isByDate) {
        statement.bindText(m_last->value(C::StudyDate)).bindText(m_last->value(C::StudyTime));
    }
    if (m_last) {
        statement.bind(idOf(*m_last, m_level));
    }
    statement.bind(size);
}

Result<QList<SpoolMatch>> SpoolSearch::next()
{
    if (m_isAtEnd) {
        return QList<SpoolMatch>();
    }
    const bool isFirst = !m_last;
    const int size = isFirst ? kFirstPage : kPage;
    auto matches = page(size);
    if (!matches) {
        return matches;
    }
    m_isAtEnd = matches->size() < size;
    if (!matches->isEmpty()) {
        m_last = matches->last();
    }
    if (isFirst) {
        m_statement.reset(); // the others say where they go on
    }
    return matches;
}

Result<QList<SpoolMatch>> SpoolSearch::page(int size)
{
    if (!m_statement) {
        m_statement = std::make_unique<Statement>(m_database, sql());
    }
    bind(*m_statement, size);
    if (auto done = m_statement->exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolMatch> matches;
    while (m_statement->next()) {
        matches.append(matchOf(*m_statement, m_level));
    }
    m_statement->finish();
    return matches;
}

Result<QList<SpoolPick>> SpoolLookup::pick(const QList<SpoolTerm>& terms)
{
    auto conditions = allConditions(terms);
    conditions.append(isThere(SpoolLevel::Instance));
    Statement rows(m_database,
        u"SELECT i.id, i.context_id FROM %1 WHERE %2 ORDER BY i.series_row, i.id"_s.arg(
            tablesOf(SpoolLevel::Instance), conditions.join(u" AND ")));
    bindTerms(rows, terms);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolPick> picks;
    while (rows.next()) {
        picks.append({rows.integer(0), rows.integer(1)});
    }
    return picks;
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
    row.finish();
    return found;
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
    select.finish();
    return value;
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
    return contexts;
}

} // namespace radpost::store
