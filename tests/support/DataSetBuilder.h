#pragma once

#include "core/dicom/Encoding.h"

#include <QByteArray>
#include <QByteArrayView>

#include <span>

namespace radpost::test {

/// Puts data elements together byte by byte, also wrong ones: it checks nothing, pads only where asked to, and knows
/// nothing of the code under test.
class DataSetBuilder final
{
public:
    explicit DataSetBuilder(dicom::Encoding encoding = dicom::kExplicitLittleEndian)
        : m_encoding(encoding)
    {
    }

    /// An element whose value is padded to an even length, with NUL for UI and binary VRs and with a blank for text.
    DataSetBuilder& add(quint32 tag, const char* vr, QByteArray value);
    DataSetBuilder& addShort(quint32 tag, quint16 value);
    DataSetBuilder& addLong(quint32 tag, quint32 value);

    /// The head of an element alone, with any length.
    DataSetBuilder& addHead(quint32 tag, const char* vr, quint32 length);

    DataSetBuilder& addSequence(quint32 tag, const DataSetBuilder& item); ///< defined lengths
    DataSetBuilder& openSequence(quint32 tag, const char* vr = "SQ");
    DataSetBuilder& openItem() { return addItemHead(0xFFFFFFFFU); }
    DataSetBuilder& addItemHead(quint32 length);
    DataSetBuilder& closeItem();
    DataSetBuilder& closeSequence();

    DataSetBuilder& addRaw(QByteArrayView bytes);

    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }

    /// The attributes every instance has: SOP class and instance, study, series, patient.
    static DataSetBuilder instance(dicom::Encoding encoding = dicom::kExplicitLittleEndian);

private:
    void put16(quint16 value);
    void put32(quint32 value);
    void putTag(quint32 tag);

    dicom::Encoding m_encoding;
    QByteArray m_bytes;
};

/// Preamble, prefix and file meta information (PS3.10 7.1) with a right group length.
[[nodiscard]] QByteArray fileMeta(QByteArrayView transferSyntaxUid,
    QByteArrayView sopClassUid = "1.2.840.10008.5.1.4.1.1.7",
    QByteArrayView sopInstanceUid = "1.2.826.0.1.3680043.2.1");

/// A whole Part 10 file.
[[nodiscard]] QByteArray part10(QByteArrayView transferSyntaxUid, const DataSetBuilder& dataSet);

/// @p bytes as a raw deflate stream.
[[nodiscard]] QByteArray deflated(QByteArrayView bytes);

[[nodiscard]] inline std::span<const std::byte> asBytes(const QByteArray& bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<size_t>(bytes.size())));
}

} // namespace radpost::test
