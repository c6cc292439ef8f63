#include "ui/send/SendTexts.h"

#include "app/common/DicomNames.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"

#include <QSet>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace radpost::ui {

using engine::PreflightVerdict;
using engine::TreeWarning;

namespace {

QString joined(QStringList words, const QString& between)
{
    words.removeAll(QString());
    return app::printable(words.join(between));
}

QString patientName(const engine::PatientNode& patient)
{
    const auto name = app::printable(app::personNameText(patient.name));
    return !name.isEmpty()     ? name
        : patient.id.isEmpty() ? SendTexts::tr("Without name and ID")
                               : SendTexts::tr("Without name");
}

} // namespace

QString seriesTitle(const engine::SeriesNode& series)
{
    const auto number = series.number > 0 ? QString::number(series.number) : QString();
    const auto title = joined({joined({series.modality, number}, u" "_s), series.description}, u"  "_s);
    return title.isEmpty() ? SendTexts::tr("Without description") : title;
}

QString nameText(const SendNode& node)
{
    if (const auto* patient = node.patient()) {
        return patientName(*patient);
    }
    if (const auto* study = node.study()) {
        const auto text = joined({app::dicomDateText(study->date), study->description}, u"  "_s);
        return text.isEmpty() ? SendTexts::tr("Without date and description") : text;
    }
    const auto* series = node.series();
    return series != nullptr ? seriesTitle(*series) : QString();
}

QString idText(const SendNode& node)
{
    if (const auto* patient = node.patient()) {
        return app::printable(patient->id);
    }
    const auto* study = node.study();
    return study != nullptr ? app::printable(study->accessionNumber) : QString();
}

QString personText(const SendNode& node)
{
    const auto* patient = node.patient();
    return patient == nullptr ? QString()
                              : joined({app::sexText(patient->sex), app::dicomDateText(patient->birthDate)}, u"  "_s);
}

QString warningName(TreeWarning warning)
{
    switch (warning) {
    case TreeWarning::MixedPatients:
        return SendTexts::tr("Mixed patients");
    case TreeWarning::MislabelledText:
        return SendTexts::tr("Wrong character set declared");
    case TreeWarning::UndecodableText:
        return SendTexts::tr("Unreadable text");
    case TreeWarning::MissingStudyUid:
        return SendTexts::tr("UID missing");
    case TreeWarning::DifferingDuplicate:
        break;
    }
    return SendTexts::tr("Differing duplicate");
}

QString warningSentence(TreeWarning warning)
{
    switch (warning) {
    case TreeWarning::MixedPatients:
        return SendTexts::tr(
            "This patient ID comes with several names, birth dates or sexes. Make sure that the images "
            "belong to one person before you send them.");
    case TreeWarning::MislabelledText:
        return SendTexts::tr(
            "The text is in another character set than the files declare. It is shown here as it should "
            "be; the files are sent as they are.");
    case TreeWarning::UndecodableText:
        return SendTexts::tr("Some text fits no character set and may look garbled at the destination too.");
    case TreeWarning::MissingStudyUid:
        return SendTexts::tr("The Study or Series Instance UID is missing. Most PACS refuse such images.");
    case TreeWarning::DifferingDuplicate:
        break;
    }
    return SendTexts::tr(
        "Two files with one SOP Instance UID have different content. Only the one that was found first is sent.");
}

QString warningNames(const engine::TreeWarnings& warnings)
{
    QStringList names;
    for (const auto warning : warnings) {
        names.append(warningName(warning));
    }
    return names.join(u" · "_s);
}

Status statusOf(PreflightVerdict verdict)
{
    switch (verdict) {
    case PreflightVerdict::AsIs:
        return Status::Good;
    case PreflightVerdict::LosslessConvert:
        return Status::Warning;
    case PreflightVerdict::Cannot:
        break;
    }
    return Status::Bad;
}

namespace {

QSet<QString> destinationsOf(const std::vector<SeriesVerdict>& verdicts, bool isOnlyRefusing)
{
    QSet<QString> names;
    for (const auto& verdict : verdicts) {
        if (!isOnlyRefusing || verdict.verdict == PreflightVerdict::Cannot) {
            names.insert(verdict.destination);
        }
    }
    return names;
}

} // namespace

Status checkStatus(const std::vector<SeriesVerdict>& verdicts, qsizetype destinations)
{
    const auto said = worst(verdicts);
    if (!said) {
        return Status::Unknown;
    }
    const bool isPart = destinationsOf(verdicts, false).size() < destinations;
    return isPart && said->verdict == PreflightVerdict::AsIs ? Status::Warning : statusOf(said->verdict);
}

QString checkText(const std::vector<SeriesVerdict>& verdicts, qsizetype destinations)
{
    const auto said = worst(verdicts);
    if (!said) {
        return {};
    }
    const auto answered = destinationsOf(verdicts, false);
    const auto refusing = destinationsOf(verdicts, true);
    if (!refusing.isEmpty() && refusing.size() < answered.size()) {
        //: %1 of %2 destinations cannot be sent to
        return SendTexts::tr("cannot be sent to %1 of %2")
            .arg(app::countText(refusing.size()), app::countText(answered.size()));
    }
    const auto word = verdictWord(said->verdict);
    //: %1: as is, decompressed or cannot be sent; %2 of %3 destinations
    return answered.size() < destinations
        ? SendTexts::tr("%1; %2 of %3 did not answer")
              .arg(word, app::countText(destinations - answered.size()), app::countText(destinations))
        : word;
}

QString verdictWord(PreflightVerdict verdict)
{
    switch (verdict) {
    case PreflightVerdict::AsIs:
        //: The destination takes the images as they are
        return SendTexts::tr("as is");
    case PreflightVerdict::LosslessConvert:
        return SendTexts::tr("converted, no loss");
    case PreflightVerdict::Cannot:
        break;
    }
    return SendTexts::tr("cannot be sent");
}

QString verdictSentence(const SeriesVerdict& verdict, qint64 ofInstances)
{
    QString text = verdictWord(verdict.verdict);
    if (verdict.verdict == PreflightVerdict::LosslessConvert) {
        //: %1: name of a transfer syntax
        text = SendTexts::tr("sent as %1, without loss").arg(app::transferSyntaxName(verdict.sentAs));
    } else if (verdict.verdict == PreflightVerdict::Cannot) {
        //: %1: why, a sentence
        text = SendTexts::tr("cannot be sent: %1").arg(app::errorText(verdict.reason).happened);
    }
    if (verdict.instances < ofInstances) {
        const auto part = SendTexts::tr("%1 of %2").arg(app::countText(verdict.instances), app::countText(ofInstances));
        return u"%1 · %2 · %3"_s.arg(verdict.destination, part, text);
    }
    return u"%1 · %2"_s.arg(verdict.destination, text);
}

QString destinationsText(const QStringList& names)
{
    if (names.size() == 2) {
        return SendTexts::tr("%1 and %2").arg(names[0], names[1]);
    }
    return names.size() == 1 ? names.front()
                             : SendTexts::tr("%n destination(s)", nullptr, static_cast<int>(names.size()));
}

} // namespace radpost::ui
