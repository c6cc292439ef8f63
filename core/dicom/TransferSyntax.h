#pragma once

#include "core/dicom/Encoding.h"

#include <QByteArrayView>

#include <span>
#include <string_view>

namespace radpost::dicom {

/// What a transfer syntax does to the pixels. One family, one decoder.
enum class SyntaxFamily {
    Uncompressed,
    EncapsulatedUncompressed,
    Deflated, ///< the whole data set
    Rle,
    Jpeg,
    JpegLs,
    Jpeg2000,
    JpegXl,
    HtJ2k,
    DeflatedFrames,
    Video,
    Jpip,
    RealTimeVideo,
    NotForImages,
};

enum class PixelForm { Native, Encapsulated, Referenced, None };

enum class Loss { None, Lossy, Either };

/// One transfer syntax of the Standard (PS3.6 Table A-1, PS3.5 8 and Annex A). Private and later ones are unknown here
/// and pass through untouched.
struct TransferSyntax
{
    std::string_view uid;
    std::string_view name;
    std::string_view keyword;
    SyntaxFamily family;
    PixelForm pixelForm;
    Loss loss;
    Encoding encoding;
    bool isDeflated; ///< the data set is a deflate stream
    bool isRetired;

    [[nodiscard]] constexpr bool isEncapsulated() const { return pixelForm == PixelForm::Encapsulated; }

    /// Native pixels and no deflate stream: what every receiver can be expected to read (PS3.5 10.1).
    [[nodiscard]] constexpr bool isUncompressed() const { return family == SyntaxFamily::Uncompressed; }

    /// True when the pixels have or may have lost something.
    [[nodiscard]] constexpr bool isLossy() const { return loss != Loss::None; }

    /// True when SyntaxConverter can make an uncompressed data set of it.
    [[nodiscard]] bool canDecompress() const;

    /// The syntax with this UID, nullptr when the Standard's table has none. Any thread.
    [[nodiscard]] static const TransferSyntax* find(QByteArrayView uid);

    /// All of them, by UID.
    [[nodiscard]] static std::span<const TransferSyntax> all();
};

inline constexpr std::string_view kImplicitVrLittleEndianUid = "1.2.840.10008.1.2";
inline constexpr std::string_view kExplicitVrLittleEndianUid = "1.2.840.10008.1.2.1";
inline constexpr std::string_view kExplicitVrBigEndianUid = "1.2.840.10008.1.2.2";

} // namespace radpost::dicom
