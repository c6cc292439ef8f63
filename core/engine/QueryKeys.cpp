#include "core/engine/QueryKeys.h"

#include "core/dicom/AttributePath.h"
#include "core/engine/queryTerms.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

using dicom::KeyMatch;
using store::SpoolColumn;
using store::SpoolLevel;
using store::SpoolSum;
using store::SpoolTerm;

struct ColumnTag
{
    quint32 tag;
    SpoolColumn column;
};

// PS3.4 Tables C.6-1 to C.6-4: what the index has of them.
constexpr std::array kColumnTags{
    ColumnTag{0x00080016, SpoolColumn::SopClassUid},
    ColumnTag{0x00080018, SpoolColumn::SopInstanceUid},
    ColumnTag{0x00080020, SpoolColumn::StudyDate},
    ColumnTag{0x00080021, SpoolColumn::SeriesDate},
    ColumnTag{0x00080023, SpoolColumn::ContentDate},
    ColumnTag{0x00080030, SpoolColumn::StudyTime},
    ColumnTag{0x00080031, SpoolColumn::SeriesTime},
    ColumnTag{0x00080033, SpoolColumn::ContentTime},
    ColumnTag{0x00080050, SpoolColumn::AccessionNumber},
    ColumnTag{0x00080060, SpoolColumn::Modality},
    ColumnTag{0x00080070, SpoolColumn::Manufacturer},
    ColumnTag{0x00080080, SpoolColumn::InstitutionName},
    ColumnTag{0x00080090, SpoolColumn::ReferringPhysicianName},
    ColumnTag{0x00081010, SpoolColumn::StationName},
    ColumnTag{0x00081030, SpoolColumn::StudyDescription},
    ColumnTag{0x0008103E, SpoolColumn::SeriesDescription},
    ColumnTag{0x00083002, SpoolColumn::TransferSyntaxUid},
    ColumnTag{0x00100010, SpoolColumn::PatientName},
    ColumnTag{0x00100020, SpoolColumn::PatientId},
    ColumnTag{0x00100021, SpoolColumn::IssuerOfPatientId},
    ColumnTag{0x00100030, SpoolColumn::PatientBirthDate},
    ColumnTag{0x00100040, SpoolColumn::PatientSex},
    ColumnTag{0x00180015, SpoolColumn::BodyPartExamined},
    ColumnTag{0x00181030, SpoolColumn::ProtocolName},
    ColumnTag{0x0020000D, SpoolColumn::StudyInstanceUid},
    ColumnTag{0x0020000E, SpoolColumn::SeriesInstanceUid},
    ColumnTag{0x00200010, SpoolColumn::StudyId},
    ColumnTag{0x00200011, SpoolColumn::SeriesNumber},
    ColumnTag{0x00200013, SpoolColumn::InstanceNumber},
    ColumnTag{0x00280008, SpoolColumn::NumberOfFrames},
    ColumnTag{0x00280010, SpoolColumn::Rows},
    ColumnTag{0x00280011, SpoolColumn::Columns},
    ColumnTag{0x00280100, SpoolColumn::BitsAllocated},
};

struct SumTag
{
    quint32 tag;
    SpoolSum sum;
    SpoolLevel level;
};

constexpr std::array kSumTags{
    SumTag{0x00080061, SpoolSum::ModalitiesInStudy, SpoolLevel::Study},
    SumTag{0x00080062, SpoolSum::SopClassesInStudy, SpoolLevel::Study},
    SumTag{0x00201200, SpoolSum::StudiesOfPatient, SpoolLevel::Patient},
    SumTag{0x00201202, SpoolSum::SeriesOfPatient, SpoolLevel::Patient},
    SumTag{0x00201204, SpoolSum::InstancesOfPatient, SpoolLevel::Patient},
    SumTag{0x00201206, SpoolSum::SeriesOfStudy, SpoolLevel::Study},
    SumTag{0x00201208, SpoolSum::InstancesOfStudy, SpoolLevel::Study},
    SumTag{0x00201209, SpoolSum::InstancesOfSeries, SpoolLevel::Series},
};

template <typename Table>
auto rowOf(const Table& table, quint32 tag)
{
    const auto found = std::find_if(table.begin(), table.end(), [tag](const auto& row) { return row.tag == tag; });
    return found == table.end() ? nullptr : &*found;
}

constexpr std::array<QStringView, 4> kLevels{u"PATIENT", u"STUDY", u"SERIES", u"IMAGE"};
constexpr std::array kUniqueTags{
    dicom::tag::kPatientId, dicom::tag::kStudyInstanceUid, dicom::tag::kSeriesInstanceUid, dicom::tag::kSopInstanceUid};

quint32 uniqueTagOf(SpoolLevel level)
{
    return kUniqueTags.at(static_cast<std::size_t>(level));
}

/// Study Root has no patients of its own: their attributes are those of the study (PS3.4 C.6.2.1).
SpoolLevel topOf(QueryRoot root)
{
    return root == QueryRoot::Patient ? SpoolLevel::Patient : SpoolLevel::Study;
}

/// Matching is asked for.
bool hasValue(const QString& value)
{
    const auto match = KeyMatch::parse("LO", value);
    return !match || !match->isUniversal();
}

QueryFault faultOf(quint32 tag, const char* problem)
{
    return {tag, dicom::keywordOf(tag).toLatin1() + ' ' + problem};
}

bool isNumeric(SpoolColumn column)
{
    return column >= SpoolColumn::NumberOfFrames;
}

QString textOf(const store::SpoolMatch& match, SpoolColumn column)
{
    const auto& value = match.value(column);
    return isNumeric(column) && value == u"0" ? QString() : value; // the data set has none
}

} // namespace

QString levelWord(SpoolLevel level)
{
    return kLevels.at(static_cast<std::size_t>(level)).toString();
}

tl::expected<QueryKeys, QueryFault> QueryKeys::ofFind(const dicom::Identifier& identifier, const QueryOptions& options)
{
    QueryKeys keys;
    keys.m_isDateWithTime = options.isDateWithTime;
    if (auto fault = readLevel(keys, identifier, options.root)) {
        return tl::unexpected(std::move(*fault));
    }
    if (auto fault = checkUniqueKeysAbove(keys, identifier, options)) {
        return tl::unexpected(std::move(*fault));
    }
    for (const auto& attribute : identifier.attributes()) {
        if (auto fault = keys.take(attribute)) {
            return tl::unexpected(std::move(*fault));
        }
    }
    keys.narrow();
    return keys;
}

tl::expected<QueryKeys, QueryFault> QueryKeys::ofRetrieve(
    const dicom::Identifier& identifier, const QueryOptions& options)
{
    QueryKeys keys;
    if (auto fault = readLevel(keys, identifier, options.root)) {
        return tl::unexpected(std::move(*fault));
    }
    if (auto fault = checkUniqueKeysAbove(keys, identifier, options)) {
        return tl::unexpected(std::move(*fault));
    }
    for (auto i = static_cast<std::size_t>(topOf(options.root)); i <= static_cast<std::size_t>(keys.m_level); ++i) {
        const auto tag = kUniqueTags.at(i);
        if (auto fault = keys.takeColumn(tag, rowOf(kColumnTags, tag)->column, identifier.value(tag))) {
            return tl::unexpected(std::move(*fault));
        }
        if (keys.m_columns.back().match.hasWildcards()) {
            return tl::unexpected(faultOf(tag, "must have no wildcards"));
        }
    }
    const auto& own = keys.m_columns.back().match;
    if (own.isUniversal()) {
        return tl::unexpected(faultOf(uniqueTagOf(keys.m_level), "is missing"));
    }
    if (keys.m_level == SpoolLevel::Patient && !own.isSingle()) {
        return tl::unexpected(faultOf(uniqueTagOf(keys.m_level), "must have one value"));
    }
    keys.narrow();
    return keys;
}

std::optional<QueryFault> QueryKeys::readLevel(QueryKeys& keys, const dicom::Identifier& identifier, QueryRoot root)
{
    const auto word = identifier.value(dicom::tag::kQueryRetrieveLevel).trimmed().toUpper();
    const auto found = std::find(kLevels.begin(), kLevels.end(), word);
    if (found == kLevels.end()) {
        return faultOf(dicom::tag::kQueryRetrieveLevel, word.isEmpty() ? "is missing" : "is unknown");
    }
    keys.m_level = static_cast<SpoolLevel>(found - kLevels.begin());
    if (root == QueryRoot::Study && keys.m_level == SpoolLevel::Patient) {
        return faultOf(dicom::tag::kQueryRetrieveLevel, "PATIENT is not in Study Root");
    }
    return std::nullopt;
}

std::optional<QueryFault> QueryKeys::checkUniqueKeysAbove(
    const QueryKeys& keys, const dicom::Identifier& identifier, const QueryOptions& options)
{
    for (int level = static_cast<int>(topOf(options.root));
         !options.isRelational && level < static_cast<int>(keys.m_level); ++level) {
        const auto tag = kUniqueTags.at(static_cast<std::size_t>(level));
        const auto match = KeyMatch::parse(dicom::dictionaryVr(tag), identifier.value(tag));
        if (!match || match->isUniversal()) {
            return faultOf(tag, "is missing");
        }
        if (!match->isSingle()) {
            return faultOf(tag, "must have one value");
        }
    }
    return std::nullopt;
}

std::optional<QueryFault> QueryKeys::take(const dicom::Identifier::Attribute& attribute)
{
    constexpr quint32 kGroupLength = 0;
    const auto tag = attribute.tag;
    if (tag == dicom::tag::kSpecificCharacterSet || (tag & 0xFFFFU) == kGroupLength) {
        return std::nullopt; // of the encoding, not keys
    }
    if (const auto* row = rowOf(kColumnTags, tag); row != nullptr && levelOf(row->column) <= m_level) {
        return takeColumn(tag, row->column, attribute.value);
    }
    if (const auto* row = rowOf(kSumTags, tag); row != nullptr && row->level <= m_level) {
        m_sums.push_back({tag, row->sum});
        if (row->sum == SpoolSum::ModalitiesInStudy) {
            return takeModalities(attribute.value);
        }
        m_hasUnsupported |= hasValue(attribute.value);
        return std::nullopt;
    }
    m_isAvailabilityAsked |= tag == dicom::tag::kInstanceAvailability;
    const bool isReturned = tag == dicom::tag::kInstanceAvailability || tag == dicom::tag::kRetrieveAeTitle;
    m_hasUnsupported |= tag != dicom::tag::kQueryRetrieveLevel && (!isReturned || hasValue(attribute.value));
    return std::nullopt;
}

std::optional<QueryFault> QueryKeys::takeColumn(quint32 tag, SpoolColumn column, const QString& value)
{
    auto match = KeyMatch::parse(dicom::dictionaryVr(tag), value);
    if (!match) {
        return faultOf(tag, "has a value that cannot be matched");
    }
    m_columns.push_back({tag, column, *std::move(match)});
    return std::nullopt;
}

std::optional<QueryFault> QueryKeys::takeModalities(const QString& value)
{
    auto match = KeyMatch::parse("CS", value);
    if (!match) {
        return faultOf(dicom::tag::kModalitiesInStudy, "has a value that cannot be matched");
    }
    m_modalities = *std::move(match);
    if (!m_modalities.isUniversal() && !m_modalities.hasWildcards()) {
        m_terms.append({SpoolColumn::Modality, SpoolTerm::Test::Holds, m_modalities.values()});
    }
    return std::nullopt;
}

void QueryKeys::narrow()
{
    for (const auto& key : m_columns) {
        m_terms += termsOf(key.tag, key.column, key.match);
    }
}

QueryKeys::Moment QueryKeys::momentOf(const ColumnKey& key) const
{
    static constexpr std::array<std::pair<SpoolColumn, SpoolColumn>, 3> kMoments{
        {{SpoolColumn::StudyDate, SpoolColumn::StudyTime}, {SpoolColumn::SeriesDate, SpoolColumn::SeriesTime},
            {SpoolColumn::ContentDate, SpoolColumn::ContentTime}}};
    const auto range = [this](SpoolColumn column) -> const ColumnKey* {
        const auto found = std::find_if(m_columns.begin(), m_columns.end(), [column](const ColumnKey& candidate) {
            return candidate.column == column && candidate.match.kind() == KeyMatch::Kind::Range;
        });
        return found == m_columns.end() ? nullptr : &*found;
    };
    for (const auto& [date, time] : kMoments) {
        if (m_isDateWithTime && (key.column == date || key.column == time)) {
            return {range(date), range(time)};
        }
    }
    return {};
}

bool QueryKeys::matchesColumn(const ColumnKey& key, const store::SpoolMatch& match) const
{
    if (key.match.isUniversal()) {
        return true;
    }
    const auto moment = momentOf(key);
    if (moment.date != nullptr && moment.time != nullptr) {
        return KeyMatch::matchesTogether(
            moment.date->match, moment.time->match, match.value(moment.date->column), match.value(moment.time->column));
    }
    return key.match.matches(textOf(match, key.column));
}

bool QueryKeys::admits(SpoolColumn column, const QString& value) const
{
    return std::all_of(m_columns.begin(), m_columns.end(),
        [&](const ColumnKey& key) { return key.column != column || key.match.matches(value); });
}

Result<bool> QueryKeys::matches(const store::SpoolMatch& match, store::SpoolLookup& lookup) const
{
    const bool isMeant = std::all_of(
        m_columns.begin(), m_columns.end(), [&](const ColumnKey& key) { return matchesColumn(key, match); });
    if (!isMeant || m_modalities.isUniversal()) {
        return isMeant;
    }
    return lookup.sum(SpoolSum::ModalitiesInStudy, match).map([this](const QString& modalities) {
        return m_modalities.matches(modalities);
    });
}

Result<dicom::Identifier> QueryKeys::answer(
    const store::SpoolMatch& match, store::SpoolLookup& lookup, const QString& retrieveAeTitle) const
{
    dicom::Identifier answer;
    if (m_isAvailabilityAsked) {
        answer.set(dicom::tag::kInstanceAvailability, u"ONLINE"_s);
    }
    for (const auto& key : m_columns) {
        answer.set(key.tag, textOf(match, key.column));
    }
    for (const auto& key : m_sums) {
        const auto value = lookup.sum(key.sum, match);
        if (!value) {
            return fail(value.error());
        }
        answer.set(key.tag, *value);
    }
    answer.set(dicom::tag::kQueryRetrieveLevel, levelWord(m_level));
    answer.set(dicom::tag::kRetrieveAeTitle, retrieveAeTitle);
    return answer;
}

} // namespace radpost::engine
