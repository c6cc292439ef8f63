#pragma once

#include "core/dicom/ElementWalker_p.h"
#include "core/dicom/InstanceHeader.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <string>
#include <string_view>

namespace radpost::dicom {

/// Collects the values that InstanceHeader wants while elements pass by, then makes the header of them.
///
/// The files of a series say mostly the same: a value that equals the last file's shares its text, which saves
/// decoding and memory.
class HeaderFields final
{
public:
    /// The tag behind which nothing is wanted: Bits Allocated.
    static constexpr quint32 kLastTag = 0x00280100U;
    static constexpr quint32 kLongestValue = 16 * 1024;

    enum Field : quint8 {
        MediaStorageSopClassUid,
        MediaStorageSopInstanceUid,
        TransferSyntax,
        SourceAeTitle,
        SpecificCharacterSet,
        SopClass,
        SopInstance,
        StudyDate,
        StudyTime,
        Accession,
        Modality,
        StudyDescription,
        SeriesDescription,
        PatientName,
        PatientId,
        PatientBirthDate,
        PatientSex,
        StudyUid,
        SeriesUid,
        SeriesNumber,
        InstanceNumber,
        NumberOfFrames,
        Rows,
        Columns,
        BitsAllocated,
        FieldCount,
    };

    void clear();

    /// The field that takes the element @p tag, or FieldCount.
    [[nodiscard]] static Field fieldOf(quint32 tag);

    /// Takes the value as it stands in the file; the first of several wins.
    void set(Field field, const std::byte* value, const Element& element, bool bigEndian);

    void replaceTransferSyntax(std::string_view uid) { m_slots[TransferSyntax].raw = uid; }

    [[nodiscard]] bool has(Field field) const { return !m_slots[field].raw.empty(); }

    /// The value without padding.
    [[nodiscard]] std::string_view value(Field field) const { return m_slots[field].raw; }

    /// Fills all of @p header that comes from elements; UIDs of the file meta information stand in for missing ones.
    void fill(InstanceHeader& header);

private:
    struct Slot
    {
        std::string raw;
        quint32 number = 0;
        std::string lastRaw;
        QByteArray lastBytes;
        QString lastText;
    };

    const QByteArray& bytes(Field field);
    const QString& latin(Field field);
    [[nodiscard]] quint16 shortNumber(Field field) const;
    void fillText(InstanceHeader& header);
    void decodeTexts();

    std::array<Slot, FieldCount> m_slots;
    CharsetVerdict m_verdict = CharsetVerdict::Defaulted;
    QByteArray m_usedCharacterSet;
    bool m_textsKnown = false;
};

} // namespace radpost::dicom
