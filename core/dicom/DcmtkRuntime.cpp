#include "core/dicom/DcmtkRuntime.h"

#include "core/dicom/DecodeComplaints_p.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

namespace radpost::dicom {

DcmtkRuntime::DcmtkRuntime() = default;

DcmtkRuntime::~DcmtkRuntime()
{
    if (m_hasCodecs) {
        DJLSDecoderRegistration::cleanup();
        DJDecoderRegistration::cleanup();
        DcmRLEDecoderRegistration::cleanup();
    }
}

Result<> DcmtkRuntime::ensureReady()
{
    std::call_once(m_once, [this] {
        DecodeComplaints::install();
        // Decoded pixels are the same instance still: no new SOP Instance UID.
        DcmRLEDecoderRegistration::registerCodecs(OFFalse);
        DJDecoderRegistration::registerCodecs(EDC_photometricInterpretation, EUC_never);
        DJLSDecoderRegistration::registerCodecs(EJLSUC_never);
        m_hasCodecs = true;
        m_hasDictionary = dcmDataDict.isDictionaryLoaded();
    });
    if (!m_hasDictionary) {
        return fail(ErrorCode::Unsupported, QStringLiteral("the data dictionary of DCMTK is not installed"));
    }
    return {};
}

} // namespace radpost::dicom
