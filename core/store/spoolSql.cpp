#include "core/store/spoolSql_p.h"

#include "core/store/Database.h"

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

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

QString termSql(const SpoolTerm& term, Indexed indexed)
{
    const QString column = (indexed == Indexed::No ? u"+"_s : u""_s) + rowOf(term.column).sql;
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

QStringView columnOf(SpoolColumn column)
{
    return rowOf(column).sql;
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

QStringList termsSql(const QList<SpoolTerm>& terms, Indexed indexed)
{
    QStringList conditions;
    for (const auto& term : terms) {
        conditions.append(termSql(term, indexed));
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

} // namespace radpost::store
