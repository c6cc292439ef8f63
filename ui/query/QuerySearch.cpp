#include "ui/query/QuerySearch.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

namespace tag = dicom::tag;

QString dateRange(const QuerySearch& search, const QDate& today)
{
    const auto written = [](const QDate& date) { return date.toString(u"yyyyMMdd"_s); };
    const auto between = [&](const QDate& from, const QDate& to) -> QString {
        return written(std::min(from, to)) + u'-' + written(std::max(from, to));
    };
    const auto since = [&](int days) { return between(today.addDays(-days), today); };
    switch (search.time) {
    case StudyTime::Today:
        return written(today);
    case StudyTime::Yesterday:
        return written(today.addDays(-1));
    case StudyTime::LastWeek:
        return since(6);
    case StudyTime::LastMonth:
        return since(29);
    case StudyTime::Day:
        return written(search.from);
    case StudyTime::Range:
        return between(search.from, search.to);
    case StudyTime::Any:
        break;
    }
    return {};
}

/// People type the beginning of a name; a PACS wants the whole one or a wild card (PS3.4 C.2.2.2.4).
QString namePattern(const QString& name)
{
    const bool hasWildCard = name.contains(u'*') || name.contains(u'?');
    return name.isEmpty() || hasWildCard ? name : QString(name + u'*');
}

} // namespace

engine::FindParams toFindParams(const QuerySearch& search, const QDate& today)
{
    engine::FindParams params;
    params.limit = kMostMatches;
    params.keys.set(tag::kStudyDate, dateRange(search, today));
    params.keys.set(tag::kStudyTime);
    params.keys.set(tag::kAccessionNumber, search.accession.trimmed());
    params.keys.set(tag::kModalitiesInStudy, search.modality.trimmed().toUpper());
    params.keys.set(tag::kStudyDescription);
    params.keys.set(tag::kPatientName, namePattern(search.name.trimmed()));
    params.keys.set(tag::kPatientId, search.patientId.trimmed());
    params.keys.set(tag::kPatientBirthDate);
    params.keys.set(tag::kPatientSex);
    params.keys.set(tag::kStudyInstanceUid);
    params.keys.set(tag::kNumberOfStudySeries);
    params.keys.set(tag::kNumberOfStudyInstances);
    return params;
}

} // namespace radpost::ui
