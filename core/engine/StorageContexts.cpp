#include "core/engine/StorageContexts.h"

#include "core/dicom/SopClass.h"
#include "core/dicom/TransferSyntax.h"
#include "core/net/implementation.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace radpost::engine {

namespace {

// PS3.8 9.3.2.2 has room for 128; one is the query's own.
constexpr std::size_t kMostContexts = 127;

QByteArray toByteArray(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

std::vector<TransferSyntaxUid> compressedSyntaxes()
{
    std::vector<TransferSyntaxUid> syntaxes;
    for (const auto& syntax : dicom::TransferSyntax::all()) {
        if (syntax.isEncapsulated() && !syntax.isRetired) {
            syntaxes.push_back({toByteArray(syntax.uid)});
        }
    }
    return syntaxes;
}

bool hasPixels(const dicom::SopClass& known)
{
    using dicom::SopClassKind;
    return known.kind == SopClassKind::Image || known.kind == SopClassKind::Video ||
        known.kind == SopClassKind::Derived;
}

// What hospitals have every day, by keyword: a peer that does not say what it holds gets these offered first, so that a
// report or a key object is never the price of a rare kind of image.
constexpr std::array<std::string_view, 64> kEveryday{
    // clang-format off
    "CTImageStorage", "MRImageStorage", "ComputedRadiographyImageStorage", "DigitalXRayImageStorageForPresentation",
    "SecondaryCaptureImageStorage", "UltrasoundImageStorage", "UltrasoundMultiFrameImageStorage",
    "DigitalMammographyXRayImageStorageForPresentation", "BreastTomosynthesisImageStorage",
    "XRayAngiographicImageStorage", "XRayRadiofluoroscopicImageStorage", "NuclearMedicineImageStorage",
    "PositronEmissionTomographyImageStorage", "EnhancedCTImageStorage", "EnhancedMRImageStorage",
    "EnhancedPETImageStorage", "EnhancedXAImageStorage", "EnhancedXRFImageStorage", "EnhancedMRColorImageStorage",
    "EnhancedUSVolumeStorage", "MultiFrameGrayscaleByteSecondaryCaptureImageStorage",
    "MultiFrameGrayscaleWordSecondaryCaptureImageStorage", "MultiFrameTrueColorSecondaryCaptureImageStorage",
    "RTImageStorage", "VLEndoscopicImageStorage", "VLPhotographicImageStorage", "VideoEndoscopicImageStorage",
    "OphthalmicPhotography8BitImageStorage", "OphthalmicTomographyImageStorage",
    "DigitalIntraOralXRayImageStorageForPresentation", "XRay3DAngiographicImageStorage", "SegmentationStorage",
    "BasicTextSRStorage", "EnhancedSRStorage", "ComprehensiveSRStorage", "Comprehensive3DSRStorage",
    "XRayRadiationDoseSRStorage", "EnhancedXRayRadiationDoseSRStorage", "RadiopharmaceuticalRadiationDoseSRStorage",
    "KeyObjectSelectionDocumentStorage", "MammographyCADSRStorage", "ChestCADSRStorage", "ProcedureLogStorage",
    "GrayscaleSoftcopyPresentationStateStorage", "ColorSoftcopyPresentationStateStorage",
    "PseudoColorSoftcopyPresentationStateStorage", "BlendingSoftcopyPresentationStateStorage",
    "XAXRFGrayscaleSoftcopyPresentationStateStorage", "EncapsulatedPDFStorage", "EncapsulatedCDAStorage",
    "TwelveLeadECGWaveformStorage", "GeneralECGWaveformStorage", "AmbulatoryECGWaveformStorage",
    "HemodynamicWaveformStorage", "RTStructureSetStorage", "RTPlanStorage", "RTDoseStorage", "RTIonPlanStorage",
    "RTBeamsTreatmentRecordStorage", "RTTreatmentSummaryRecordStorage", "SpatialRegistrationStorage",
    "DeformableSpatialRegistrationStorage", "RawDataStorage", "RealWorldValueMappingStorage",
    // clang-format on
};

/// The size of the list for what is not in it.
std::size_t everydayRank(const dicom::SopClass& known)
{
    const auto found = std::find(kEveryday.begin(), kEveryday.end(), known.keyword);
    return static_cast<std::size_t>(found - kEveryday.begin());
}

/// Of what is not of everyday.
int kindRank(dicom::SopClassKind kind)
{
    using dicom::SopClassKind;
    static constexpr std::array kOrder{SopClassKind::StructuredReport, SopClassKind::Image, SopClassKind::Video,
        SopClassKind::PresentationState, SopClassKind::Document, SopClassKind::Waveform, SopClassKind::Derived};
    return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), kind) - kOrder.begin());
}

std::vector<const dicom::SopClass*> byClinicalUse()
{
    std::vector<const dicom::SopClass*> classes;
    for (const auto& known : dicom::SopClass::all()) {
        if (known.uid != dicom::kDicomdirSopClassUid) {
            classes.push_back(&known);
        }
    }
    const auto rank = [](const auto* known) {
        return std::tuple(known->status, everydayRank(*known), kindRank(known->kind)); // retired ones late
    };
    std::stable_sort(
        classes.begin(), classes.end(), [rank](const auto* a, const auto* b) { return rank(a) < rank(b); });
    return classes;
}

} // namespace

std::vector<TransferSyntaxUid> plainSyntaxes()
{
    return {{net::kExplicitLittleEndian.toByteArray()}, {net::kImplicitLittleEndian.toByteArray()}};
}

StorageContexts StorageContexts::of(const QSet<QByteArray>& sopClassUids)
{
    StorageContexts contexts;
    for (const auto& uid : sopClassUids) {
        const auto* known = dicom::SopClass::find(uid);
        contexts.add(uid, known == nullptr || hasPixels(*known));
    }
    return contexts;
}

std::vector<StorageContexts> StorageContexts::usual()
{
    std::vector<StorageContexts> parts(1);
    for (const auto* known : byClinicalUse()) {
        const bool isCompressible = hasPixels(*known) && everydayRank(*known) < kEveryday.size();
        if (!parts.back().hasRoomFor(isCompressible)) {
            parts.emplace_back();
        }
        parts.back().add(toByteArray(known->uid), isCompressible);
    }
    return parts;
}

bool StorageContexts::hasRoomFor(bool isCompressible) const
{
    return m_wanted.size() + (isCompressible ? 2 : 1) <= kMostContexts;
}

void StorageContexts::add(const QByteArray& sopClassUid, bool isCompressible)
{
    if (!hasRoomFor(isCompressible)) {
        return;
    }
    m_wanted.push_back({{sopClassUid}, plainSyntaxes()});
    if (isCompressible) {
        m_wanted.push_back({{sopClassUid}, compressedSyntaxes()});
    }
}

void StorageContexts::appendTo(std::vector<net::ProposedContext>& contexts) const
{
    for (const auto& wanted : m_wanted) {
        const auto id = static_cast<quint8>(2 * contexts.size() + 1);
        contexts.push_back({id, wanted.sopClassUid, wanted.syntaxes});
    }
}

std::vector<net::RoleSelection> StorageContexts::roles() const
{
    std::vector<net::RoleSelection> roles;
    for (const auto& wanted : m_wanted) {
        if (roles.empty() || roles.back().sopClassUid != wanted.sopClassUid.value) {
            roles.push_back({wanted.sopClassUid.value, false, true});
        }
    }
    return roles;
}

} // namespace radpost::engine
