#pragma once

#include "core/base/StrongId.h"

#include <QString>

#include <memory>

namespace radpost::dicom {

/// What an index of instances keeps of a series, its study and its patient (PS3.4 Tables C.6-1 to C.6-3). Text is
/// decoded, dates and times are as stored; an absent or empty element is an empty value.
struct IndexedSeries
{
    QString patientName; ///< component groups kept: alphabetic=ideographic=phonetic
    QString patientId;
    QString issuerOfPatientId;
    QString patientBirthDate;
    QString patientSex;
    QString studyInstanceUid;
    QString studyDate;
    QString studyTime;
    QString accessionNumber;
    QString studyId;
    QString studyDescription;
    QString referringPhysicianName;
    QString seriesInstanceUid;
    QString modality;
    QString seriesNumber;
    QString seriesDescription;
    QString seriesDate;
    QString seriesTime;
    QString bodyPartExamined;
    QString protocolName;
    QString stationName;
    QString institutionName;
    QString manufacturer;
    friend bool operator==(const IndexedSeries&, const IndexedSeries&) = default;
};

/// What an index keeps of one instance.
struct IndexedHeader
{
    std::shared_ptr<const IndexedSeries> series; ///< never null; instances that say the same share it
    SopClassUid sopClassUid;                     ///< as the data set says, empty when it says nothing
    SopInstanceUid sopInstanceUid;
    QString instanceNumber;
    QString contentDate;
    QString contentTime;
    qint32 numberOfFrames = 0;
    quint16 rows = 0;
    quint16 columns = 0;
    quint16 bitsAllocated = 0;
    bool isWhole = false; ///< false: the bytes made no sense before all attributes had come, or no instance is named
};

} // namespace radpost::dicom
