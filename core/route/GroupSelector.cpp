#include "core/route/GroupSelector.h"

#include <QByteArray>

namespace radpost::route {

namespace {

/// FNV-1a with the finish of MurmurHash3: qHash() differs between processes.
quint64 hashOf(const QByteArray& bytes)
{
    quint64 hash = 0xCBF29CE484222325ULL;
    for (const char c : bytes) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDULL;
    hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53ULL;
    return hash ^ hash >> 33;
}

QString highest(const QStringList& members, const StudyInstanceUid& study)
{
    QString best;
    quint64 bestScore = 0;
    for (const auto& member : members) {
        const quint64 score = hashOf(member.toCaseFolded().toUtf8() + '\0' + study.value);
        if (best.isEmpty() || score > bestScore) {
            best = member;
            bestScore = score;
        }
    }
    return best;
}

} // namespace

GroupChoice chooseMember(
    const config::DestinationGroup& group, const StudyInstanceUid& study, const Surroundings& surroundings)
{
    QStringList healthy;
    for (const auto& member : group.members) {
        if (!surroundings.isHealthy || surroundings.isHealthy(member)) {
            healthy.append(member);
        }
    }
    const bool isNone = healthy.isEmpty();
    const auto& candidates = isNone ? group.members : healthy;
    if (group.kind == config::GroupKind::Failover) {
        const auto& member = candidates.first();
        const auto reason = member == group.members.first() ? ChoiceReason::Primary : ChoiceReason::Backup;
        return {group.name, member, isNone ? ChoiceReason::NoneHealthy : reason};
    }
    const QString earlier = surroundings.earlierMember ? surroundings.earlierMember(group.name, study) : QString();
    if (candidates.contains(earlier)) {
        return {group.name, earlier, isNone ? ChoiceReason::NoneHealthy : ChoiceReason::Earlier};
    }
    return {group.name, highest(candidates, study), isNone ? ChoiceReason::NoneHealthy : ChoiceReason::Balanced};
}

} // namespace radpost::route
