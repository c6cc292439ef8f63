#include "core/engine/QueryClasses.h"

#include <algorithm>
#include <array>

namespace radpost::engine {

namespace {

using net::DimseCommand;

constexpr std::array kClasses{
    QueryClass{"1.2.840.10008.5.1.4.1.2.1.1", QueryRoot::Patient, DimseCommand::CFindRq},
    QueryClass{"1.2.840.10008.5.1.4.1.2.1.2", QueryRoot::Patient, DimseCommand::CMoveRq},
    QueryClass{"1.2.840.10008.5.1.4.1.2.1.3", QueryRoot::Patient, DimseCommand::CGetRq},
    QueryClass{"1.2.840.10008.5.1.4.1.2.2.1", QueryRoot::Study, DimseCommand::CFindRq},
    QueryClass{"1.2.840.10008.5.1.4.1.2.2.2", QueryRoot::Study, DimseCommand::CMoveRq},
    QueryClass{"1.2.840.10008.5.1.4.1.2.2.3", QueryRoot::Study, DimseCommand::CGetRq},
};

// Bytes of the application information.
constexpr qsizetype kRelational = 0;
constexpr qsizetype kDateWithTime = 1;

} // namespace

std::optional<QueryClass> queryClassOf(const QByteArray& uid)
{
    const auto found =
        std::find_if(kClasses.begin(), kClasses.end(), [&uid](const QueryClass& row) { return row.uid == uid; });
    return found == kClasses.end() ? std::nullopt : std::optional(*found);
}

QByteArray grantedOf(const QueryClass& queryClass, const QByteArray& asked)
{
    QByteArray granted(asked.size(), '\0');
    const auto grant = [&](qsizetype at) {
        if (at < asked.size() && asked.at(at) == '\1') {
            granted[at] = '\1';
        }
    };
    grant(kRelational);
    if (queryClass.command == DimseCommand::CFindRq) {
        grant(kDateWithTime);
    }
    return granted;
}

QueryOptions optionsOf(const QueryClass& queryClass, const net::AssociateAc& accepted)
{
    QueryOptions options{queryClass.root};
    for (const auto& extended : accepted.user.extended) {
        if (extended.sopClassUid == queryClass.uid) {
            const auto& information = extended.information;
            options.isRelational = information.size() > kRelational && information.at(kRelational) == '\1';
            options.isDateWithTime = information.size() > kDateWithTime && information.at(kDateWithTime) == '\1';
        }
    }
    return options;
}

} // namespace radpost::engine
