#include "core/dicom/NoPicture.h"

#include "core/dicom/SopClass.h"
#include "core/dicom/TransferSyntax.h"

namespace radpost::dicom {

namespace {

constexpr QByteArrayView kPdf = "1.2.840.10008.5.1.4.1.1.104.1";
constexpr QByteArrayView kKeyObjects = "1.2.840.10008.5.1.4.1.1.88.59";
constexpr QByteArrayView kStructureSet = "1.2.840.10008.5.1.4.1.1.481.3";
constexpr QByteArrayView kPlan = "1.2.840.10008.5.1.4.1.1.481.5";
constexpr QByteArrayView kIonPlan = "1.2.840.10008.5.1.4.1.1.481.8";

bool neverHasPixels(SopClassKind kind)
{
    switch (kind) {
    case SopClassKind::PresentationState:
    case SopClassKind::Waveform:
    case SopClassKind::StructuredReport:
    case SopClassKind::Document:
        return true;
    default:
        return false; // RT Dose has pixels, RT Plan has not: the file tells
    }
}

NoPicture radiotherapyNoPicture(QByteArrayView sopClassUid)
{
    if (sopClassUid == kStructureSet) {
        return NoPicture::StructureSet;
    }
    const bool isPlan = sopClassUid == kPlan || sopClassUid == kIonPlan;
    return isPlan ? NoPicture::RadiotherapyPlan : NoPicture::Radiotherapy;
}

std::optional<NoPicture> syntaxNoPicture(QByteArrayView transferSyntaxUid)
{
    const TransferSyntax* syntax = TransferSyntax::find(transferSyntaxUid);
    if (!syntax) {
        return NoPicture::UnknownSyntax;
    }
    if (syntax->canDecompress()) {
        return std::nullopt;
    }
    switch (syntax->family) {
    case SyntaxFamily::Jpeg2000:
        return NoPicture::Jpeg2000;
    case SyntaxFamily::HtJ2k:
        return NoPicture::HighThroughputJpeg2000;
    case SyntaxFamily::JpegXl:
        return NoPicture::JpegXl;
    case SyntaxFamily::Video:
    case SyntaxFamily::RealTimeVideo:
        return NoPicture::Video;
    default:
        return NoPicture::OtherCompression;
    }
}

} // namespace

NoPicture noPictureOf(QByteArrayView sopClassUid)
{
    const SopClass* known = SopClass::find(sopClassUid);
    switch (known ? known->kind : SopClassKind::Other) {
    case SopClassKind::StructuredReport:
        return sopClassUid == kKeyObjects ? NoPicture::KeyObjectSelection : NoPicture::StructuredReport;
    case SopClassKind::Document:
        return sopClassUid == kPdf ? NoPicture::PdfDocument : NoPicture::Document;
    case SopClassKind::PresentationState:
        return NoPicture::PresentationState;
    case SopClassKind::Waveform:
        return NoPicture::Waveform;
    case SopClassKind::Radiotherapy:
        return radiotherapyNoPicture(sopClassUid);
    default:
        return NoPicture::PixelsAbsent;
    }
}

std::optional<NoPicture> foreseenNoPicture(QByteArrayView sopClassUid, QByteArrayView transferSyntaxUid)
{
    const SopClass* known = SopClass::find(sopClassUid);
    if (known && neverHasPixels(known->kind)) {
        return noPictureOf(sopClassUid);
    }
    return transferSyntaxUid.isEmpty() ? std::nullopt : syntaxNoPicture(transferSyntaxUid);
}

} // namespace radpost::dicom
