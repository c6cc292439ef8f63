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

QString transferSyntaxes(const SeriesNode& series)
{
    QStringList names;
    for (const auto& context : series.contexts) {
        const auto name = app::transferSyntaxName(context.transferSyntaxUid);
        if (!names.contains(name)) {
            names.append(name);
        }
    }
    return names.join(u", "_s);
}

void printWarnings(Console& console, int indent, const TreeWarnings& warnings)
{
    for (const auto warning : warnings) {
        console.line(QString(indent, u' ') + u"⚠ "_s + warningText(warning));
    }
}

void printSeries(Console& console, const StudyNode& study, const SeriesNode& series)
{
    QJsonArray contexts;
    for (const auto& context : series.contexts) {
        contexts.append(QJsonObject{{u"sopClassUid"_s, context.sopClassUid.toString()},
            {u"transferSyntaxUid"_s, context.transferSyntaxUid.toString()}, {u"instances"_s, context.instances}});
    }
    console.event(u"series"_s,
        {{u"studyInstanceUid"_s, study.uid.toString()}, {u"seriesInstanceUid"_s, series.uid.toString()},
            {u"modality"_s, series.modality}, {u"number"_s, series.number}, {u"description"_s, series.description},
            {u"instances"_s, series.instances}, {u"bytes"_s, series.bytes}, {u"frames"_s, series.frames},
            {u"contexts"_s, contexts}});
    const auto text =
        joined({series.modality, QString::number(series.number), series.description, transferSyntaxes(series)});
    console.line(withCounts(4, text, series.instances, series.bytes, console.options().width));
    printWarnings(console, 6, series.warnings);
}

void printStudy(Console& console, const StudyNode& study)
{
    const auto accession =
        study.accessionNumber.isEmpty() ? QString() : Cli::tr("accession %1").arg(study.accessionNumber);
    const auto text = joined({app::dicomDateText(study.date), study.description, accession});
    console.line(withCounts(2, text, study.instances, study.bytes, console.options().width));
    printWarnings(console, 4, study.warnings);
    for (const auto& series : study.series) {
        printSeries(console, study, series);
    }
}

// The order of a parallel scan is chance; people want one that stays.
std::vector<PatientNode> sorted(std::vector<PatientNode> patients)
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

} // namespace

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
    for (const auto& patient : sorted(patients)) {
        const auto text =
            joined({app::personNameText(patient.name), patient.id, patient.sex, app::dicomDateText(patient.birthDate)});
        console.line(withCounts(0, text.isEmpty() ? Cli::tr("Patient without name and ID") : text, patient.instances,
            patient.bytes, console.options().width));
        printWarnings(console, 2, patient.warnings);
        for (const auto& study : patient.studies) {
            printStudy(console, study);
        }
    }
}

} // namespace radpost::cli
