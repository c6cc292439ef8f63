#include "ui/receive/ArrivalWords.h"

#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

int number(qint64 count)
{
    return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

bool hasAll(const store::SpoolTarget& target)
{
    return target.stored > 0 && target.stored == target.total();
}

/// Of all destinations together.
store::SpoolTarget sumOf(const store::SpoolEntry& entry)
{
    store::SpoolTarget sum;
    for (const auto& target : entry.targets) {
        sum.waiting += target.waiting;
        sum.open += target.open;
        sum.stored += target.stored;
        sum.rejected += target.rejected;
        sum.cancelled += target.cancelled;
        sum.awaited += target.awaited;
        sum.unproved += target.unproved;
    }
    return sum;
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return app::printable(parts.join(u"  "_s));
}

QString targetText(const store::SpoolTarget& target)
{
    QStringList parts{
        ArrivalWords::tr("%1 of %2 delivered").arg(app::countText(target.stored), app::countText(target.total()))};
    const auto add = [&parts](qint64 count, const QString& text) {
        if (count > 0) {
            parts.append(text);
        }
    };
    add(target.open, ArrivalWords::tr("%n on the way", nullptr, number(target.open)));
    add(target.waiting, ArrivalWords::tr("%n waiting", nullptr, number(target.waiting)));
    add(target.awaited, ArrivalWords::tr("%n sent, proof awaited", nullptr, number(target.awaited)));
    add(target.unproved, ArrivalWords::tr("%n sent, but not proved", nullptr, number(target.unproved)));
    add(target.rejected, ArrivalWords::tr("%n refused", nullptr, number(target.rejected)));
    add(target.cancelled, ArrivalWords::tr("%n cancelled", nullptr, number(target.cancelled)));
    return app::labelled(app::printable(target.destination), app::enumerated(parts));
}

} // namespace

QString ArrivalWords::state(const store::SpoolEntry& entry)
{
    const auto& standing = entry.standing;
    const auto sum = sumOf(entry);
    QStringList parts;
    const auto add = [&parts](bool isSo, const QString& text) {
        if (isSo) {
            parts.append(text);
        }
    };
    add(standing.held > 0, tr("%n held", nullptr, number(standing.held)));
    add(sum.rejected > 0, tr("%n refused", nullptr, number(sum.rejected)));
    add(sum.unproved > 0, tr("%n sent, but not proved", nullptr, number(sum.unproved)));
    const auto targets = entry.targets.size();
    const auto full = std::count_if(entry.targets.begin(), entry.targets.end(), hasAll);
    const auto only = entry.targets.value(0);
    const bool isWhole = full == 1 && only.total() >= standing.files; // others may have no delivery at all
    add(targets == 1 && isWhole, tr("delivered to %1").arg(only.destination));
    add(targets == 1 && full == 1 && !isWhole,
        tr("%1 of %2 delivered to %3")
            .arg(app::countText(only.stored), app::countText(standing.files), only.destination));
    add(targets > 1, tr("delivered to %1 of %2").arg(full).arg(targets));
    add(standing.waiting > 0, tr("waiting for the rest"));
    add(standing.unrouted > 0, tr("not judged yet"));
    add(sum.open > 0, tr("on the way"));
    add(sum.awaited > 0, tr("%n sent, proof awaited", nullptr, number(sum.awaited)));
    add(standing.unmatched > 0 && standing.unmatched < standing.files,
        tr("no rule for %n instance(s)", nullptr, number(standing.unmatched)));
    add(standing.unmatched > 0 && standing.unmatched == standing.files, tr("no rule matched"));
    add(standing.dropped > 0, tr("%n not sent on", nullptr, number(standing.dropped)));
    add(sum.cancelled > 0, tr("%n cancelled", nullptr, number(sum.cancelled)));
    return parts.isEmpty() ? tr("nothing left to be done") : app::printable(parts.join(u" · "_s));
}

Status ArrivalWords::status(const store::SpoolEntry& entry)
{
    const auto& standing = entry.standing;
    const auto sum = sumOf(entry);
    if (sum.rejected > 0) {
        return Status::Bad;
    }
    if (standing.held > 0 || sum.unproved > 0) {
        return Status::Warning;
    }
    if (standing.unrouted > 0 || standing.waiting > 0 || sum.open > 0 || sum.awaited > 0) {
        return Status::Busy;
    }
    return sum.stored > 0 && standing.unmatched == 0 ? Status::Good : Status::Unknown;
}

QString ArrivalWords::targets(const store::SpoolEntry& entry)
{
    QStringList lines;
    for (const auto& target : entry.targets) {
        lines.append(targetText(target));
    }
    return lines.join(u'\n');
}

QString ArrivalWords::hold(const store::SpoolHold& hold)
{
    const auto rule = app::printable(hold.rule);
    const auto destination = app::printable(hold.destination);
    const auto text = app::printable(hold.text);
    switch (hold.reason) {
    case store::HoldReason::Rule:
        return text.isEmpty() ? tr("The rule \"%1\" holds it.").arg(rule)
                              : tr("The rule \"%1\" holds it: %2").arg(rule, text);
    case store::HoldReason::Undecided:
        return tr("The rule \"%1\" could not be judged.").arg(rule);
    case store::HoldReason::ProfilesDiffer:
        return tr("Two rules send it to %1 with different transform profiles.").arg(destination);
    case store::HoldReason::TransformMissing:
        return tr("The rule \"%1\" wants the transform profile %2, which cannot be carried out yet; nothing is sent to "
                  "%3.")
            .arg(rule, text, destination);
    case store::HoldReason::DestinationMissing:
        return tr("The destination %1 is not in the configuration any more.").arg(destination);
    case store::HoldReason::FileMissing:
        break;
    }
    return tr("Its file in the spool is gone.");
}

QString ArrivalWords::holds(const QList<store::SpoolHold>& holds)
{
    QStringList reasons;
    QList<int> counts;
    for (const auto& one : holds) {
        const auto reason = hold(one);
        const auto at = reasons.indexOf(reason);
        if (at < 0) {
            reasons.append(reason);
            counts.append(1);
        } else {
            ++counts[at];
        }
    }
    QStringList lines;
    for (qsizetype i = 0; i < reasons.size(); ++i) {
        lines.append(app::sentences({tr("%n held.", nullptr, counts.at(i)), reasons.at(i)}));
    }
    return lines.join(u'\n');
}

QString ArrivalWords::patient(const store::SpoolEntry& entry)
{
    return joined({app::personNameText(entry.text.patientName), entry.text.patientId});
}

QString ArrivalWords::study(const store::SpoolEntry& entry)
{
    return joined({app::dicomDateText(entry.text.studyDate), entry.text.studyDescription, entry.text.accessionNumber});
}

} // namespace radpost::ui
