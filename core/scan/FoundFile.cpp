#include "core/scan/FoundFile.h"

#include "core/dicom/SopClass.h"

using namespace Qt::StringLiterals;

namespace radpost::scan {

bool isDicomdir(const dicom::InstanceHeader& header)
{
    return header.sopClassUid.value ==
        QByteArrayView(dicom::kDicomdirSopClassUid.data(), dicom::kDicomdirSopClassUid.size());
}

tl::unexpected<Error> dicomdirFailure()
{
    return fail(ErrorCode::DicomdirIndex, u"an index of other files, not an instance"_s);
}

tl::unexpected<Error> emptyFailure()
{
    return fail(ErrorCode::FileEmpty, u"no bytes"_s);
}

tl::unexpected<Error> rarFailure()
{
    return fail(ErrorCode::ArchiveUnreadable, u"RAR archives are not supported"_s);
}

} // namespace radpost::scan
