#pragma once

#include "core/base/Result.h"
#include "core/dicom/InstanceHeader.h"
#include "core/dicom/NoPicture.h"

#include <QByteArray>

#include <memory>
#include <optional>

class DcmDataset;
class DcmItem;
class DcmPixelData;

namespace radpost::dicom {

struct TransferSyntax;

/// What the data set says of its pixels (PS3.3 C.7.6.3).
struct PixelLayout
{
    int rows = 0;
    int columns = 0;
    int samples = 1;
    int bitsAllocated = 0;
    int bitsStored = 0;
    int frames = 1;
    QByteArray photometric;

    [[nodiscard]] qint64 samplesPerFrame() const { return qint64(rows) * columns * samples; }
    /// Of native pixels; YBR_FULL_422 shares its chrominance between two pixels (PS3.3 C.7.6.3.1.2).
    [[nodiscard]] qint64 nativeFrameBits() const;
};

/// Takes single frames out of a data set that was loaded, as data sets of one native frame that have at the top what
/// the functional groups say of it (PS3.3 C.7.6.16). Not thread-safe.
class FrameDataSet final
{
public:
    FrameDataSet(DcmDataset& dataSet, const InstanceHeader& header, const TransferSyntax& syntax);

    /// What there is instead of pixels.
    [[nodiscard]] std::optional<NoPicture> noPicture() const;
    [[nodiscard]] const PixelLayout& layout() const { return m_layout; }

    /// Memory is taken only after the sizes were compared with the bytes that exist.
    /// Errors: InvalidArgument, DicomMalformed, DicomTruncated, DecodeFailed.
    [[nodiscard]] Result<std::unique_ptr<DcmDataset>> frame(int index);

private:
    void readLayout();
    [[nodiscard]] Result<> check(int index) const;
    [[nodiscard]] Result<QByteArray> nativeFrame(int index);
    [[nodiscard]] Result<QByteArray> nativeBytes(qint64 offset, qint64 count);
    [[nodiscard]] Result<QByteArray> decodedFrame(int index, QByteArray& photometric);
    [[nodiscard]] Result<> checkStream(int index);
    void releaseFragments();
    void copyDescription(DcmDataset& to) const;
    void copyGroups(int index, DcmDataset& to) const;
    [[nodiscard]] DcmItem* groupOf(int index, quint32 tag) const;
    [[nodiscard]] Result<> putPixels(DcmDataset& to, const QByteArray& pixels, const QByteArray& photometric) const;

    DcmDataset& m_dataSet;
    const InstanceHeader& m_header;
    const TransferSyntax& m_syntax;
    DcmPixelData* m_pixels = nullptr;
    PixelLayout m_layout;
};

} // namespace radpost::dicom
