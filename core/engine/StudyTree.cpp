#include "core/engine/StudyTree.h"

#include <algorithm>

namespace radpost::engine {

namespace {

void warn(TreeWarnings& warnings, TreeWarning warning)
{
    const auto at = std::lower_bound(warnings.begin(), warnings.end(), warning);
    if (at == warnings.end() || *at != warning) {
        warnings.insert(at, warning);
    }
}

void count(std::vector<SeriesContext>& contexts, const dicom::InstanceHeader& header)
{
    const auto known = std::find_if(contexts.begin(), contexts.end(), [&](const auto& context) {
        return context.sopClassUid == header.sopClassUid && context.transferSyntaxUid == header.transferSyntaxUid;
    });
    if (known != contexts.end()) {
        ++known->instances;
    } else {
        contexts.push_back({header.sopClassUid, header.transferSyntaxUid, 1});
    }
}

// An empty value says nothing, so it contradicts nothing.
bool contradicts(const QString& a, const QString& b)
{
    return !a.isEmpty() && !b.isEmpty() && a != b;
}

bool isAnotherPerson(const PatientNode& patient, const dicom::InstanceHeader& header)
{
    return contradicts(patient.name, header.patientName) || contradicts(patient.birthDate, header.patientBirthDate) ||
        contradicts(patient.sex, header.patientSex);
}

void warnOfText(TreeWarnings& warnings, dicom::CharsetVerdict verdict)
{
    if (verdict == dicom::CharsetVerdict::Mislabelled) {
        warn(warnings, TreeWarning::MislabelledText);
    } else if (verdict == dicom::CharsetVerdict::Undecodable) {
        warn(warnings, TreeWarning::UndecodableText);
    }
}

// One picture of a series stands for all in a list.
void noteShape(SeriesNode& series, const dicom::InstanceHeader& header)
{
    if (series.rows == 0) {
        series.rows = header.rows;
        series.columns = header.columns;
        series.bitsAllocated = header.bitsAllocated;
    }
}

} // namespace

QString patientKey(const QString& patientId, const QString& patientName)
{
    return patientId.isEmpty() ? QString(u'\n' + patientName) : patientId;
}

SeriesKey seriesKey(const dicom::InstanceHeader& header)
{
    return {patientKey(header.patientId, header.patientName), header.studyInstanceUid, header.seriesInstanceUid};
}

SeriesPlace StudyTree::add(const scan::ScannedInstance& instance)
{
    const auto& header = instance.header;
    const auto at = place(header);
    auto& patient = m_patients[at.patient];
    auto& study = patient.studies[at.study];
    auto& series = study.series[at.series];

    for (auto* counts : {&patient.instances, &study.instances, &series.instances}) {
        ++*counts;
    }
    for (auto* bytes : {&patient.bytes, &study.bytes, &series.bytes}) {
        *bytes += instance.sizeBytes;
    }
    series.frames += std::max(1, header.numberOfFrames);
    noteShape(series, header);
    count(series.contexts, header);
    if (isAnotherPerson(patient, header)) {
        warn(patient.warnings, TreeWarning::MixedPatients);
    }
    warnOfText(patient.warnings, header.charsetVerdict);
    if (header.studyInstanceUid.isEmpty() || header.seriesInstanceUid.isEmpty()) {
        warn(series.warnings, TreeWarning::MissingStudyUid);
    }
    return at;
}

SeriesPlace StudyTree::addDifferingDuplicate(const scan::ScannedInstance& instance)
{
    const auto at = place(instance.header);
    warn(m_patients[at.patient].studies[at.study].series[at.series].warnings, TreeWarning::DifferingDuplicate);
    return at;
}

SeriesPlace StudyTree::place(const dicom::InstanceHeader& header)
{
    const auto key = seriesKey(header);
    if (const auto known = m_placeBySeries.constFind(key); known != m_placeBySeries.constEnd()) {
        return *known;
    }
    SeriesPlace at;
    at.serial = static_cast<size_t>(m_placeBySeries.size());
    at.patient = patientIndex(header);
    at.study = studyIndex(at.patient, header);
    at.series = seriesIndex(at.patient, at.study, header);
    m_placeBySeries.insert(key, at);
    return at;
}

size_t StudyTree::patientIndex(const dicom::InstanceHeader& header)
{
    const auto key = patientKey(header.patientId, header.patientName);
    if (const auto known = m_patientById.constFind(key); known != m_patientById.constEnd()) {
        return *known;
    }
    PatientNode patient;
    patient.id = header.patientId;
    patient.name = header.patientName;
    patient.birthDate = header.patientBirthDate;
    patient.sex = header.patientSex;
    m_patients.push_back(std::move(patient));
    m_patientById.insert(key, m_patients.size() - 1);
    return m_patients.size() - 1;
}

size_t StudyTree::studyIndex(size_t patient, const dicom::InstanceHeader& header)
{
    auto& studies = m_patients[patient].studies;
    const auto known = std::find_if(
        studies.begin(), studies.end(), [&](const auto& study) { return study.uid == header.studyInstanceUid; });
    if (known != studies.end()) {
        return static_cast<size_t>(known - studies.begin());
    }
    StudyNode study;
    study.uid = header.studyInstanceUid;
    study.date = header.studyDate;
    study.time = header.studyTime;
    study.description = header.studyDescription;
    study.accessionNumber = header.accessionNumber;
    studies.push_back(std::move(study));
    return studies.size() - 1;
}

size_t StudyTree::seriesIndex(size_t patient, size_t study, const dicom::InstanceHeader& header)
{
    auto& all = m_patients[patient].studies[study].series;
    const auto known = std::find_if(
        all.begin(), all.end(), [&](const auto& series) { return series.uid == header.seriesInstanceUid; });
    if (known != all.end()) {
        return static_cast<size_t>(known - all.begin());
    }
    SeriesNode series;
    series.uid = header.seriesInstanceUid;
    series.modality = header.modality;
    series.description = header.seriesDescription;
    series.number = header.seriesNumber;
    all.push_back(std::move(series));
    return all.size() - 1;
}

} // namespace radpost::engine
