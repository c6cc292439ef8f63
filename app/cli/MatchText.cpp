#include "app/cli/MatchText.h"

#include "app/cli/Cli.h"
#include "app/cli/TextWidth.h"
#include "app/common/Format.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

namespace tag = dicom::tag;
using dicom::Identifier;
using engine::QueryLevel;
using engine::QueryModel;

struct Column
{
    const char* title; ///< in the context Cli; empty: none
    int width;
    QString (*text)(const Identifier& match);
};

template <quint32 Tag>
QString valueText(const Identifier& match)
{
    return match.value(Tag);
}

template <quint32 Tag>
QString dateText(const Identifier& match)
{
    return app::dicomDateText(match.value(Tag));
}

template <quint32 Tag>
QString stepText(const Identifier& match)
{
    const auto* step = match.item(tag::kScheduledProcedureStepSequence);
    return step == nullptr ? QString() : step->value(Tag);
}

QString nameText(const Identifier& match)
{
    return app::personNameText(match.value(tag::kPatientName));
}

QString studyModalities(const Identifier& match)
{
    return match.value(tag::kModalitiesInStudy).replace(u'\\', u',');
}

QString stepTimeText(const Identifier& match)
{
    const auto time = stepText<tag::kScheduledStepStartTime>(match);
    const QString clock = time.size() < 4 ? time : QString(time.left(2) + u':' + time.mid(2, 2));
    return app::dicomDateText(stepText<tag::kScheduledStepStartDate>(match)) + u' ' + clock;
}

// The last column of each is as wide as it needs to be: UIDs are there to be copied.
constexpr std::array kPatientColumns{Column{QT_TRANSLATE_NOOP("Cli", "Name"), 24, nameText},
    Column{QT_TRANSLATE_NOOP("Cli", "Born"), 10, dateText<tag::kPatientBirthDate>},
    Column{QT_TRANSLATE_NOOP("Cli", "Sex"), 4, valueText<tag::kPatientSex>},
    Column{QT_TRANSLATE_NOOP("Cli", "Studies"), 7, valueText<tag::kNumberOfPatientStudies>},
    Column{QT_TRANSLATE_NOOP("Cli", "Patient ID"), 0, valueText<tag::kPatientId>}};
constexpr std::array kStudyColumns{Column{QT_TRANSLATE_NOOP("Cli", "Date"), 10, dateText<tag::kStudyDate>},
    Column{QT_TRANSLATE_NOOP("Cli", "Name"), 20, nameText},
    Column{QT_TRANSLATE_NOOP("Cli", "Patient ID"), 12, valueText<tag::kPatientId>},
    Column{QT_TRANSLATE_NOOP("Cli", "Modality"), 8, studyModalities},
    Column{QT_TRANSLATE_NOOP("Cli", "Images"), 6, valueText<tag::kNumberOfStudyInstances>},
    Column{QT_TRANSLATE_NOOP("Cli", "Description"), 20, valueText<tag::kStudyDescription>},
    Column{QT_TRANSLATE_NOOP("Cli", "Study Instance UID"), 0, valueText<tag::kStudyInstanceUid>}};
constexpr std::array kSeriesColumns{Column{QT_TRANSLATE_NOOP("Cli", "No."), 5, valueText<tag::kSeriesNumber>},
    Column{QT_TRANSLATE_NOOP("Cli", "Modality"), 8, valueText<tag::kModality>},
    Column{QT_TRANSLATE_NOOP("Cli", "Images"), 6, valueText<tag::kNumberOfSeriesInstances>},
    Column{QT_TRANSLATE_NOOP("Cli", "Description"), 28, valueText<tag::kSeriesDescription>},
    Column{QT_TRANSLATE_NOOP("Cli", "Series Instance UID"), 0, valueText<tag::kSeriesInstanceUid>}};
constexpr std::array kImageColumns{Column{QT_TRANSLATE_NOOP("Cli", "No."), 6, valueText<tag::kInstanceNumber>},
    Column{QT_TRANSLATE_NOOP("Cli", "SOP Class UID"), 30, valueText<tag::kSopClassUid>},
    Column{QT_TRANSLATE_NOOP("Cli", "SOP Instance UID"), 0, valueText<tag::kSopInstanceUid>}};
constexpr std::array kWorklistColumns{Column{QT_TRANSLATE_NOOP("Cli", "Scheduled"), 16, stepTimeText},
    Column{QT_TRANSLATE_NOOP("Cli", "Name"), 20, nameText},
    Column{QT_TRANSLATE_NOOP("Cli", "Patient ID"), 12, valueText<tag::kPatientId>},
    Column{QT_TRANSLATE_NOOP("Cli", "Modality"), 8, stepText<tag::kModality>},
    Column{QT_TRANSLATE_NOOP("Cli", "Station"), 16, stepText<tag::kScheduledStationAeTitle>},
    Column{QT_TRANSLATE_NOOP("Cli", "Accession"), 16, valueText<tag::kAccessionNumber>},
    Column{QT_TRANSLATE_NOOP("Cli", "Description"), 0, valueText<tag::kRequestedProcedureDescription>}};

std::span<const Column> columnsOf(const engine::FindParams& params)
{
    if (params.model == QueryModel::ModalityWorklist) {
        return kWorklistColumns;
    }
    switch (params.level) {
    case QueryLevel::Patient:
        return kPatientColumns;
    case QueryLevel::Study:
        return kStudyColumns;
    case QueryLevel::Series:
        return kSeriesColumns;
    case QueryLevel::Image:
        break;
    }
    return kImageColumns;
}

QString rowText(std::span<const Column> columns, const std::function<QString(const Column&)>& text)
{
    QStringList cells;
    for (const auto& column : columns) {
        const auto cell = printable(text(column));
        cells << (column.width == 0 ? cell : padRight(cutToWidth(cell, column.width), column.width));
    }
    return cells.join(u"  "_s);
}

QString csvField(const QString& value)
{
    static const QRegularExpression special(u"[,\"\r\n]"_s);
    return value.contains(special) ? QString(u'"' + QString(value).replace(u'"', u"\"\""_s) + u'"') : value;
}

/// Names and values of what the keys asked for, sequences by paths.
void flatten(
    const Identifier& keys, const Identifier* match, const QString& prefix, QStringList& names, QStringList& values)
{
    for (const auto& key : keys.attributes()) {
        const QString name = prefix + dicom::keywordOf(key.tag);
        if (key.items.empty()) {
            names << csvField(name);
            values << csvField(match == nullptr ? QString() : match->value(key.tag));
        } else {
            flatten(key.items.front(), match == nullptr ? nullptr : match->item(key.tag), name + u'.', names, values);
        }
    }
}

} // namespace

MatchText::MatchText(Console& console, const engine::FindParams& params, MatchFormat format)
    : m_console(console)
    , m_params(params)
    , m_format(format)
{
}

void MatchText::print(const Identifier& match)
{
    m_console.event(u"match"_s, {{u"attributes"_s, toJson(match)}});
    if (m_format == MatchFormat::Csv) {
        printCsv(match);
    } else {
        printTable(match);
    }
    m_hasHeading = true;
}

void MatchText::printTable(const Identifier& match)
{
    const auto columns = columnsOf(m_params);
    if (!m_hasHeading) {
        m_console.line(rowText(columns, [](const Column& column) { return Cli::tr(column.title); }));
    }
    m_console.line(rowText(columns, [&match](const Column& column) { return column.text(match); }));
}

void MatchText::printCsv(const Identifier& match)
{
    QStringList names;
    QStringList values;
    flatten(m_params.keys, &match, {}, names, values);
    if (!m_hasHeading) {
        m_console.line(names.join(u','));
    }
    m_console.line(values.join(u','));
}

QJsonObject toJson(const Identifier& identifier)
{
    QJsonObject object;
    for (const auto& attribute : identifier.attributes()) {
        const auto keyword = dicom::keywordOf(attribute.tag);
        if (attribute.items.empty()) {
            object.insert(keyword, attribute.value);
            continue;
        }
        QJsonArray items;
        for (const auto& item : attribute.items) {
            items.append(toJson(item));
        }
        object.insert(keyword, items);
    }
    return object;
}

} // namespace radpost::cli
