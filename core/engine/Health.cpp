#include "core/engine/Health.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStorageInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

HealthCheck outcomeOf(const QString& name, const Result<QString>& found)
{
    if (found) {
        return {name, true, *found};
    }
    const auto& error = found.error();
    const QString reason =
        errorName(error.code) + (error.detail.isEmpty() ? QString() : QString(u": "_s + error.detail));
    return {name, false, reason};
}

} // namespace

void Health::add(const QString& name, Check check)
{
    const std::lock_guard lock(m_mutex);
    m_checks.push_back({name, std::move(check)});
}

void Health::setEnding()
{
    const std::lock_guard lock(m_mutex);
    m_isEnding = true;
}

std::vector<HealthCheck> Health::look() const
{
    std::vector<Entry> checks;
    std::vector<HealthCheck> found;
    {
        const std::lock_guard lock(m_mutex);
        checks = m_checks;
        if (m_isEnding) {
            found.push_back({u"running"_s, false, u"the program is about to end"_s});
        }
    }
    for (const auto& entry : checks) {
        found.push_back(outcomeOf(entry.name, entry.check()));
    }
    return found;
}

bool isWell(const std::vector<HealthCheck>& checks)
{
    return std::all_of(checks.begin(), checks.end(), [](const HealthCheck& check) { return check.isOk; });
}

QByteArray healthJson(const std::vector<HealthCheck>& checks)
{
    QJsonArray list;
    for (const auto& check : checks) {
        list.append(QJsonObject{{u"name"_s, check.name}, {u"ok"_s, check.isOk}, {u"reason"_s, check.reason}});
    }
    const QJsonObject object{{u"ready"_s, isWell(checks)}, {u"checks"_s, list}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Health::Check diskCheck(QString folder, qint64 reserveBytes)
{
    return [folder = std::move(folder), reserveBytes]() -> Result<QString> {
        const QStorageInfo disk(folder);
        const auto free = disk.isValid() ? disk.bytesAvailable() : -1;
        if (free < 0) {
            return fail(ErrorCode::FileUnreadable, u"the free space of %1 is not known"_s.arg(folder));
        }
        const QString found = u"%1 bytes free, %2 must stay"_s.arg(free).arg(reserveBytes);
        return free > reserveBytes ? Result<QString>(found) : fail(ErrorCode::DiskFull, found);
    };
}

Health::Check ledgerCheck(std::function<Result<>()> ask)
{
    return [ask = std::move(ask)] { return ask().map([] { return u"writable"_s; }); };
}

Health::Check listenerCheck(std::function<qsizetype()> open, qsizetype wanted)
{
    return [open = std::move(open), wanted]() -> Result<QString> {
        const auto now = open();
        const QString found = u"%1 of %2 ports open"_s.arg(now).arg(wanted);
        return now >= wanted ? Result<QString>(found) : fail(ErrorCode::Internal, found);
    };
}

} // namespace radpost::engine
