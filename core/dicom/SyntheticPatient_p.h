#pragma once

#include "core/base/Result.h"
#include "core/dicom/SyntheticStudy.h"

#include <QByteArray>

namespace radpost::dicom {

/// The text attributes of one made-up patient, as the bytes that go into the file.
struct SyntheticPatient
{
    QByteArray specificCharacterSet; ///< (0008,0005); empty: absent
    QByteArray patientName;
    QByteArray patientId;
    QByteArray patientBirthDate;
    QByteArray patientSex;
    QByteArray institutionName;
    QByteArray finding; ///< a sentence, for SR
};

/// Errors: Internal when the character set converter of the system lacks GB18030.
[[nodiscard]] Result<SyntheticPatient> syntheticPatient(SyntheticText text, quint64 seed, int index);

} // namespace radpost::dicom
