#pragma once

#include "core/dicom/SyntheticPatient_p.h"
#include "core/dicom/SyntheticStudy.h"

#include <QByteArray>

namespace radpost::dicom {

/// What a kind of instance is made of.
struct SyntheticTraits
{
    const char* sopClassUid;
    const char* modality;
    const char* seriesDescription;
    const char* bodyPart;
    int rows; ///< 0: no pixels
    int columns;
    int frames;
    int bitsAllocated;
    int bitsStored;
};

[[nodiscard]] const SyntheticTraits& syntheticTraits(SyntheticKind kind);

/// Everything that decides the bytes of one instance but its pixels.
struct SyntheticInstance
{
    SyntheticKind kind = SyntheticKind::Ct;
    SyntheticSyntax syntax = SyntheticSyntax::ExplicitLittle;
    const SyntheticPatient* patient = nullptr;
    QByteArray sopInstanceUid;
    QByteArray studyInstanceUid;
    QByteArray seriesInstanceUid;
    QByteArray frameOfReferenceUid;
    QByteArray accessionNumber;
    QByteArray studyDate;
    int seriesNumber = 1;
    int instanceNumber = 1;
    int rows = 0;
    int columns = 0;
    int frames = 1;
};

/// A UID under 2.25 made from a name (PS3.5 B.2): the same name gives the same UID.
[[nodiscard]] QByteArray syntheticUid(const QByteArray& name);

/// Preamble, prefix and file meta information (PS3.10 7.1).
[[nodiscard]] QByteArray syntheticFileMeta(const SyntheticInstance& instance);

/// The data set; for kinds with pixels up to and with the header of Pixel Data, whose @p pixelBytes follow.
[[nodiscard]] QByteArray syntheticDataSet(const SyntheticInstance& instance, quint32 pixelBytes);

} // namespace radpost::dicom
