#include "app/cli/StudyTreeText.h"

#include "app/cli/Cli.h"
#include "app/cli/Console.h"
#include "app/cli/TextWidth.h"
#include "app/common/DicomNames.h"
#include "app/common/Format.h"

#include <QJsonArray>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using namespace engine;

QString joined(QStringList words)
{
    words.removeAll(QString());
    return printable(words.join(u"  "_s));
}

QString withCounts(int indent, const QString& text, qint64 instances, qint64 bytes, int width)
{
    constexpr int kCountColumns = 20;
    const int room = std::max(width - indent - kCountColumns - 2, 10);
    const QString left = QString(indent, u' ') + padRight(cutToWidth(text, room), room);
    return left + padLeft(app::countText(instances), 9) + u"  "_s + padLeft(app::bytesText(bytes), 9);
}

void printWarnings(Console& console, int indent, const TreeWarnings& warnings)
{
    for (const auto warning : warnings) {
        console.line(QString(indent, u' ') + u"⚠ "_s + warningText(warning));
    }
}

QString warningKey(TreeWarning warning)
{
    switch (warning) {
    case TreeWarning::MixedPatients:
        return u"mixed-patients"_s;
    case TreeWarning::MislabelledText:
        return u"mislabelled-text"_s;
    case TreeWarning::UndecodableText:
        return u"undecodable-text"_s;
    case TreeWarning::MissingStudyUid:
        return u"missing-study-uid"_s;
    case TreeWarning::DifferingDuplicate:
        break;
    }
    return u"differing-duplicate"_s;
}

void addWarnings(QJsonArray& array, const QString& level, const TreeWarnings& warnings)
{
    for (const auto warning : warnings) {
        array.append(
            QJsonObject{{u"of"_s, level}, {u"name"_s, warningKey(warning)}, {u"message"_s, warningText(warning)}});
    }
}

QJsonObject seriesFields(const PatientNode& patient, const StudyNode& study, const SeriesNode& series)
{
    QJsonArray contexts;
    for (const auto& context : series.contexts) {
        contexts.append(QJsonObject{{u"sopClassUid"_s, context.sopClassUid.toString()},
            {u"transferSyntaxUid"_s, context.transferSyntaxUid.toString()}, {u"instances"_s, context.instances}});
    }
    QJsonArray warnings;
    addWarnings(warnings, u"patient"_s, patient.warnings);
    addWarnings(warnings, u"study"_s, study.warnings);
    addWarnings(warnings, u"series"_s, series.warnings);
    return {{u"patientName"_s, patient.name}, {u"patientId"_s, patient.id}, {u"patientBirthDate"_s, patient.birthDate},
        {u"patientSex"_s, patient.sex}, {u"studyDate"_s, study.date}, {u"studyTime"_s, study.time},
        {u"studyDescription"_s, study.description}, {u"accessionNumber"_s, study.accessionNumber},
        {u"studyInstanceUid"_s, study.uid.toString()}, {u"seriesInstanceUid"_s, series.uid.toString()},
        {u"modality"_s, series.modality}, {u"number"_s, series.number}, {u"description"_s, series.description},
        {u"instances"_s, series.instances}, {u"bytes"_s, series.bytes}, {u"frames"_s, series.frames},
        {u"contexts"_s, contexts}, {u"warnings"_s, warnings}};
}

void printSeries(Console& console, const PatientNode& patient, const StudyNode& study, const SeriesNode& series)
{
    console.event(u"series"_s, seriesFields(patient, study, series));
    const auto text =
        joined({series.modality, QString::number(series.number), series.description, app::transferSyntaxNames(series)});
    console.line(withCounts(4, text, series.instances, series.bytes, console.options().width));
    printWarnings(console, 6, series.warnings);
}

void printStudy(Console& console, const PatientNode& patient, const StudyNode& study)
{
    console.line(withCounts(2, studyText(study), study.instances, study.bytes, console.options().width));
    printWarnings(console, 4, study.warnings);
    for (const auto& series : study.series) {
        printSeries(console, patient, study, series);
    }
}

} // namespace

std::vector<PatientNode> sortedForPeople(std::vector<PatientNode> patients)
{
    for (auto& patient : patients) {
        for (auto& study : patient.studies) {
            std::stable_sort(study.series.begin(), study.series.end(),
                [](const auto& a, const auto& b) { return a.number < b.number; });
        }
        std::stable_sort(patient.studies.begin(), patient.studies.end(), [](const auto& a, const auto& b) {
            return std::tie(a.date, a.time, a.uid) < std::tie(b.date, b.time, b.uid);
        });
    }
    std::stable_sort(patients.begin(), patients.end(),
        [](const auto& a, const auto& b) { return std::tie(a.id, a.name) < std::tie(b.id, b.name); });
    return patients;
}

QString patientText(const PatientNode& patient)
{
    const auto text = joined({app::personNameText(patient.name), patient.id, app::sexText(patient.sex),
        app::dicomDateText(patient.birthDate)});
    return text.isEmpty() ? Cli::tr("Patient without name and ID") : text;
}

QString studyText(const StudyNode& study)
{
    const auto accession =
        study.accessionNumber.isEmpty() ? QString() : Cli::tr("accession %1").arg(study.accessionNumber);
    return joined({app::dicomDateText(study.date), study.description, accession});
}

QString warningText(TreeWarning warning)
{
    switch (warning) {
    case TreeWarning::MixedPatients:
        return Cli::tr("One patient ID with several names, birth dates or sexes.");
    case TreeWarning::MislabelledText:
        return Cli::tr("The text is in another character set than the files declare; it is shown as it should be.");
    case TreeWarning::UndecodableText:
        return Cli::tr("Some text fits no character set.");
    case TreeWarning::MissingStudyUid:
        return Cli::tr("Study or Series Instance UID is missing.");
    case TreeWarning::DifferingDuplicate:
        return Cli::tr("Two files with one SOP Instance UID have different content; only the first is sent.");
    }
    return {};
}

void printStudyTree(Console& console, const std::vector<PatientNode>& patients)
{
    for (const auto& patient : sortedForPeople(patients)) {
        console.line(withCounts(0, patientText(patient), patient.instances, patient.bytes, console.options().width));
        printWarnings(console, 2, patient.warnings);
        for (const auto& study : patient.studies) {
            printStudy(console, patient, study);
        }
    }
}

} // namespace radpost::cli
