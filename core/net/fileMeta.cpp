#include "core/net/fileMeta.h"

#include "core/net/implementation.h"

#include <algorithm>

namespace radpost::net {

namespace {

constexpr std::size_t kPreambleSize = 128;
constexpr quint16 kMetaGroup = 0x0002;

void add(Bytes& to, ConstBytes bytes)
{
    to.insert(to.end(), bytes.begin(), bytes.end());
}

void addText(Bytes& to, QByteArrayView text)
{
    add(to, std::as_bytes(std::span(text.data(), static_cast<std::size_t>(text.size()))));
}

template <typename T>
void addLittle(Bytes& to, T value)
{
    const auto at = to.size();
    to.resize(at + sizeof value);
    storeLittle(value, to.data() + at);
}

/// Explicit VR Little Endian, a VR with a length of 16 bits.
void addElement(Bytes& to, quint16 element, QByteArrayView vr, QByteArrayView value, char padding)
{
    addLittle(to, kMetaGroup);
    addLittle(to, element);
    addText(to, vr);
    addLittle(to, static_cast<quint16>(value.size() + value.size() % 2));
    addText(to, value);
    if (value.size() % 2 != 0) {
        to.push_back(std::byte(padding));
    }
}

void addUid(Bytes& to, quint16 element, QByteArrayView uid)
{
    addElement(to, element, "UI", uid, '\0');
}

void addVersion(Bytes& to)
{
    addLittle(to, kMetaGroup);
    addLittle<quint16>(to, 0x0001);
    addText(to, "OB");
    addLittle<quint16>(to, 0);
    addLittle<quint32>(to, 2);
    addLittle<quint16>(to, 0x0100); // the bytes 00 01
}

/// Explicit VR Little Endian, a VR with a length of 32 bits.
void addLongText(Bytes& to, quint16 element, QByteArrayView vr, QByteArrayView value)
{
    addLittle(to, kMetaGroup);
    addLittle(to, element);
    addText(to, vr);
    addLittle<quint16>(to, 0);
    addLittle(to, static_cast<quint32>(value.size() + value.size() % 2));
    addText(to, value);
    if (value.size() % 2 != 0) {
        to.push_back(std::byte(' '));
    }
}

/// PS3.10 7.1.1.1.
QByteArray presentationAddress(const QByteArray& address)
{
    return address.contains(':') ? QByteArray("dicom://[" + address + ']') : QByteArray("dicom://" + address);
}

} // namespace

Bytes encodeFileMeta(const FileMeta& meta)
{
    Bytes bytes(kPreambleSize);
    addText(bytes, "DICM");
    const auto groupLength = bytes.size();
    addElement(bytes, 0x0000, "UL", QByteArrayView("\0\0\0\0", 4), '\0');
    const auto body = bytes.size();
    addVersion(bytes);
    addUid(bytes, 0x0002, meta.sopClassUid);
    addUid(bytes, 0x0003, meta.sopInstanceUid);
    addUid(bytes, 0x0010, meta.transferSyntaxUid);
    addUid(bytes, 0x0012, kImplementationClassUid);
    addElement(bytes, 0x0013, "SH", kImplementationVersionName, ' ');
    if (!meta.sourceAeTitle.isEmpty()) {
        addElement(bytes, 0x0016, "AE", meta.sourceAeTitle, ' ');
    }
    if (!meta.receivingAeTitle.isEmpty()) {
        addElement(bytes, 0x0017, "AE", meta.sourceAeTitle, ' ');
        addElement(bytes, 0x0018, "AE", meta.receivingAeTitle, ' ');
    }
    if (!meta.sourceAddress.isEmpty()) {
        addLongText(bytes, 0x0026, "UR", presentationAddress(meta.sourceAddress));
    }
    storeLittle(static_cast<quint32>(bytes.size() - body), bytes.data() + groupLength + 8);
    return bytes;
}

} // namespace radpost::net
