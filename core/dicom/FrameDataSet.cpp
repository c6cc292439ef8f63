#include "core/dicom/FrameDataSet_p.h"

#include "core/dicom/DecodeComplaints_p.h"
#include "core/dicom/FrameRenderer.h"
#include "core/dicom/JpegFrameHeader_p.h"
#include "core/dicom/RleHeader_p.h"
#include "core/dicom/TransferSyntax.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dccodec.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

#include <algorithm>
#include <initializer_list>
#include <span>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

// Palettes have 64 K entries of 16 bits at most; nothing that describes pixels is longer.
constexpr Uint32 kLongestDescription = 4 * 1024 * 1024;

// Blank frames compress some thousand times; beyond both of these somebody lies about the size.
constexpr qint64 kSuspiciousBytes = 32 * 1024 * 1024;
constexpr qint64 kSuspiciousRatio = 10'000;

int shortOf(DcmItem& item, const DcmTagKey& tag, int missing)
{
    Uint16 value = 0;
    return item.findAndGetUint16(tag, value).good() ? value : missing;
}

bool isHalved(const QByteArray& photometric)
{
    return photometric == "YBR_FULL_422" || photometric == "YBR_PARTIAL_422";
}

/// Bits are packed from the least significant on, over the ends of frames too (PS3.5 8.1.1).
QByteArray unpacked(const QByteArray& bytes, int firstBit, qint64 count)
{
    QByteArray samples(count, Qt::Uninitialized);
    for (qint64 i = 0; i < count; ++i) {
        const qint64 bit = firstBit + i;
        samples[i] = static_cast<char>(static_cast<quint8>(bytes[bit / 8]) >> (bit % 8) & 1);
    }
    return samples;
}

DcmTagKey keyOf(quint32 tag)
{
    return DcmTagKey(static_cast<Uint16>(tag >> 16), static_cast<Uint16>(tag & 0xFFFFU));
}

void copyElement(DcmItem& from, const DcmTagKey& tag, DcmItem& to)
{
    DcmElement* element = nullptr;
    if (from.findAndGetElement(tag, element, OFFalse, OFTrue).good() && element) {
        if (to.insert(element, OFTrue).bad()) {
            delete element;
        }
    }
}

} // namespace

qint64 PixelLayout::nativeFrameBits() const
{
    const bool sharesChrominance = samples == 3 && isHalved(photometric);
    return qint64(rows) * columns * (sharesChrominance ? 2 : samples) * bitsAllocated;
}

FrameDataSet::FrameDataSet(DcmDataset& dataSet, const InstanceHeader& header, const TransferSyntax& syntax)
    : m_dataSet(dataSet)
    , m_header(header)
    , m_syntax(syntax)
{
    DcmElement* element = nullptr;
    if (m_dataSet.findAndGetElement(DCM_PixelData, element).good()) {
        m_pixels = dynamic_cast<DcmPixelData*>(element);
    }
    readLayout();
}

void FrameDataSet::readLayout()
{
    m_layout.rows = shortOf(m_dataSet, DCM_Rows, 0);
    m_layout.columns = shortOf(m_dataSet, DCM_Columns, 0);
    m_layout.samples = shortOf(m_dataSet, DCM_SamplesPerPixel, 1);
    m_layout.bitsAllocated = shortOf(m_dataSet, DCM_BitsAllocated, 0);
    m_layout.bitsStored = shortOf(m_dataSet, DCM_BitsStored, m_layout.bitsAllocated);
    Sint32 frames = 1;
    m_dataSet.findAndGetSint32(DCM_NumberOfFrames, frames);
    m_layout.frames = std::max(frames, 1);
    OFString photometric;
    m_dataSet.findAndGetOFString(DCM_PhotometricInterpretation, photometric);
    m_layout.photometric = QByteArray(photometric.c_str()).trimmed();
}

std::optional<NoPicture> FrameDataSet::noPicture() const
{
    if (m_pixels) {
        return m_layout.samplesPerFrame() > FrameRenderer::kMostSamples ? std::optional(NoPicture::TooLarge)
                                                                        : std::nullopt;
    }
    if (m_dataSet.tagExists(DCM_FloatPixelData) || m_dataSet.tagExists(DCM_DoubleFloatPixelData)) {
        return NoPicture::FloatPixels;
    }
    return noPictureOf(m_header.sopClassUid.value);
}

Result<> FrameDataSet::check(int index) const
{
    if (index < 0 || index >= m_layout.frames) {
        return fail(ErrorCode::InvalidArgument, u"there is no frame %1"_s.arg(index + 1));
    }
    const bool hasSize = m_layout.rows > 0 && m_layout.columns > 0;
    const bool hasBits = m_layout.bitsAllocated >= 1 && m_layout.bitsAllocated <= 32;
    const bool hasSamples = m_layout.samples >= 1 && m_layout.samples <= 4;
    if (!hasSize || !hasBits || !hasSamples || m_layout.bitsStored < 1 ||
        m_layout.bitsStored > m_layout.bitsAllocated) {
        return fail(ErrorCode::DicomMalformed,
            u"rows %1, columns %2, samples %3, bits allocated %4, stored %5"_s.arg(m_layout.rows)
                .arg(m_layout.columns)
                .arg(m_layout.samples)
                .arg(m_layout.bitsAllocated)
                .arg(m_layout.bitsStored));
    }
    return {};
}

Result<std::unique_ptr<DcmDataset>> FrameDataSet::frame(int index)
{
    if (const auto checked = check(index); !checked) {
        return fail(checked.error());
    }
    QByteArray photometric = m_layout.photometric;
    const auto pixels = m_syntax.isEncapsulated() ? decodedFrame(index, photometric) : nativeFrame(index);
    if (!pixels) {
        return fail(pixels.error());
    }
    auto made = std::make_unique<DcmDataset>();
    copyDescription(*made);
    copyGroups(index, *made);
    if (const auto put = putPixels(*made, *pixels, photometric); !put) {
        return fail(put.error());
    }
    return made;
}

Result<QByteArray> FrameDataSet::nativeFrame(int index)
{
    const qint64 bits = m_layout.nativeFrameBits();
    const qint64 first = bits * index;
    const qint64 offset = first / 8;
    const qint64 count = (first % 8 + bits + 7) / 8;
    if (offset + count > m_pixels->getLengthField()) {
        return fail(ErrorCode::DicomTruncated, u"the pixel data end before the end of frame %1"_s.arg(index + 1));
    }
    if (m_layout.bitsAllocated != 1 && first % 8 != 0) {
        return fail(ErrorCode::DicomMalformed, u"frame %1 begins inside a byte"_s.arg(index + 1));
    }
    auto bytes = nativeBytes(offset, count);
    if (!bytes || m_layout.bitsAllocated != 1) {
        return bytes;
    }
    return unpacked(*bytes, static_cast<int>(first % 8), bits);
}

Result<QByteArray> FrameDataSet::nativeBytes(qint64 offset, qint64 count)
{
    // From an even offset on, for bytes are swapped in pairs where the file is big endian.
    const qint64 lead = offset % 2;
    const qint64 end = std::min<qint64>(offset + count + (offset + count) % 2, m_pixels->getLengthField());
    QByteArray bytes(end - offset + lead, Qt::Uninitialized);
    const OFCondition status = m_pixels->getPartialValue(
        bytes.data(), static_cast<Uint32>(offset - lead), static_cast<Uint32>(bytes.size()), nullptr, gLocalByteOrder);
    if (status.bad()) {
        return fail(ErrorCode::FileUnreadable, QString::fromLatin1(status.text()));
    }
    return bytes.mid(lead, count);
}

Result<> FrameDataSet::checkStream(int index)
{
    Uint32 first = 0;
    DcmPixelSequence* sequence = nullptr;
    DcmPixelItem* fragment = nullptr;
    Uint8* bytes = nullptr;
    if (m_pixels->getEncapsulatedRepresentation(m_dataSet.getOriginalXfer(), nullptr, sequence).bad() || !sequence ||
        DcmCodec::determineStartFragment(static_cast<Uint32>(index), m_layout.frames, sequence, first).bad() ||
        sequence->getItem(fragment, first).bad() || !fragment) {
        return fail(ErrorCode::DicomTruncated, u"frame %1 has no fragment"_s.arg(index + 1));
    }
    if (m_syntax.family == SyntaxFamily::Rle) {
        return checkRleFrame(*fragment);
    }
    if (fragment->getUint8Array(bytes).bad() || !bytes) {
        return fail(ErrorCode::DecodeFailed, u"frame %1 is empty"_s.arg(index + 1));
    }
    const auto size = readJpegFrameSize(std::as_bytes(std::span(bytes, fragment->getLengthField())));
    if (!size || size->rows != m_layout.rows || size->columns != m_layout.columns ||
        size->components != m_layout.samples) {
        return fail(ErrorCode::DecodeFailed, u"the compressed frame is not of the size that the data set says"_s);
    }
    return {};
}

Result<QByteArray> FrameDataSet::decodedFrame(int index, QByteArray& photometric)
{
    const qint64 bytesPerSample = m_layout.bitsAllocated > 16 ? 4 : m_layout.bitsAllocated > 8 ? 2 : 1;
    const qint64 size = m_layout.samplesPerFrame() * bytesPerSample;
    if (size > kSuspiciousBytes && size > kSuspiciousRatio * m_header.dataSetLength) {
        return fail(ErrorCode::DecodeFailed, u"the compressed pixels are far too few for rows and columns"_s);
    }
    if (const auto checked = checkStream(index); !checked) {
        return fail(checked.error());
    }
    QByteArray pixels(size + size % 2, '\0');
    const DecodeComplaints complaints;
    Uint32 fragment = 0;
    OFString colorModel;
    const OFCondition status = m_pixels->getUncompressedFrame(&m_dataSet, static_cast<Uint32>(index), fragment,
        pixels.data(), static_cast<Uint32>(pixels.size()), colorModel);
    releaseFragments();
    const QString reason = complaints.firstLoss().isEmpty() ? complaints.firstError() : complaints.firstLoss();
    if (status.bad() || !complaints.firstLoss().isEmpty()) {
        return fail(ErrorCode::DecodeFailed, reason.isEmpty() ? QString::fromLatin1(status.text()) : reason);
    }
    photometric = colorModel.empty() ? photometric : QByteArray(colorModel.c_str());
    if (isHalved(photometric)) {
        photometric = "YBR_FULL"; // decoders give a value of each sample for each pixel
    }
    pixels.truncate(size);
    return pixels;
}

void FrameDataSet::releaseFragments()
{
    DcmPixelSequence* sequence = nullptr;
    if (m_pixels->getEncapsulatedRepresentation(m_dataSet.getOriginalXfer(), nullptr, sequence).bad() || !sequence) {
        return;
    }
    for (unsigned long i = 0; i < sequence->card(); ++i) {
        DcmPixelItem* item = nullptr;
        if (sequence->getItem(item, i).good()) {
            item->compact();
        }
    }
}

void FrameDataSet::copyDescription(DcmDataset& to) const
{
    for (DcmObject* object = nullptr; (object = m_dataSet.nextInContainer(object));) {
        const bool isDescription = object->getGTag() == 0x0028 || object->getTag() == DCM_PresentationLUTShape ||
            object->getTag() == DCM_ImagerPixelSpacing || object->getTag() == DCM_NominalScannedPixelSpacing;
        if (isDescription && object->getTag() != DCM_NumberOfFrames &&
            object->calcElementLength(EXS_LittleEndianExplicit, EET_ExplicitLength) <= kLongestDescription) {
            copyElement(m_dataSet, object->getTag(), to);
        }
    }
}

DcmItem* FrameDataSet::groupOf(int index, quint32 tag) const
{
    DcmItem* frame = nullptr;
    DcmItem* group = nullptr;
    if (m_dataSet.findAndGetSequenceItem(DCM_PerFrameFunctionalGroupsSequence, frame, index).good() &&
        frame->findAndGetSequenceItem(keyOf(tag), group).good()) {
        return group;
    }
    if (m_dataSet.findAndGetSequenceItem(DCM_SharedFunctionalGroupsSequence, frame).good() &&
        frame->findAndGetSequenceItem(keyOf(tag), group).good()) {
        return group;
    }
    return nullptr;
}

void FrameDataSet::copyGroups(int index, DcmDataset& to) const
{
    constexpr quint32 kPixelMeasures = 0x00289110U;
    constexpr quint32 kFrameVoiLut = 0x00289132U;
    constexpr quint32 kPixelValueTransformation = 0x00289145U;
    const auto copy = [&](quint32 group, std::initializer_list<DcmTagKey> tags) {
        if (DcmItem* item = groupOf(index, group)) {
            for (const auto& tag : tags) {
                copyElement(*item, tag, to);
            }
        }
    };
    copy(kPixelMeasures, {DCM_PixelSpacing});
    copy(kFrameVoiLut, {DCM_WindowCenter, DCM_WindowWidth, DCM_WindowCenterWidthExplanation, DCM_VOILUTFunction});
    copy(kPixelValueTransformation, {DCM_RescaleIntercept, DCM_RescaleSlope, DCM_RescaleType});
}

Result<> FrameDataSet::putPixels(DcmDataset& to, const QByteArray& pixels, const QByteArray& photometric) const
{
    to.putAndInsertString(DCM_PhotometricInterpretation, photometric.constData());
    if (m_layout.bitsAllocated == 1) {
        to.putAndInsertUint16(DCM_BitsAllocated, 8);
        to.putAndInsertUint16(DCM_HighBit, 0);
    }
    OFCondition status;
    if (m_layout.bitsAllocated > 8) {
        // 16 bits of local byte order each; DCMTK wants whole words.
        QByteArray words = pixels;
        words.resize(pixels.size() + pixels.size() % 2, '\0');
        status = to.putAndInsertUint16Array(DCM_PixelData, reinterpret_cast<const Uint16*>(words.constData()),
            static_cast<unsigned long>(words.size() / 2));
    } else {
        status = to.putAndInsertUint8Array(DCM_PixelData, reinterpret_cast<const Uint8*>(pixels.constData()),
            static_cast<unsigned long>(pixels.size()));
    }
    return status.good() ? Result<>() : fail(ErrorCode::DecodeFailed, QString::fromLatin1(status.text()));
}

} // namespace radpost::dicom
