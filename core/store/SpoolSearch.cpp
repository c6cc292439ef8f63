#include "core/store/SpoolSearch.h"

#include "core/store/Database.h"
#include "core/store/spoolSql_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

using C = SpoolColumn;

constexpr int kFirstPage = 32;
constexpr int kPage = 500;

// To be read before the first answer, a study in some ten microseconds. More of them are met soon on a walk.
constexpr qsizetype kMostGathered = 5'000;
constexpr qsizetype kMostGatheredInstances = 100'000; ///< walked by their own rows, of which there are more

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

qint64 idOf(const SpoolMatch& match, SpoolLevel level)
{
    const std::array<qint64, 4> ids{match.patient, match.study, match.series, match.instance};
    return ids.at(static_cast<std::size_t>(level));
}

bool isNewestFirst(SpoolLevel level)
{
    return level == SpoolLevel::Patient || level == SpoolLevel::Study;
}

} // namespace

SpoolSearch::SpoolSearch(Database& database, SpoolLevel level, QList<SpoolTerm> terms, qsizetype mostGathered)
    : m_database(database)
    , m_level(level)
    , m_terms(std::move(terms))
    , m_mostGathered(mostGathered > 0         ? mostGathered
              : level == SpoolLevel::Instance ? kMostGatheredInstances
                                              : kMostGathered)
{
    m_isByDate = level == SpoolLevel::Study &&
        std::any_of(m_terms.begin(), m_terms.end(), [](const auto& term) { return term.column == C::StudyDate; });
    const bool isSelective = std::any_of(m_terms.begin(), m_terms.end(), store::isSelective);
    m_way = isSelective ? Way::Gather : m_isByDate ? Way::WalkByDate : Way::WalkByRow;
}

SpoolSearch::~SpoolSearch() = default;

QString SpoolSearch::sql() const
{
    auto conditions = m_way == Way::Gather ? termsSql(m_terms) : QStringList();
    conditions.append(isThere(m_level));
    const auto row = rowIdOf(m_level);
    switch (m_way) {
    case Way::Gather:
        return u"SELECT %1 FROM %2 WHERE %3 LIMIT ?"_s.arg(row, tablesOf(m_level), conditions.join(u" AND "));
    case Way::Gathered:
        return u"SELECT %1 FROM %2 WHERE %3 IN (%4) AND %5 ORDER BY %3%6"_s.arg(columnList(m_level), tablesOf(m_level),
            row.toString(), marks(std::min<qsizetype>(pageSize(), m_ids.size())), conditions.first(),
            isNewestFirst(m_level) ? u" DESC"_s : u""_s);
    case Way::WalkByRow:
    case Way::WalkByDate:
        break;
    }
    return walkSql();
}

/// Pages go on where the last one ended. By the date the index gives that order, by row the table does: no other index
/// may be used, for the sake of which all matches would be sorted again for each page.
QString SpoolSearch::walkSql() const
{
    const bool isDown = isNewestFirst(m_level);
    const bool isByDate = m_way == Way::WalkByDate;
    QList<SpoolTerm> dates;
    QList<SpoolTerm> others;
    for (const auto& term : m_terms) {
        (isByDate && term.column == C::StudyDate ? dates : others).append(term);
    }
    QStringList conditions = termsSql(dates) + termsSql(others, Indexed::No);
    const auto id = rowIdOf(m_level).toString();
    if (m_last && isByDate) {
        conditions.append(u"(t.study_date, t.study_time, t.id) < (?, ?, ?)"_s);
    } else if (m_last) {
        conditions.append(id + (isDown ? u" < ?"_s : u" > ?"_s));
    }
    conditions.append(isThere(m_level));
    const QString order = isByDate ? u"t.study_date DESC, t.study_time DESC, t.id DESC"_s
        : isDown                   ? QString(id + u" DESC"_s)
                                   : id;
    return u"SELECT %1 FROM %2 WHERE %3 ORDER BY %4 LIMIT ?"_s.arg(
        columnList(m_level), tablesOf(m_level), conditions.join(u" AND "), order);
}

void SpoolSearch::bindWalk(Statement& statement, int size) const
{
    const bool isByDate = m_way == Way::WalkByDate;
    for (const bool isDate : {true, false}) {
        for (const auto& term : m_terms) {
            if ((isByDate && term.column == C::StudyDate) == isDate) {
                bindTerms(statement, {term});
            }
        }
    }
    if (m_last && isByDate) {
        statement.bindText(m_last->value(C::StudyDate)).bindText(m_last->value(C::StudyTime));
    }
    if (m_last) {
        statement.bind(idOf(*m_last, m_level));
    }
    statement.bind(size);
}

int SpoolSearch::pageSize() const
{
    return m_isFirst ? kFirstPage : kPage;
}

Result<QList<SpoolMatch>> SpoolSearch::next()
{
    if (m_way == Way::Gather) {
        if (auto gathered = gather(); !gathered) {
            return fail(gathered.error());
        }
    }
    auto matches = m_way == Way::Gathered ? nextGathered() : nextOfWalk();
    m_isFirst = false;
    return matches;
}

Result<> SpoolSearch::gather()
{
    Statement statement(m_database, sql());
    bindTerms(statement, m_terms);
    statement.bind(m_mostGathered + 1);
    if (auto done = statement.exec(); !done) {
        return done;
    }
    while (statement.next()) {
        m_ids.append(statement.integer(0));
    }
    if (auto ended = statement.ended(); !ended) {
        return ended;
    }
    if (m_ids.size() > m_mostGathered) {
        m_ids = {};
        m_way = m_isByDate ? Way::WalkByDate : Way::WalkByRow;
        return {};
    }
    std::sort(m_ids.begin(), m_ids.end());
    if (!isNewestFirst(m_level)) {
        std::reverse(m_ids.begin(), m_ids.end());
    }
    m_way = Way::Gathered;
    return {};
}

/// What has gone since is passed over.
Result<QList<SpoolMatch>> SpoolSearch::nextGathered()
{
    while (!m_ids.isEmpty()) {
        Statement statement(m_database, sql());
        for (qsizetype i = std::min<qsizetype>(pageSize(), m_ids.size()); i > 0; --i) {
            statement.bind(m_ids.takeLast());
        }
        auto matches = read(statement);
        if (!matches || !matches->isEmpty()) {
            return matches;
        }
    }
    return QList<SpoolMatch>();
}

Result<QList<SpoolMatch>> SpoolSearch::nextOfWalk()
{
    if (m_isAtEnd) {
        return QList<SpoolMatch>();
    }
    if (!m_statement) {
        m_statement = std::make_unique<Statement>(m_database, walkSql());
    }
    const bool isFirst = !m_last;
    const int size = pageSize();
    bindWalk(*m_statement, size);
    auto matches = read(*m_statement);
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

Result<QList<SpoolMatch>> SpoolSearch::read(Statement& statement) const
{
    if (auto done = statement.exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolMatch> matches;
    while (statement.next()) {
        matches.append(matchOf(statement, m_level));
    }
    auto ended = statement.ended();
    statement.finish();
    return ended.map([&] { return std::move(matches); });
}

} // namespace radpost::store
