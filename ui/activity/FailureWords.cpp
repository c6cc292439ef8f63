#include "ui/activity/FailureWords.h"

#include "ui/activity/JobWords.h"

#include "app/common/DicomNames.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

using store::FailedKind;
using store::FailureGroup;

namespace {

bool dependsOnSyntax(ErrorCode code)
{
    return code == ErrorCode::TransferSyntaxRefused || code == ErrorCode::DicomUnsupportedSyntax;
}

/// The kind of object is why, not the instance.
bool dependsOnKind(ErrorCode code)
{
    return code == ErrorCode::NoAcceptedContext || code == ErrorCode::SopClassRefused || dependsOnSyntax(code);
}

/// As far as they matter to the cause: one for each SOP class where the transfer syntax does not.
QList<FailedKind> kindsOf(const FailureGroup& group)
{
    QList<FailedKind> kinds;
    for (auto kind : group.kinds) {
        if (!dependsOnSyntax(group.cause.code)) {
            kind.transferSyntaxUid = {};
        }
        const auto same = std::find_if(kinds.begin(), kinds.end(), [&kind](const FailedKind& one) {
            return one.sopClassUid == kind.sopClassUid && one.transferSyntaxUid == kind.transferSyntaxUid;
        });
        if (same == kinds.end()) {
            kinds.append(kind);
        } else {
            same->count += kind.count;
        }
    }
    std::stable_sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    return kinds;
}

QString kindText(const FailedKind& kind)
{
    const auto count = app::countText(kind.count);
    const auto name = app::printable(app::sopClassName(kind.sopClassUid));
    if (kind.transferSyntaxUid.value.isEmpty()) {
        //: %1: a SOP class; %2: how many instances of it
        return FailureWords::tr("%1 (%2)").arg(name, count);
    }
    //: %1: a SOP class; %2: the transfer syntax of its instances; %3: how many
    return FailureWords::tr("%1 in %2 (%3)")
        .arg(name, app::printable(app::transferSyntaxName(kind.transferSyntaxUid)), count);
}

QString kindsLine(const FailureGroup& group)
{
    const auto kinds = kindsOf(group);
    QStringList names;
    for (const auto& kind : kinds.first(std::min(kinds.size(), FailureWords::kMostKinds))) {
        names.append(kindText(kind));
    }
    const auto more = static_cast<int>(kinds.size() - names.size());
    const QString all = app::enumerated(names);
    return app::labelled(FailureWords::tr("Not taken"),
        //: %1: kinds of objects; %n: how many kinds are not named
        more > 0 ? FailureWords::tr("%1 and %n more kind(s)", nullptr, more).arg(all) : all);
}

/// Empty for a single kind: the detail names it.
QStringList uidsOf(const FailureGroup& group)
{
    const auto kinds = kindsOf(group);
    if (kinds.size() < 2) {
        return {};
    }
    QStringList uids;
    for (const auto& kind : kinds.first(std::min(kinds.size(), FailureWords::kMostKinds))) {
        const QString both = kind.sopClassUid.toString() + u' ' + kind.transferSyntaxUid.toString();
        uids.append(both.trimmed());
    }
    if (kinds.size() > uids.size()) {
        uids.append(u"…"_s);
    }
    return uids;
}

bool areKindsWhy(const FailureGroup& group)
{
    return dependsOnKind(group.cause.code) && !group.kinds.isEmpty();
}

app::ErrorText textOf(const FailureGroup& group)
{
    auto error = makeError(group.cause.code);
    error.dimseStatus = group.cause.dimseStatus;
    return app::errorText(error);
}

} // namespace

QString FailureWords::heading(const FailureGroup& group)
{
    const auto count = tr("%n instance(s) failed.", nullptr, static_cast<int>(group.count));
    return app::sentences({count, textOf(group).happened});
}

QString FailureWords::text(const FailureGroup& group)
{
    const auto advice = textOf(group).next;
    return areKindsWhy(group) ? QString(kindsLine(group) + u'\n' + advice) : advice;
}

QString FailureWords::support(const FailureGroup& group)
{
    const auto uids = areKindsWhy(group) ? uidsOf(group) : QStringList();
    QStringList parts{JobWords::code(group.cause), group.offendingElement, group.errorComment};
    parts += uids;
    if (uids.isEmpty() || group.cause.code == ErrorCode::DicomUnsupportedSyntax) {
        parts.append(group.detail); // else it has the UIDs of one of them and nothing more
    }
    parts.append(group.example);
    parts.removeAll(QString());
    parts.removeDuplicates();
    return app::printable(parts.join(u" · "_s));
}

} // namespace radpost::ui
