#include "core/dicom/TransferSyntax.h"

#include "core/dicom/std/TransferSyntaxTable2026b.h"

#include <algorithm>

namespace radpost::dicom {

namespace {

// The processes the IJG library knows: baseline, extended, spectral selection, progressive, lossless.
bool isDecodableJpeg(std::string_view uid)
{
    constexpr std::string_view root = "1.2.840.10008.1.2.4.";
    constexpr std::array decodable = {"50", "51", "53", "55", "57", "70"};
    return std::find(decodable.begin(), decodable.end(), uid.substr(root.size())) != decodable.end();
}

} // namespace

bool TransferSyntax::canDecompress() const
{
    switch (family) {
    case SyntaxFamily::Uncompressed:
    case SyntaxFamily::Deflated:
    case SyntaxFamily::Rle:
    case SyntaxFamily::JpegLs:
        return true;
    case SyntaxFamily::Jpeg:
        return isDecodableJpeg(uid);
    default:
        return false;
    }
}

const TransferSyntax* TransferSyntax::find(QByteArrayView uid)
{
    const std::string_view wanted(uid.data(), static_cast<size_t>(uid.size()));
    const auto& table = std2026b::kTransferSyntaxTable;
    const auto found = std::lower_bound(table.begin(), table.end(), wanted,
        [](const TransferSyntax& syntax, std::string_view other) { return syntax.uid < other; });
    return found != table.end() && found->uid == wanted ? &*found : nullptr;
}

std::span<const TransferSyntax> TransferSyntax::all()
{
    return std2026b::kTransferSyntaxTable;
}

} // namespace radpost::dicom
