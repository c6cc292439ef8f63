#include "core/engine/Diagnosis.h"

#include "core/dicom/TransferSyntax.h"
#include "core/engine/NetValues.h"

#include <array>

namespace radpost::engine {

namespace {

constexpr std::array kUsualSopClasses{
    "1.2.840.10008.5.1.4.1.1.1",     // Computed Radiography
    "1.2.840.10008.5.1.4.1.1.1.1",   // Digital X-Ray, for presentation
    "1.2.840.10008.5.1.4.1.1.1.2",   // Digital Mammography X-Ray, for presentation
    "1.2.840.10008.5.1.4.1.1.2",     // CT
    "1.2.840.10008.5.1.4.1.1.2.1",   // Enhanced CT
    "1.2.840.10008.5.1.4.1.1.3.1",   // Ultrasound Multi-frame
    "1.2.840.10008.5.1.4.1.1.4",     // MR
    "1.2.840.10008.5.1.4.1.1.4.1",   // Enhanced MR
    "1.2.840.10008.5.1.4.1.1.6.1",   // Ultrasound
    "1.2.840.10008.5.1.4.1.1.7",     // Secondary Capture
    "1.2.840.10008.5.1.4.1.1.12.1",  // X-Ray Angiographic
    "1.2.840.10008.5.1.4.1.1.20",    // Nuclear Medicine
    "1.2.840.10008.5.1.4.1.1.88.22", // Enhanced SR
    "1.2.840.10008.5.1.4.1.1.88.67", // X-Ray Radiation Dose SR
    "1.2.840.10008.5.1.4.1.1.104.1", // Encapsulated PDF
    "1.2.840.10008.5.1.4.1.1.128",   // Positron Emission Tomography
};

Result<net::DoctorTarget> targetOf(
    const config::Destination& destination, const AeTitle& callingAeTitle, const std::vector<SeriesContext>& contexts)
{
    auto identity = userIdentity(destination.userIdentity);
    if (!identity) {
        return fail(std::move(identity.error()));
    }
    net::DoctorTarget target;
    target.host = destination.host;
    target.port = destination.port;
    target.calledAeTitle = destination.calledAeTitle.value;
    target.callingAeTitle =
        destination.callingAeTitle.isEmpty() ? callingAeTitle.value : destination.callingAeTitle.value;
    target.tls = tlsSettings(destination.tls);
    target.identity = *std::move(identity);
    target.window = asyncWindow(destination);
    target.maxPduBytes = destination.maxPduBytes;
    target.timeouts = associationTimeouts(destination.timeouts);
    target.conversion = conversion(destination.syntaxPolicy);
    for (const auto& context : contexts) {
        target.needs.push_back({context.sopClassUid, context.transferSyntaxUid});
    }
    return target;
}

} // namespace

std::vector<SeriesContext> usualContexts()
{
    const TransferSyntaxUid explicitLittleEndian{
        QByteArray(dicom::kExplicitVrLittleEndianUid.data(), qsizetype(dicom::kExplicitVrLittleEndianUid.size()))};
    std::vector<SeriesContext> contexts;
    for (const char* uid : kUsualSopClasses) {
        contexts.push_back({{uid}, explicitLittleEndian, 0});
    }
    return contexts;
}

Result<net::DoctorReport> diagnose(const config::Destination& destination, const AeTitle& callingAeTitle,
    const std::vector<SeriesContext>& contexts, net::Doctor::Listener listener, const CancelToken& cancel)
{
    return targetOf(destination, callingAeTitle, contexts).map([&](net::DoctorTarget target) {
        return net::Doctor(std::move(target), std::move(listener)).examine(cancel);
    });
}

Result<net::DoctorReport> diagnose(const config::Destination& destination, const AeTitle& callingAeTitle,
    const std::vector<SeriesContext>& contexts, net::Doctor::Listener listener, Traces& traces,
    const CancelToken& cancel)
{
    return targetOf(destination, callingAeTitle, contexts).map([&](net::DoctorTarget target) {
        target.trace = traces.log(destination.name);
        return net::Doctor(std::move(target), std::move(listener)).examine(cancel);
    });
}

} // namespace radpost::engine
