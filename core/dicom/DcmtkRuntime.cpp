#include "core/dicom/DcmtkRuntime.h"

#include "core/dicom/DecodeComplaints_p.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

namespace radpost::dicom {

namespace {

bool setUp()
{
    DecodeComplaints::install();
    // Decoded pixels are the same instance still: no new SOP Instance UID. Never deregistered: another thread may
    // decode until the process ends.
    DcmRLEDecoderRegistration::registerCodecs(OFFalse);
    DJDecoderRegistration::registerCodecs(EDC_photometricInterpretation, EUC_never);
    DJLSDecoderRegistration::registerCodecs(EJLSUC_never);
    return dcmDataDict.isDictionaryLoaded();
}

} // namespace

Result<> DcmtkRuntime::ensureReady()
{
    static const bool hasDictionary = setUp();
    if (!hasDictionary) {
        return fail(ErrorCode::Unsupported, QStringLiteral("the data dictionary of DCMTK is not installed"));
    }
    return {};
}

QString DcmtkRuntime::version()
{
    return QStringLiteral(OFFIS_DCMTK_VERSION_STRING);
}

} // namespace radpost::dicom
