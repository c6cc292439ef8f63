#pragma once

#include "core/base/Result.h"
#include "core/base/StrongId.h"

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace radpost::dicom {

/// The data set of a query or of its answer (PS3.4 C.4.1.1.3, K.6.1.2): attributes in the order of their tags, each
/// with its values as text, the items of sequences as identifiers of their own. A value type.
class Identifier final
{
public:
    struct Attribute
    {
        quint32 tag = 0; ///< group << 16 | element
        QString value;   ///< several values have backslashes between
        std::vector<Identifier> items;
    };

    /// Adds the attribute or changes its value; an empty one asks for it (universal matching, PS3.4 C.2.2.2.3).
    void set(quint32 tag, const QString& value = {});
    /// Adds an item to a sequence.
    void addItem(quint32 sequence, Identifier item);

    /// Empty when there is none.
    [[nodiscard]] QString value(quint32 tag) const;
    [[nodiscard]] bool contains(quint32 tag) const { return find(tag) != nullptr; }
    /// The first item of a sequence; nullptr when there is none.
    [[nodiscard]] const Identifier* item(quint32 sequence) const;
    [[nodiscard]] Identifier& ensureItem(quint32 sequence);
    [[nodiscard]] const std::vector<Attribute>& attributes() const { return m_attributes; }

private:
    [[nodiscard]] const Attribute* find(quint32 tag) const;
    Attribute& place(quint32 tag);

    std::vector<Attribute> m_attributes;
};

/// Tags that queries live by.
namespace tag {

inline constexpr quint32 kSpecificCharacterSet = 0x00080005;
inline constexpr quint32 kSopClassUid = 0x00080016;
inline constexpr quint32 kSopInstanceUid = 0x00080018;
inline constexpr quint32 kStudyDate = 0x00080020;
inline constexpr quint32 kStudyTime = 0x00080030;
inline constexpr quint32 kAccessionNumber = 0x00080050;
inline constexpr quint32 kQueryRetrieveLevel = 0x00080052;
inline constexpr quint32 kRetrieveAeTitle = 0x00080054;
inline constexpr quint32 kInstanceAvailability = 0x00080056;
inline constexpr quint32 kFailedSopInstanceUidList = 0x00080058;
inline constexpr quint32 kModality = 0x00080060;
inline constexpr quint32 kModalitiesInStudy = 0x00080061;
inline constexpr quint32 kStudyDescription = 0x00081030;
inline constexpr quint32 kSeriesDescription = 0x0008103E;
inline constexpr quint32 kReferencedSopClassUid = 0x00081150;
inline constexpr quint32 kReferencedSopInstanceUid = 0x00081155;
inline constexpr quint32 kTransactionUid = 0x00081195;
inline constexpr quint32 kFailureReason = 0x00081197;
inline constexpr quint32 kFailedSopSequence = 0x00081198;
inline constexpr quint32 kReferencedSopSequence = 0x00081199;
inline constexpr quint32 kPatientName = 0x00100010;
inline constexpr quint32 kPatientId = 0x00100020;
inline constexpr quint32 kPatientBirthDate = 0x00100030;
inline constexpr quint32 kPatientSex = 0x00100040;
inline constexpr quint32 kStudyInstanceUid = 0x0020000D;
inline constexpr quint32 kSeriesInstanceUid = 0x0020000E;
inline constexpr quint32 kSeriesNumber = 0x00200011;
inline constexpr quint32 kInstanceNumber = 0x00200013;
inline constexpr quint32 kNumberOfPatientStudies = 0x00201200;
inline constexpr quint32 kNumberOfStudyInstances = 0x00201208;
inline constexpr quint32 kNumberOfStudySeries = 0x00201206;
inline constexpr quint32 kNumberOfSeriesInstances = 0x00201209;
inline constexpr quint32 kRequestedProcedureDescription = 0x00321060;
inline constexpr quint32 kScheduledStationAeTitle = 0x00400001;
inline constexpr quint32 kScheduledStepStartDate = 0x00400002;
inline constexpr quint32 kScheduledStepStartTime = 0x00400003;
inline constexpr quint32 kScheduledPerformingPhysician = 0x00400006;
inline constexpr quint32 kScheduledStepDescription = 0x00400007;
inline constexpr quint32 kScheduledStepId = 0x00400009;
inline constexpr quint32 kScheduledProcedureStepSequence = 0x00400100;
inline constexpr quint32 kRequestedProcedureId = 0x00401001;

} // namespace tag

/// The keyword, else "(gggg,eeee)".
[[nodiscard]] QString keywordOf(quint32 tag);

/// Tags of sequences, then the one of an attribute, by keyword or as "0010,0020", "(0010,0020)", "00100020":
/// "ScheduledProcedureStepSequence.Modality". Nothing for what parseAttributePath() refuses, private attributes, items
/// and single values.
[[nodiscard]] std::optional<std::vector<quint32>> tagPathOf(const QString& text);

/// Sets the attribute at @p path, making the items that it stands in.
void setAt(Identifier& identifier, std::span<const quint32> path, const QString& value);

/// Encodes in @p syntax (Implicit or Explicit VR Little Endian). Text beyond ASCII goes as UTF-8 with Specific
/// Character Set ISO_IR 192 unless the identifier sets (0008,0005) itself: GB18030, GBK and ISO_IR 100 are honoured.
/// Errors: InvalidArgument (a value that its VR cannot hold, or that the character set has no letters for).
[[nodiscard]] Result<QByteArray> encodeIdentifier(const Identifier& identifier, const TransferSyntaxUid& syntax);

/// More attributes than any identifier has; a peer that sends them does not get memory for them.
inline constexpr int kMostIdentifierAttributes = 20'000;
/// More values than all attributes of any identifier have together, lists of UIDs among them.
inline constexpr int kMostIdentifierValues = 200'000;

/// What a peer sent, read without DCMTK, which believes lengths. Bulk data, and what is of no known VR and holds bytes,
/// stay empty. Errors: DicomTruncated, DicomMalformed (also: more than @p most attributes and items, or
/// more than kMostIdentifierValues), DicomUnsupportedSyntax.
[[nodiscard]] Result<Identifier> decodeIdentifier(
    std::span<const std::byte> bytes, const TransferSyntaxUid& syntax, int most = kMostIdentifierAttributes);

} // namespace radpost::dicom
