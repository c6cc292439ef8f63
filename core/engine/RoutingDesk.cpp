#include "core/engine/RoutingDesk.h"

#include "core/engine/DestinationHealth.h"
#include "core/store/RoutingRepository.h"

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

constexpr qsizetype kMostMembers = 4096;

QString memberKey(const QString& group, const StudyInstanceUid& study)
{
    return group.toCaseFolded() + u'\n' + study.toString();
}

/// What the index has; the way it came is in no file.
route::InstanceFacts factsOfRow(const store::RoutableInstance& instance)
{
    route::InstanceFacts facts;
    facts.callingAeTitle = {instance.source.callingAeTitle.toLatin1()};
    facts.calledAeTitle = {instance.source.calledAeTitle.toLatin1()};
    facts.peerAddress = instance.source.peerAddress;
    facts.source = instance.sourceName;
    facts.receivedAt = instance.receivedAt;
    facts.sopClassUid = instance.sopClassUid;
    facts.sopInstanceUid = instance.sopInstanceUid;
    facts.transferSyntaxUid = instance.transferSyntaxUid;
    facts.studyInstanceUid = {instance.series.studyInstanceUid.toLatin1()};
    facts.seriesInstanceUid = {instance.series.seriesInstanceUid.toLatin1()};
    facts.modality = instance.series.modality;
    facts.studyDescription = instance.series.studyDescription;
    return facts;
}

} // namespace

RoutingDesk::RoutingDesk(const route::LiveRules& rules, const DestinationHealth& health)
    : m_rules(rules)
    , m_health(health)
{
}

void RoutingDesk::takeRules()
{
    auto current = m_rules.current();
    if (current != m_book) {
        m_book = std::move(current);
        m_attributes = std::make_unique<dicom::AttributeReader>(m_book->attributes());
        m_members.clear(); // groups may have other members now
    }
}

route::InstanceFacts RoutingDesk::facts(
    const store::RoutableInstance& instance, const QString& path, const Result<dicom::InstanceHeader>& header)
{
    auto facts = factsOfRow(instance);
    if (header) {
        // The index keeps what came first for a study or series; the rules are about this instance.
        facts.modality = header->modality;
        facts.studyDescription = header->studyDescription;
        if (auto read = m_attributes->readFile(path, *header)) {
            facts.attributes = *std::move(read);
        }
    } else if (m_attributes->paths().empty()) {
        facts.attributes.emplace(); // nothing is wanted of it
    }
    return facts;
}

QString RoutingDesk::earlierMember(const QString& group, const StudyInstanceUid& study, store::RoutingRepository& index)
{
    const auto key = memberKey(group, study);
    if (const auto known = m_members.constFind(key); known != m_members.constEnd()) {
        return *known;
    }
    const auto* members = m_book->rules().findGroup(group);
    const auto found = members != nullptr ? index.memberOf(study.toString(), members->members) : Result<QString>();
    return found.value_or(QString());
}

/// What is decided now is in the ledger a moment later only.
void RoutingDesk::remember(const route::Routing& routing, const StudyInstanceUid& study)
{
    if (m_members.size() >= kMostMembers) {
        m_members.clear();
    }
    for (const auto& delivery : routing.deliveries) {
        for (const auto& choice : delivery.choices) {
            m_members.insert(memberKey(choice.group, study), choice.member);
        }
    }
}

JudgedInstance RoutingDesk::judge(
    const store::RoutableInstance& instance, const QByteArray& file, store::RoutingRepository& index)
{
    takeRules();
    JudgedInstance judged;
    if (m_book->rules().rules.empty()) {
        return judged; // a receiver only: what no rule asks for is not read
    }
    const auto path = QString::fromLocal8Bit(file);
    const auto header = m_headers.readFile(path);
    if (!header && header.error().code == ErrorCode::FileNotFound) {
        judged.isFileMissing = true;
        return judged;
    }
    const auto known = facts(instance, path, header);
    route::Surroundings surroundings;
    surroundings.isHealthy = [this](const QString& destination) { return m_health.isHealthy(destination); };
    surroundings.earlierMember = [this, &index](const QString& group, const StudyInstanceUid& study) {
        return earlierMember(group, study, index);
    };
    judged.routing = m_book->evaluate(known, surroundings, {false, instance.afterRule});
    remember(judged.routing, known.studyInstanceUid);
    judged.announcedInSeries = m_book->announcedCount(known, config::Trigger::Series);
    judged.announcedInStudy = m_book->announcedCount(known, config::Trigger::Study);
    return judged;
}

} // namespace radpost::engine
