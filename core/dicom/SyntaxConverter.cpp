#include "core/dicom/SyntaxConverter.h"

#include "core/dicom/DataSetLoader_p.h"
#include "core/dicom/DcmtkRuntime.h"
#include "core/dicom/DecodeComplaints_p.h"
#include "core/dicom/HeaderReader.h"
#include "core/dicom/RleHeader_p.h"
#include "core/dicom/TransferSyntax.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcostrmf.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

constexpr double kLongestElement = 0xFFFFFFFEU;

// Blank frames compress some thousand times; beyond both of these somebody lies about the size.
constexpr double kSuspiciousBytes = 512.0 * 1024 * 1024;
constexpr double kSuspiciousRatio = 10'000;

QString toText(const OFCondition& condition)
{
    return QString::fromLatin1(condition.text());
}

QString toText(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

/// One instance on its way from file to file.
class Conversion final
{
public:
    Conversion(const InstanceHeader& header, const TransferSyntax& source, UncompressedSyntax target)
        : m_header(header)
        , m_source(source)
        , m_target(
              target == UncompressedSyntax::ExplicitLittleEndian ? EXS_LittleEndianExplicit : EXS_LittleEndianImplicit)
    {
    }

    [[nodiscard]] Result<> load(const QString& path) { return loadDataSet(path, m_header, m_source, m_dataSet); }
    [[nodiscard]] Result<> decode();
    [[nodiscard]] Result<> write(const QString& path);

private:
    [[nodiscard]] std::pair<OFCondition, qint64> stream(const QString& path); ///< and how many bytes it took
    [[nodiscard]] double declaredPixelBytes();
    [[nodiscard]] Result<> checkDeclaredSize();
    [[nodiscard]] Result<> checkDecodedSize();
    [[nodiscard]] Result<> checkFragments();
    void noteLoss();

    const InstanceHeader& m_header;
    const TransferSyntax& m_source;
    const E_TransferSyntax m_target;
    DcmDataset m_dataSet;
};

Result<> Conversion::decode()
{
    if (const auto checked = checkDeclaredSize(); !checked) {
        return checked;
    }
    if (const auto checked = checkFragments(); !checked) {
        return checked;
    }
    const DecodeComplaints complaints;
    const OFCondition status = m_dataSet.chooseRepresentation(EXS_LittleEndianExplicit, nullptr);
    if (status.bad()) {
        const QString reason = complaints.firstError();
        return fail(ErrorCode::DecodeFailed, reason.isEmpty() ? toText(status) : reason);
    }
    if (const QString loss = complaints.firstLoss(); !loss.isEmpty()) {
        return fail(ErrorCode::DecodeFailed, loss);
    }
    m_dataSet.removeAllButCurrentRepresentations();
    noteLoss();
    return checkDecodedSize();
}

void Conversion::noteLoss()
{
    // PS3.3 C.7.6.1.1.5: once lossy, always "01"; some encoders forget it.
    OFString value;
    if (m_source.isLossy() && m_dataSet.findAndGetOFString(DCM_LossyImageCompression, value).bad()) {
        m_dataSet.putAndInsertString(DCM_LossyImageCompression, "01");
    }
}

double Conversion::declaredPixelBytes()
{
    const auto number = [this](const DcmTagKey& tag) {
        Uint16 value = 0;
        m_dataSet.findAndGetUint16(tag, value);
        return double(value);
    };
    Sint32 frames = 1;
    m_dataSet.findAndGetSint32(DCM_NumberOfFrames, frames);
    // rows × columns × samples × frames; in floating point, for damaged values do not fit an integer
    return std::floor(number(DCM_Rows) * number(DCM_Columns) * number(DCM_SamplesPerPixel) * std::max(frames, 1) *
        number(DCM_BitsAllocated) / 8);
}

Result<> Conversion::checkDeclaredSize()
{
    const double declared = declaredPixelBytes();
    if (declared > kLongestElement) {
        return fail(ErrorCode::DecodeFailed, u"decoded, the pixels would be longer than a data element can be"_s);
    }
    // The decoder allocates what rows, columns and frames say, whatever little it is given.
    if (declared > kSuspiciousBytes && declared > kSuspiciousRatio * double(m_header.dataSetLength)) {
        return fail(ErrorCode::DecodeFailed, u"the compressed pixels are far too few for rows, columns and frames"_s);
    }
    return {};
}

Result<> Conversion::checkFragments()
{
    DcmElement* element = nullptr;
    DcmPixelSequence* sequence = nullptr;
    m_dataSet.findAndGetElement(DCM_PixelData, element);
    auto* pixels = dynamic_cast<DcmPixelData*>(element);
    if (m_source.family != SyntaxFamily::Rle || pixels == nullptr ||
        pixels->getEncapsulatedRepresentation(m_dataSet.getOriginalXfer(), nullptr, sequence).bad() || !sequence) {
        return {};
    }
    return checkRleFrames(*sequence);
}

Result<> Conversion::checkDecodedSize()
{
    DcmElement* pixels = nullptr;
    m_dataSet.findAndGetElement(DCM_PixelData, pixels);
    if ((pixels ? pixels->getLengthField() : 0) < declaredPixelBytes()) {
        return fail(ErrorCode::DecodeFailed, u"fewer pixels than rows, columns and frames say"_s);
    }
    return {};
}

Result<> Conversion::write(const QString& path)
{
    if (!m_dataSet.canWriteXfer(m_target, m_dataSet.getCurrentXfer())) {
        return fail(ErrorCode::DicomUnsupportedSyntax, u"the data set cannot be written uncompressed"_s);
    }
    errno = 0;
    const auto [status, streamed] = stream(path);
    const bool isOutOfRoom = errno == ENOSPC || errno == EDQUOT;
    // DCMTK does not look at what closing the file gives; the last bytes may still have been on their way.
    if (status.good() && QFileInfo(path).size() == streamed) {
        return {};
    }
    const QStorageInfo storage(QFileInfo(path).path());
    const bool isFull = isOutOfRoom || (storage.isValid() && storage.bytesAvailable() < 1024 * 1024);
    return fail(isFull ? ErrorCode::DiskFull : ErrorCode::FileWriteFailed,
        status.good() ? u"not all bytes reached the file"_s : toText(status));
}

std::pair<OFCondition, qint64> Conversion::stream(const QString& path)
{
    DcmOutputFileStream file(QFile::encodeName(path).constData());
    if (!file.good()) {
        return {file.status(), 0};
    }
    m_dataSet.transferInit();
    const OFCondition status = m_dataSet.write(file, m_target, EET_ExplicitLength, nullptr, EGL_recalcGL);
    m_dataSet.transferEnd();
    return {status, file.tell()};
}

Result<> checkDecodable(const InstanceHeader& header, const TransferSyntax* syntax)
{
    if (!syntax) {
        return fail(ErrorCode::DicomUnsupportedSyntax,
            u"transfer syntax %1 is not known, so its pixels cannot be decoded"_s.arg(
                header.transferSyntaxUid.toString()));
    }
    if (!syntax->canDecompress()) {
        return fail(ErrorCode::DicomUnsupportedSyntax,
            u"%1 (%2) cannot be decompressed by this version"_s.arg(toText(syntax->name), toText(syntax->uid)));
    }
    return {};
}

} // namespace

Result<ConvertedDataSet> SyntaxConverter::convert(
    const QString& instancePath, UncompressedSyntax target, const QString& dataSetPath, const CancelToken& cancel)
{
    auto converted = convertTo(instancePath, target, dataSetPath, cancel);
    if (!converted) {
        QFile::remove(dataSetPath);
    }
    return converted;
}

Result<ConvertedDataSet> SyntaxConverter::convertTo(
    const QString& instancePath, UncompressedSyntax target, const QString& dataSetPath, const CancelToken& cancel)
{
    const auto header = HeaderReader().readFile(instancePath);
    if (!header) {
        return fail(header.error());
    }
    const TransferSyntax* source = TransferSyntax::find(header->transferSyntaxUid.value);
    if (const auto decodable = checkDecodable(*header, source); !decodable) {
        return fail(decodable.error());
    }
    Conversion conversion(*header, *source, target);
    const auto done = m_runtime.ensureReady()
                          .and_then([&] { return conversion.load(instancePath); })
                          .and_then([&cancel] { return cancel.check(); })
                          .and_then([&] { return source->isEncapsulated() ? conversion.decode() : Result<>(); })
                          .and_then([&cancel] { return cancel.check(); })
                          .and_then([&] { return conversion.write(dataSetPath); });
    if (!done) {
        return fail(done.error());
    }
    const bool isExplicit = target == UncompressedSyntax::ExplicitLittleEndian;
    const auto uid = isExplicit ? kExplicitVrLittleEndianUid : kImplicitVrLittleEndianUid;
    return ConvertedDataSet{TransferSyntaxUid{QByteArray(uid.data(), static_cast<qsizetype>(uid.size()))},
        QFileInfo(dataSetPath).size(), source->isEncapsulated()};
}

} // namespace radpost::dicom
