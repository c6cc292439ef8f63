#pragma once

#include "core/dicom/Identifier.h"
#include "core/dicom/KeyMatch.h"
#include "core/store/SpoolLookup.h"

#include <tl/expected.hpp>

#include <optional>
#include <vector>

namespace radpost::engine {

/// PS3.4 C.6.1 and C.6.2.
enum class QueryRoot { Patient, Study };

/// Why an identifier is refused with A900, in the terms of a response.
struct QueryFault
{
    quint32 tag = 0;
    QByteArray comment; ///< at most 64 characters, no patient's data
};

/// What extended negotiation allows (PS3.4 C.5.1.1, C.5.2.1).
struct QueryOptions
{
    QueryRoot root = QueryRoot::Study;
    bool isRelational = false;   ///< unique keys of the levels above may be missing
    bool isDateWithTime = false; ///< ranges of a date and its time are one range
};

/// The identifier of a request, judged: its level, what narrows the index, what matches, and what is to be returned.
/// A value.
class QueryKeys final
{
public:
    /// Of C-FIND (PS3.4 C.4.1.2.1, C.4.1.1.3): the level, and above it one value of each unique key.
    [[nodiscard]] static tl::expected<QueryKeys, QueryFault> ofFind(
        const dicom::Identifier& identifier, const QueryOptions& options);

    /// Of C-MOVE and C-GET (PS3.4 C.4.2.2.1): also one or, but for the patient, several values of the level's own
    /// unique key. No unique key may have wildcards. Other keys are ignored, those above the root among them.
    [[nodiscard]] static tl::expected<QueryKeys, QueryFault> ofRetrieve(
        const dicom::Identifier& identifier, const QueryOptions& options);

    [[nodiscard]] store::SpoolLevel level() const { return m_level; }
    [[nodiscard]] const QList<store::SpoolTerm>& terms() const { return m_terms; }

    /// Some key was not matched: it is none that we have at this level, and not returned (PS3.4 C.2.2.1.3), or one that
    /// we only return.
    [[nodiscard]] bool hasUnsupported() const { return m_hasUnsupported; }

    /// Whether @p match is meant, once the index has let it through. Errors: those of SpoolLookup.
    [[nodiscard]] Result<bool> matches(const store::SpoolMatch& match, store::SpoolLookup& lookup) const;

    /// What retrieving judges each instance by: whether @p value, of @p column, is one that was asked for.
    [[nodiscard]] bool admits(store::SpoolColumn column, const QString& value) const;

    /// The identifier of a response: every key of the request that we have, and where to retrieve from. Errors: those
    /// of SpoolLookup.
    [[nodiscard]] Result<dicom::Identifier> answer(
        const store::SpoolMatch& match, store::SpoolLookup& lookup, const QString& retrieveAeTitle) const;

private:
    struct ColumnKey
    {
        quint32 tag = 0;
        store::SpoolColumn column = store::SpoolColumn::PatientName;
        dicom::KeyMatch match{};
    };
    struct SumKey
    {
        quint32 tag = 0;
        store::SpoolSum sum = store::SpoolSum::StudiesOfPatient;
    };
    /// A date and its time that count as one.
    struct Moment
    {
        const ColumnKey* date = nullptr;
        const ColumnKey* time = nullptr;
    };

    [[nodiscard]] static std::optional<QueryFault> readLevel(
        QueryKeys& keys, const dicom::Identifier& identifier, QueryRoot root);
    [[nodiscard]] static std::optional<QueryFault> checkUniqueKeysAbove(
        const QueryKeys& keys, const dicom::Identifier& identifier, const QueryOptions& options);
    [[nodiscard]] std::optional<QueryFault> take(const dicom::Identifier::Attribute& attribute);
    [[nodiscard]] std::optional<QueryFault> takeColumn(quint32 tag, store::SpoolColumn column, const QString& value);
    [[nodiscard]] std::optional<QueryFault> takeModalities(const QString& value);
    void narrow();
    [[nodiscard]] Moment momentOf(const ColumnKey& key) const;
    [[nodiscard]] bool matchesColumn(const ColumnKey& key, const store::SpoolMatch& match) const;

    store::SpoolLevel m_level = store::SpoolLevel::Study;
    bool m_isDateWithTime = false;
    bool m_hasUnsupported = false;
    std::vector<ColumnKey> m_columns;
    std::vector<SumKey> m_sums;
    dicom::KeyMatch m_modalities; ///< of ModalitiesInStudy
    bool m_isAvailabilityAsked = false;
    QList<store::SpoolTerm> m_terms;
};

/// "PATIENT", "STUDY", "SERIES", "IMAGE".
[[nodiscard]] QString levelWord(store::SpoolLevel level);

} // namespace radpost::engine
