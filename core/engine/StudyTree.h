#pragma once

#include "core/scan/ScanSink.h"

#include <QHash>
#include <QString>

#include <vector>

namespace radpost::engine {

/// What is odd about a patient, a study or a series and should be seen before it is sent.
enum class TreeWarning {
    MixedPatients,      ///< one Patient ID, several names, birth dates or sexes
    MislabelledText,    ///< text in another character set than declared
    UndecodableText,    ///< no character set fits
    MissingStudyUid,    ///< Study or Series Instance UID is empty
    DifferingDuplicate, ///< one SOP Instance UID with two contents
};

using TreeWarnings = std::vector<TreeWarning>; ///< each at most once, in order of the enum

/// The instances of a series that have one SOP class and one transfer syntax.
struct SeriesContext
{
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid;
    qint64 instances = 0;
};

/// One series of a scan. Counts are exact at the time of the snapshot.
struct SeriesNode
{
    SeriesInstanceUid uid;
    QString modality;
    QString description;
    qint32 number = 0;
    qint64 instances = 0;
    qint64 bytes = 0;
    qint64 frames = 0;
    std::vector<SeriesContext> contexts;
    TreeWarnings warnings;
};

struct StudyNode
{
    StudyInstanceUid uid;
    QString date; ///< DA, YYYYMMDD
    QString time;
    QString description;
    QString accessionNumber;
    qint64 instances = 0;
    qint64 bytes = 0;
    std::vector<SeriesNode> series;
    TreeWarnings warnings;
};

struct PatientNode
{
    QString id;
    QString name;
    QString birthDate;
    QString sex;
    qint64 instances = 0;
    qint64 bytes = 0;
    std::vector<StudyNode> studies;
    TreeWarnings warnings;
};

/// Groups scanned instances into patient > study > series as they come. Holds no instance, so its size follows the
/// number of series. One thread at a time.
class StudyTree final
{
public:
    void add(const scan::ScannedInstance& instance);
    void addDifferingDuplicate(const scan::ScannedInstance& instance);

    [[nodiscard]] const std::vector<PatientNode>& patients() const { return m_patients; }

private:
    struct Place
    {
        size_t patient = 0;
        size_t study = 0;
        size_t series = 0;
    };

    Place place(const dicom::InstanceHeader& header);
    size_t patientIndex(const dicom::InstanceHeader& header);
    size_t studyIndex(size_t patient, const dicom::InstanceHeader& header);
    size_t seriesIndex(size_t patient, size_t study, const dicom::InstanceHeader& header);

    std::vector<PatientNode> m_patients;
    QHash<QString, size_t> m_patientById;
    QHash<QByteArray, Place> m_placeBySeries; ///< key: patient, study and series joined
};

} // namespace radpost::engine
