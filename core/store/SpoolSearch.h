#pragma once

#include "core/base/Result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace radpost::store {

class Database;
class Statement;

/// The levels of PS3.4 C.6.1.1.
enum class SpoolLevel { Patient, Study, Series, Instance };

/// What the index keeps, in the order of the levels; the values of a match stand in this order.
enum class SpoolColumn {
    PatientName,
    PatientId,
    IssuerOfPatientId,
    PatientBirthDate,
    PatientSex,
    StudyInstanceUid,
    StudyDate,
    StudyTime,
    AccessionNumber,
    StudyId,
    StudyDescription,
    ReferringPhysicianName,
    SeriesInstanceUid,
    Modality,
    SeriesNumber,
    SeriesDescription,
    SeriesDate,
    SeriesTime,
    BodyPartExamined,
    ProtocolName,
    StationName,
    InstitutionName,
    Manufacturer,
    SopInstanceUid,
    SopClassUid,
    TransferSyntaxUid,
    InstanceNumber,
    ContentDate,
    ContentTime,
    NumberOfFrames,
    Rows,
    Columns,
    BitsAllocated,
};

[[nodiscard]] SpoolLevel levelOf(SpoolColumn column);

/// What narrows a search. It may let more through than is meant, as LIKE and the collations do, never less: whoever
/// asks judges each match once more.
struct SpoolTerm
{
    enum class Test {
        AnyOf,   ///< equal to one of the values
        Like,    ///< like one of the patterns, in which ! is the escape, as likePattern() makes them
        Between, ///< from the first to the second value, each may be empty; an empty column is not between
        Holds,   ///< Modality of a study: some series is equal to one of the values
    };
    SpoolColumn column = SpoolColumn::PatientName;
    Test test = Test::AnyOf;
    QStringList values{};
};

struct SpoolMatch
{
    qint64 patient = 0; ///< rows; 0 below the level of the search
    qint64 study = 0;
    qint64 series = 0;
    qint64 instance = 0;
    QStringList values{}; ///< by SpoolColumn, down to the level of the search

    [[nodiscard]] const QString& value(SpoolColumn column) const { return values.at(static_cast<qsizetype>(column)); }
};

/// Reads the index of received instances by the keys of a query: current versions only, in pages of bounded size, so
/// that neither memory nor a snapshot of the file is held while a peer takes its time. The newest patients and studies
/// come first, series and instances in the order in which they came. What changes between two pages may be missed or
/// come with the newer content, nothing comes twice. One thread: that of its connection.
///
/// Where an index leads to few rows, those are gathered once and their values are read page by page. Where it leads to
/// many, as the first letter of a name does, they are met soon on a walk through all.
///
/// Errors of all calls: LedgerFailed, LedgerCorrupt; Cancelled by a LedgerWatch.
class SpoolSearch final
{
public:
    /// @p mostGathered ids are kept in memory, eight bytes each; 0: what suits the level.
    SpoolSearch(Database& database, SpoolLevel level, QList<SpoolTerm> terms, qsizetype mostGathered = 0);
    ~SpoolSearch();
    Q_DISABLE_COPY_MOVE(SpoolSearch)

    /// The next page; empty: no more. The first one is short, for the first answer to be quick.
    [[nodiscard]] Result<QList<SpoolMatch>> next();

    /// The statement of the next step, for who wants to know how it is carried out.
    [[nodiscard]] QString sql() const;

private:
    enum class Way {
        Gather, ///< ids by an index, not yet read
        Gathered,
        WalkByRow,
        WalkByDate,
    };

    [[nodiscard]] Result<> gather();
    [[nodiscard]] Result<QList<SpoolMatch>> nextGathered();
    [[nodiscard]] Result<QList<SpoolMatch>> nextOfWalk();
    [[nodiscard]] Result<QList<SpoolMatch>> read(Statement& statement) const;
    [[nodiscard]] QString walkSql() const;
    void bindWalk(Statement& statement, int size) const;
    [[nodiscard]] int pageSize() const;

    Database& m_database;
    const SpoolLevel m_level;
    const QList<SpoolTerm> m_terms;
    const qsizetype m_mostGathered;
    bool m_isByDate = false;
    bool m_isFirst = true;
    bool m_isAtEnd = false;
    Way m_way = Way::WalkByRow;
    QList<qint64> m_ids; ///< gathered ones that are still to come, the next one last
    std::unique_ptr<Statement> m_statement;
    std::optional<SpoolMatch> m_last; ///< of the walk
};

/// A pattern of PS3.4 C.2.2.2.4 as one of LIKE, with ! as escape. What has capital and small letters beyond ASCII,
/// which LIKE does not know, matches any letter.
[[nodiscard]] QString likePattern(const QString& wildcards);

} // namespace radpost::store
