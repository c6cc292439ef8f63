#pragma once

#include "core/dicom/AttributeReader.h"
#include "core/dicom/HeaderReader.h"
#include "core/route/LiveRules.h"
#include "core/store/RoutingTypes.h"

#include <QByteArray>
#include <QHash>

#include <functional>
#include <memory>

namespace radpost::store {
class RoutingRepository;
}

namespace radpost::engine {

class DestinationHealth;

/// What the rules say of one instance of the spool.
struct JudgedInstance
{
    route::Routing routing;
    int announcedInSeries = 0; ///< instances, as it says itself; 0: it does not
    int announcedInStudy = 0;
    bool isFileMissing = false; ///< then nothing was judged
};

/// Judges instances of the spool by the rules in force: reads of each file what the rules want to know. A file that
/// cannot be read as DICOM is judged by what the index has; rules that look at attributes hold it then. One thread;
/// blocks on files.
class RoutingDesk final
{
public:
    RoutingDesk(const route::LiveRules& rules, const DestinationHealth& health);

    /// @p index answers where earlier instances of a study went.
    [[nodiscard]] JudgedInstance judge(
        const store::RoutableInstance& instance, const QByteArray& file, store::RoutingRepository& index);

    /// The rules that judged last are still those in force.
    [[nodiscard]] bool isUpToDate() const { return m_book == m_rules.current(); }

private:
    [[nodiscard]] route::InstanceFacts facts(
        const store::RoutableInstance& instance, const QString& path, const Result<dicom::InstanceHeader>& header);
    void takeRules();
    [[nodiscard]] QString earlierMember(
        const QString& group, const StudyInstanceUid& study, store::RoutingRepository& index);
    void remember(const route::Routing& routing, const StudyInstanceUid& study);

    const route::LiveRules& m_rules;
    const DestinationHealth& m_health;
    dicom::HeaderReader m_headers;
    std::shared_ptr<const route::RuleBook> m_book;
    std::unique_ptr<dicom::AttributeReader> m_attributes; ///< of m_book
    QHash<QString, QString> m_members;                    ///< by group and study; what was asked for lately
};

} // namespace radpost::engine
