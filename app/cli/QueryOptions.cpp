#include "app/cli/QueryOptions.h"

#include "app/cli/Cli.h"

#include <QDate>
#include <QRegularExpression>

#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

namespace tag = dicom::tag;
using dicom::Identifier;
using engine::QueryLevel;
using engine::QueryModel;

struct KeyOption
{
    QStringView option;
    quint32 tag;
};

constexpr std::array kUniqueKeys{KeyOption{u"patient-id", tag::kPatientId}, KeyOption{u"study", tag::kStudyInstanceUid},
    KeyOption{u"series", tag::kSeriesInstanceUid}, KeyOption{u"image", tag::kSopInstanceUid}};

// What a list shows, by level (PS3.4 C.6.1.1, C.6.2.1); optional keys among them come back empty where a peer has none.
constexpr std::array kPatientKeys{
    tag::kPatientName, tag::kPatientId, tag::kPatientBirthDate, tag::kPatientSex, tag::kNumberOfPatientStudies};
constexpr std::array kStudyKeys{tag::kStudyDate, tag::kStudyTime, tag::kAccessionNumber, tag::kModalitiesInStudy,
    tag::kStudyDescription, tag::kPatientName, tag::kPatientId, tag::kPatientBirthDate, tag::kPatientSex,
    tag::kStudyInstanceUid, tag::kNumberOfStudySeries, tag::kNumberOfStudyInstances};
constexpr std::array kSeriesKeys{tag::kModality, tag::kSeriesDescription, tag::kStudyInstanceUid,
    tag::kSeriesInstanceUid, tag::kSeriesNumber, tag::kNumberOfSeriesInstances};
constexpr std::array kImageKeys{
    tag::kSopClassUid, tag::kSopInstanceUid, tag::kStudyInstanceUid, tag::kSeriesInstanceUid, tag::kInstanceNumber};
// PS3.4 Table K.6-1.
constexpr std::array kWorklistKeys{tag::kAccessionNumber, tag::kPatientName, tag::kPatientId, tag::kPatientBirthDate,
    tag::kPatientSex, tag::kStudyInstanceUid, tag::kRequestedProcedureDescription, tag::kRequestedProcedureId};
constexpr std::array kScheduledStepKeys{tag::kModality, tag::kScheduledStationAeTitle, tag::kScheduledStepStartDate,
    tag::kScheduledStepStartTime, tag::kScheduledPerformingPhysician, tag::kScheduledStepDescription,
    tag::kScheduledStepId};

std::span<const quint32> shownKeys(QueryLevel level)
{
    switch (level) {
    case QueryLevel::Patient:
        return kPatientKeys;
    case QueryLevel::Study:
        return kStudyKeys;
    case QueryLevel::Series:
        return kSeriesKeys;
    case QueryLevel::Image:
        break;
    }
    return kImageKeys;
}

std::optional<QDate> dateOf(const QString& text)
{
    const auto date = QDate::fromString(text, text.contains(u'-') ? u"yyyy-MM-dd"_s : u"yyyyMMdd"_s);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

QString written(const std::optional<QDate>& date)
{
    return date ? date->toString(u"yyyyMMdd"_s) : QString();
}

/// Two dates, one of which may be missing, as PS3.4 C.2.2.2.5.1 has them; nothing when @p text is no range.
std::optional<QString> rangeText(const QString& text)
{
    static const QRegularExpression form(u"^(\\d{8}|\\d{4}-\\d\\d-\\d\\d)?-(\\d{8}|\\d{4}-\\d\\d-\\d\\d)?$"_s);
    const auto match = form.match(text);
    const auto from = dateOf(match.captured(1));
    const auto to = dateOf(match.captured(2));
    const bool isWrong = (!from && !match.captured(1).isEmpty()) || (!to && !match.captured(2).isEmpty());
    if (!match.hasMatch() || isWrong || (!from && !to) || (from && to && *from > *to)) {
        return std::nullopt;
    }
    return QString(written(from) + u'-' + written(to));
}

/// "today", "yesterday", a date or a range, with or without dashes in the dates; nothing for anything else: a peer
/// takes what it does not understand for a date on which nothing was made.
std::optional<QString> dateText(const QString& text)
{
    const auto today = QDate::currentDate();
    const auto named = text == u"today" ? std::optional(today)
        : text == u"yesterday"          ? std::optional(today.addDays(-1))
                                        : dateOf(text);
    return named ? written(named) : rangeText(text);
}

std::optional<QueryLevel> levelOf(const QString& word)
{
    static constexpr std::array<QStringView, 4> kWords{u"patient", u"study", u"series", u"image"};
    const auto found = std::find(kWords.begin(), kWords.end(), word);
    return found == kWords.end() ? std::nullopt : std::optional(static_cast<QueryLevel>(found - kWords.begin()));
}

QString firstOf(std::initializer_list<QString> sentences)
{
    for (const auto& sentence : sentences) {
        if (!sentence.isEmpty()) {
            return sentence;
        }
    }
    return {};
}

/// Fills in what the options say; a sentence when one of them cannot be used.
class Reader final
{
public:
    explicit Reader(const Arguments& arguments)
        : m_arguments(arguments)
    {
    }

    /// Only the patient root has a patient level (PS3.4 C.6.1.1, C.6.2.1).
    QString readModelFor(QueryLevel level, QueryModel& model) const
    {
        if (level == QueryLevel::Patient && !m_arguments.has(u"model"_s)) {
            model = QueryModel::PatientRoot;
            return {};
        }
        const auto wrong = readModel(model);
        const bool isFound = level != QueryLevel::Patient || model == QueryModel::PatientRoot;
        return isFound ? wrong : firstOf({wrong, Cli::tr("The model study has no level patient.")});
    }

    QString readModel(QueryModel& model) const
    {
        const auto word = m_arguments.value(u"model"_s);
        model = word == u"patient" ? QueryModel::PatientRoot : QueryModel::StudyRoot;
        const bool isKnown = word.isEmpty() || word == u"patient" || word == u"study";
        return isKnown ? QString() : Cli::tr("--model needs patient or study.");
    }

    QString readLevel(QueryLevel& level) const
    {
        const auto given = levelOf(m_arguments.value(u"level"_s));
        level = given.value_or(QueryLevel::Study);
        return given || !m_arguments.has(u"level"_s) ? QString()
                                                     : Cli::tr("--level needs patient, study, series or image.");
    }

    QString readLimit(qint64& limit) const
    {
        bool isNumber = true;
        limit = m_arguments.has(u"limit"_s) ? m_arguments.value(u"limit"_s).toLongLong(&isNumber) : 0;
        return isNumber && limit >= 0 ? QString() : Cli::tr("--limit needs a number.");
    }

    void readUniqueKeys(Identifier& keys) const
    {
        for (const auto& key : kUniqueKeys) {
            if (const auto option = key.option.toString(); m_arguments.has(option)) {
                keys.set(key.tag, m_arguments.value(option));
            }
        }
    }

    void readValue(Identifier& keys, quint32 tag, const QString& option) const
    {
        if (m_arguments.has(option)) {
            keys.set(tag, m_arguments.value(option));
        }
    }

    QString readDate(Identifier& keys, quint32 tag) const
    {
        if (!m_arguments.has(u"date"_s)) {
            return {};
        }
        const auto given = m_arguments.value(u"date"_s);
        const auto date = dateText(given);
        keys.set(tag, date.value_or(QString()));
        return date ? QString()
                    : Cli::tr("--date needs today, yesterday, a date (2026-01-31 or 20260131) or a range "
                              "(20260101-20260131, 20260101-, -20260131): %1")
                          .arg(given);
    }

    QString readFreeKeys(Identifier& keys) const
    {
        readValue(keys, tag::kSpecificCharacterSet, u"charset"_s);
        for (const auto& text : m_arguments.all(u"key"_s)) {
            const auto path = dicom::tagPathOf(text.section(u'=', 0, 0).trimmed());
            if (!path) {
                return Cli::tr("--key needs an attribute, or ATTRIBUTE=VALUE: %1").arg(text);
            }
            dicom::setAt(keys, *path, text.section(u'=', 1));
        }
        return {};
    }

private:
    const Arguments& m_arguments;
};

} // namespace

std::vector<OptionSpec> uniqueKeyOptions()
{
    return {{u"patient-id"_s, u"ID"_s, Cli::tr("The patient."), {}}, {u"study"_s, u"UID"_s, Cli::tr("The study."), {}},
        {u"series"_s, u"UID"_s, Cli::tr("The series; needs --study."), {}},
        {u"image"_s, u"UID"_s, Cli::tr("The instance; needs --study and --series."), {}},
        {u"model"_s, u"WORD"_s,
            Cli::tr("study (the default) or patient: the information model that is asked; at the level patient it is "
                    "patient."),
            {}}};
}

std::vector<OptionSpec> searchOptions()
{
    return {{u"name"_s, u"NAME"_s, Cli::tr("Patient's name; * and ? stand for any letters."), {}},
        {u"accession"_s, u"NUMBER"_s, Cli::tr("Accession number."), {}},
        {u"date"_s, u"DATE"_s,
            Cli::tr("today, yesterday, 2026-01-31, or a range: 20260101-20260131, 20260101-, -20260131."), {}},
        {u"modality"_s, u"CODE"_s, Cli::tr("CT, MR, …"), {}},
        {u"key"_s, u"KEY[=VALUE]"_s,
            Cli::tr("Any other attribute, by keyword or tag, also in a sequence (SEQUENCE.KEY); without a value it is "
                    "only asked for."),
            {}},
        {u"charset"_s, u"TERM"_s, Cli::tr("Character set of the question: ISO_IR 192 (the default), GB18030, …"), {}},
        {u"limit"_s, u"N"_s, Cli::tr("Stop the other system after so many matches."), {}}};
}

std::variant<engine::FindParams, QString> findParams(const Arguments& arguments)
{
    const Reader reader(arguments);
    engine::FindParams params;
    auto wrong = reader.readLevel(params.level);
    wrong = firstOf({wrong, reader.readModelFor(params.level, params.model), reader.readLimit(params.limit)});
    for (const auto key : shownKeys(params.level)) {
        params.keys.set(key);
    }
    reader.readUniqueKeys(params.keys);
    reader.readValue(params.keys, tag::kPatientName, u"name"_s);
    reader.readValue(params.keys, tag::kAccessionNumber, u"accession"_s);
    wrong = firstOf({wrong, reader.readDate(params.keys, tag::kStudyDate)});
    reader.readValue(
        params.keys, params.level == QueryLevel::Study ? tag::kModalitiesInStudy : tag::kModality, u"modality"_s);
    wrong = firstOf({wrong, reader.readFreeKeys(params.keys)});
    return wrong.isEmpty() ? std::variant<engine::FindParams, QString>(std::move(params)) : wrong;
}

std::variant<engine::FindParams, QString> worklistParams(const Arguments& arguments)
{
    const Reader reader(arguments);
    engine::FindParams params;
    params.model = QueryModel::ModalityWorklist;
    for (const auto key : kWorklistKeys) {
        params.keys.set(key);
    }
    auto& step = params.keys.ensureItem(tag::kScheduledProcedureStepSequence);
    for (const auto key : kScheduledStepKeys) {
        step.set(key);
    }
    reader.readValue(step, tag::kScheduledStationAeTitle, u"station"_s);
    reader.readValue(step, tag::kModality, u"modality"_s);
    const auto wrongDate = reader.readDate(step, tag::kScheduledStepStartDate);
    reader.readValue(params.keys, tag::kPatientId, u"patient-id"_s);
    reader.readValue(params.keys, tag::kPatientName, u"name"_s);
    reader.readValue(params.keys, tag::kAccessionNumber, u"accession"_s);
    const auto wrong = firstOf({wrongDate, reader.readLimit(params.limit), reader.readFreeKeys(params.keys)});
    return wrong.isEmpty() ? std::variant<engine::FindParams, QString>(std::move(params)) : wrong;
}

std::variant<engine::RetrieveParams, QString> retrieveParams(const Arguments& arguments)
{
    const Reader reader(arguments);
    engine::RetrieveParams params;
    const auto wrong = reader.readModel(params.model);
    reader.readUniqueKeys(params.keys);
    const bool hasImage = params.keys.contains(tag::kSopInstanceUid);
    const bool hasSeries = params.keys.contains(tag::kSeriesInstanceUid);
    const bool hasStudy = params.keys.contains(tag::kStudyInstanceUid);
    const bool hasPatient = params.keys.contains(tag::kPatientId);
    params.level = hasImage ? QueryLevel::Image
        : hasSeries         ? QueryLevel::Series
        : hasStudy          ? QueryLevel::Study
                            : QueryLevel::Patient;
    if (!wrong.isEmpty()) {
        return wrong;
    }
    if ((hasImage && !hasSeries) || (hasSeries && !hasStudy)) {
        return Cli::tr("A series needs --study as well, an instance --study and --series.");
    }
    if (!hasStudy && (!hasPatient || params.model != QueryModel::PatientRoot)) {
        return Cli::tr("Say what to fetch: --study UID, or --patient-id ID with --model patient.");
    }
    return params;
}

} // namespace radpost::cli
