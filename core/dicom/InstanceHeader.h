#pragma once

#include "core/base/StrongId.h"

#include <QString>

namespace radpost::dicom {

/// How sure we are of the text in an InstanceHeader.
enum class CharsetVerdict {
    Declared,    ///< decoded as Specific Character Set (0008,0005) says, without a fault
    Defaulted,   ///< nothing declared, and the text is plain ASCII
    Mislabelled, ///< declared or defaulted set cannot be right; another one was detected and used
    Undecodable, ///< no set fits; bad bytes are shown as U+FFFD
};

/// What Radpost knows of one SOP Instance without reading its pixels: enough to show, to route and to send it.
/// Text is decoded; an absent or empty element is an empty value.
struct InstanceHeader
{
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    TransferSyntaxUid transferSyntaxUid;
    StudyInstanceUid studyInstanceUid;
    SeriesInstanceUid seriesInstanceUid;

    qint64 dataSetOffset = 0; ///< bytes from the start of the file to the first element that is not group 0002 or 0000
    qint64 dataSetLength = 0; ///< bytes from there to the end of the file
    bool hasPreamble = false;
    bool hasFileMeta = false; ///< false: the transfer syntax was found by looking at the bytes

    QString sourceAeTitle; ///< (0002,0016): who wrote the file, or sent it to who wrote it (PS3.10 7.1)

    QString patientName; ///< decoded, component groups kept: alphabetic=ideographic=phonetic
    QString patientId;
    QString patientBirthDate; ///< DA as stored, YYYYMMDD
    QString patientSex;
    QString accessionNumber;
    QString studyDate;
    QString studyTime;
    QString studyDescription;
    QString modality;
    QString seriesDescription;
    qint32 seriesNumber = 0;
    qint32 instanceNumber = 0;
    qint32 numberOfFrames = 0; ///< 0: the attribute is absent
    quint16 rows = 0;
    quint16 columns = 0;
    quint16 bitsAllocated = 0;

    QByteArray specificCharacterSet; ///< as declared, values separated by backslash
    CharsetVerdict charsetVerdict = CharsetVerdict::Defaulted;
    QByteArray usedCharacterSet; ///< the set that decoded the text, e.g. "GB18030"; differs when mislabelled
};

} // namespace radpost::dicom
