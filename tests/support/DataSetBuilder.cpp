#include "tests/support/DataSetBuilder.h"

#include <QtEndian>

#include <zlib.h>

namespace radpost::test {

namespace {

bool hasLongForm(QByteArrayView vr)
{
    return QByteArrayView("OB OD OF OL OV OW SQ SV UC UN UR UT UV").contains(vr);
}

bool isText(QByteArrayView vr)
{
    return QByteArrayView("AE AS CS DA DS DT IS LO LT PN SH ST TM UC UR UT").contains(vr);
}

} // namespace

DataSetBuilder& DataSetBuilder::add(quint32 tag, const char* vr, QByteArray value)
{
    if (value.size() % 2 != 0) {
        value.append(isText(vr) ? ' ' : '\0');
    }
    return addHead(tag, vr, static_cast<quint32>(value.size())).addRaw(value);
}

DataSetBuilder& DataSetBuilder::addShort(quint32 tag, quint16 value)
{
    addHead(tag, "US", 2);
    put16(value);
    return *this;
}

DataSetBuilder& DataSetBuilder::addLong(quint32 tag, quint32 value)
{
    addHead(tag, "UL", 4);
    put32(value);
    return *this;
}

DataSetBuilder& DataSetBuilder::addHead(quint32 tag, const char* vr, quint32 length)
{
    putTag(tag);
    if (!m_encoding.explicitVr) {
        put32(length);
        return *this;
    }
    m_bytes.append(vr, 2);
    if (hasLongForm(vr)) {
        put16(0);
        put32(length);
    } else {
        put16(static_cast<quint16>(length));
    }
    return *this;
}

DataSetBuilder& DataSetBuilder::addSequence(quint32 tag, const DataSetBuilder& item)
{
    const auto length = static_cast<quint32>(item.m_bytes.size());
    return addHead(tag, "SQ", length + 8).addItemHead(length).addRaw(item.m_bytes);
}

DataSetBuilder& DataSetBuilder::openSequence(quint32 tag, const char* vr)
{
    return addHead(tag, vr, 0xFFFFFFFFU);
}

DataSetBuilder& DataSetBuilder::addItemHead(quint32 length)
{
    putTag(0xFFFEE000U);
    put32(length);
    return *this;
}

DataSetBuilder& DataSetBuilder::closeItem()
{
    putTag(0xFFFEE00DU);
    put32(0);
    return *this;
}

DataSetBuilder& DataSetBuilder::closeSequence()
{
    putTag(0xFFFEE0DDU);
    put32(0);
    return *this;
}

DataSetBuilder& DataSetBuilder::addRaw(QByteArrayView bytes)
{
    m_bytes.append(bytes);
    return *this;
}

DataSetBuilder DataSetBuilder::instance(dicom::Encoding encoding)
{
    DataSetBuilder builder(encoding);
    builder.add(0x00080016U, "UI", "1.2.840.10008.5.1.4.1.1.7").add(0x00080018U, "UI", "1.2.826.0.1.3680043.2.1");
    builder.add(0x00080020U, "DA", "20240229").add(0x00080030U, "TM", "101112").add(0x00080050U, "SH", "ACC1");
    builder.add(0x00080060U, "CS", "OT").add(0x00081030U, "LO", "STUDY").add(0x0008103EU, "LO", "SERIES");
    builder.add(0x00100010U, "PN", "DOE^JANE").add(0x00100020U, "LO", "ID1").add(0x00100030U, "DA", "19700101");
    builder.add(0x00100040U, "CS", "F").add(0x0020000DU, "UI", "1.2.826.0.1.3680043.2.2");
    builder.add(0x0020000EU, "UI", "1.2.826.0.1.3680043.2.3").add(0x00200011U, "IS", "4").add(0x00200013U, "IS", "-7");
    builder.add(0x00280008U, "IS", "12").addShort(0x00280010U, 512).addShort(0x00280011U, 256);
    builder.addShort(0x00280100U, 16);
    return builder;
}

void DataSetBuilder::put16(quint16 value)
{
    const quint16 stored = m_encoding.bigEndian ? qToBigEndian(value) : qToLittleEndian(value);
    m_bytes.append(reinterpret_cast<const char*>(&stored), sizeof stored);
}

void DataSetBuilder::put32(quint32 value)
{
    const quint32 stored = m_encoding.bigEndian ? qToBigEndian(value) : qToLittleEndian(value);
    m_bytes.append(reinterpret_cast<const char*>(&stored), sizeof stored);
}

void DataSetBuilder::putTag(quint32 tag)
{
    put16(static_cast<quint16>(tag >> 16));
    put16(static_cast<quint16>(tag & 0xFFFFU));
}

QByteArray fileMeta(QByteArrayView transferSyntaxUid, QByteArrayView sopClassUid, QByteArrayView sopInstanceUid)
{
    DataSetBuilder body;
    body.add(0x00020001U, "OB", QByteArray("\0\1", 2)).add(0x00020002U, "UI", sopClassUid.toByteArray());
    body.add(0x00020003U, "UI", sopInstanceUid.toByteArray());
    if (!transferSyntaxUid.isEmpty()) {
        body.add(0x00020010U, "UI", transferSyntaxUid.toByteArray());
    }
    body.add(0x00020012U, "UI", "1.2.826.0.1.3680043.2.99");
    DataSetBuilder head;
    head.addLong(0x00020000U, static_cast<quint32>(body.bytes().size()));
    return QByteArray(128, '\0') + "DICM" + head.bytes() + body.bytes();
}

QByteArray part10(QByteArrayView transferSyntaxUid, const DataSetBuilder& dataSet)
{
    return fileMeta(transferSyntaxUid) + dataSet.bytes();
}

QByteArray deflated(QByteArrayView bytes)
{
    z_stream z = {};
    deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    const auto bound = deflateBound(&z, static_cast<uLong>(bytes.size()));
    QByteArray packed(static_cast<qsizetype>(bound), '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    z.avail_in = static_cast<uInt>(bytes.size());
    z.next_out = reinterpret_cast<Bytef*>(packed.data());
    z.avail_out = static_cast<uInt>(packed.size());
    deflate(&z, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(z.total_out));
    deflateEnd(&z);
    return packed;
}

} // namespace radpost::test
