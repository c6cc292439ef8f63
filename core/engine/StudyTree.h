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
    quint16 rows = 0; ///< of the first instance with pixels; 0: none yet
    quint16 columns = 0;
    quint16 bitsAllocated = 0;
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

/// A series as a scan tells it from others: one Series Instance UID may be used by two patients or in two studies.
struct SeriesKey
{
    QString patient; ///< patientKey()
    StudyInstanceUid studyInstanceUid;
    SeriesInstanceUid seriesInstanceUid;
    friend bool operator==(const SeriesKey&, const SeriesKey&) = default;
    friend size_t qHash(const SeriesKey& key, size_t seed = 0)
    {
        return qHashMulti(seed, key.patient, key.studyInstanceUid, key.seriesInstanceUid);
    }
};

/// The Patient ID; without one the name, so that two nameless numbers do not become one person.
[[nodiscard]] QString patientKey(const QString& patientId, const QString& patientName);
[[nodiscard]] SeriesKey seriesKey(const dicom::InstanceHeader& header);

/// Where a series stands in StudyTree::patients(); never changes.
struct SeriesPlace
{
    size_t patient = 0;
    size_t study = 0;
    size_t series = 0;
    size_t serial = 0; ///< counts the series in the order in which they were found
};

/// Groups scanned instances into patient > study > series as they come. Holds no instance, so its size follows the
/// number of series. One thread at a time.
class StudyTree final
{
public:
    SeriesPlace add(const scan::ScannedInstance& instance);
    SeriesPlace addDifferingDuplicate(const scan::ScannedInstance& instance);

    [[nodiscard]] const std::vector<PatientNode>& patients() const { return m_patients; }

private:
    SeriesPlace place(const dicom::InstanceHeader& header);
    size_t patientIndex(const dicom::InstanceHeader& header);
    size_t studyIndex(size_t patient, const dicom::InstanceHeader& header);
    size_t seriesIndex(size_t patient, size_t study, const dicom::InstanceHeader& header);

    std::vector<PatientNode> m_patients;
    QHash<QString, size_t> m_patientById;
    QHash<SeriesKey, SeriesPlace> m_placeBySeries;
};

} // namespace radpost::engine
