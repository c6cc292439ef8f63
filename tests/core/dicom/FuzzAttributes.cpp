#include "core/dicom/AttributeReader.h"
#include "core/dicom/HeaderReader.h"

using namespace radpost::dicom;
using namespace Qt::StringLiterals;

namespace {

std::vector<AttributePath> paths()
{
    std::vector<AttributePath> made;
    for (const auto& text : {u"PatientName"_s, u"ImageType[2]"_s, u"Rows"_s, u"RequestAttributesSequence"_s,
             u"RequestAttributesSequence[2].ScheduledProcedureStepID"_s, u"(0040,\"ACME\",01)"_s,
             u"ReferencedStudySequence.ReferencedSOPInstanceUID"_s, u"(0029,\"ACME\",01).(0029,\"ACME\",02)"_s,
             u"SharedFunctionalGroupsSequence.PixelMeasuresSequence.SliceThickness"_s}) {
        if (auto path = parseAttributePath(text)) {
            made.push_back(*std::move(path));
        }
    }
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static AttributeReader reader(paths());
    const auto file = std::as_bytes(std::span(data, size));
    const auto header = HeaderReader().readBytes(file);
    if (!header) {
        return 0;
    }
    const auto found = reader.readBytes(file, *header);
    if (!found) {
        return 0;
    }
    for (const auto& attribute : *found) {
        const bool isSound = attribute.values.size() <= AttributeReader::kMostAttributeValues &&
            (attribute.values.isEmpty() || attribute.hasContent) && (!attribute.hasContent || attribute.isPresent);
        if (found->size() != reader.paths().size() || !isSound) {
            __builtin_trap();
        }
    }
    return 0;
}
