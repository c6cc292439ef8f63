#include "core/dicom/AttributePath.h"
#include "core/dicom/Identifier.h"
#include "core/dicom/KeyMatch.h"

using namespace radpost;
using namespace radpost::dicom;

/// The first byte chooses the transfer syntax, the rest is what a peer sent. What could be read is encoded, too:
/// queries are passed on; and every value is taken for a key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const TransferSyntaxUid syntax{data[0] % 2 == 0 ? "1.2.840.10008.1.2" : "1.2.840.10008.1.2.1"};
    const auto identifier = decodeIdentifier(std::as_bytes(std::span(data + 1, size - 1)), syntax);
    if (identifier) {
        (void)encodeIdentifier(*identifier, syntax);
        for (const auto& attribute : identifier->attributes()) {
            const auto key = KeyMatch::parse(dictionaryVr(attribute.tag), attribute.value);
            (void)(key && key->matches(attribute.value.left(64)));
        }
    }
    return 0;
}
