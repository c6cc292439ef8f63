#include "core/config/ConfigFile.h"

#include "core/config/ConfigText.h"
#include "core/config/Fields.h"
#include "core/config/RulesText.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

#include <algorithm>
#include <span>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

constexpr int kLockWaitMs = 5'000;

template <typename Owner>
Result<> checkFields(std::span<const Field<Owner>> fields, const Owner& owner)
{
    for (const auto& field : fields) {
        Owner scratch;
        if (!field.set(scratch, field.get(owner))) {
            return fail(ErrorCode::ConfigValue, field.key + u": must be "_s + describe(field.expects()));
        }
    }
    return {};
}

Result<> checkDestination(const Destination& destination)
{
    if (auto checked = checkFields(destinationFields(), destination); !checked) {
        return checked;
    }
    if (const auto wrong = findContradiction(destination)) {
        return fail(ErrorCode::ConfigValue, wrong->key + u": "_s + wrong->detail);
    }
    return {};
}

// What an administrator edits belongs to the account that the gateway runs under, and stays with it.
bool keepOwner(QSaveFile& file, const QString& path)
{
    struct stat before = {};
    const bool isOthers = ::stat(QFile::encodeName(path).constData(), &before) == 0 && before.st_uid != ::geteuid();
    return !isOthers || ::geteuid() != 0 || ::fchown(file.handle(), before.st_uid, before.st_gid) == 0;
}

// Only the owner: the file names users and hosts.
bool makeFolder(const QString& folder)
{
    if (QFileInfo::exists(folder)) {
        return true;
    }
    return QDir().mkpath(folder) &&
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

Result<QByteArray> ConfigFile::read() const
{
    QFile file(m_path);
    if (!file.exists()) {
        return QByteArray();
    }
    if (QFileInfo(m_path).isDir() || !file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::ConfigUnreadable, m_path + u": "_s + file.errorString());
    }
    auto bytes = file.readAll();
    if (file.error() != QFileDevice::NoError) {
        return fail(ErrorCode::ConfigUnreadable, m_path + u": "_s + file.errorString());
    }
    return bytes;
}

Result<Config> ConfigFile::load()
{
    const auto bytes = read();
    if (!bytes) {
        return fail(bytes.error());
    }
    m_bytes = *bytes;
    auto parsed = parseConfig(m_bytes, m_path);
    m_problems = std::move(parsed.problems);
    if (!m_problems.empty()) {
        return fail(m_problems.front().toError());
    }
    return std::move(parsed.config);
}

Result<> ConfigFile::add(const Destination& destination)
{
    return add(std::vector{destination});
}

Result<> ConfigFile::add(const std::vector<Destination>& destinations)
{
    return edit([&destinations](const QByteArray& toml) {
        Result<QByteArray> edited = toml;
        for (const auto& destination : destinations) {
            edited = checkDestination(destination).and_then([&edited, &destination] {
                return addDestination(*edited, destination);
            });
            if (!edited) {
                break;
            }
        }
        return edited;
    });
}

Result<> ConfigFile::replace(const QString& name, const Destination& destination)
{
    return edit([&](const QByteArray& toml) {
        return checkDestination(destination).and_then([&] { return replaceDestination(toml, name, destination); });
    });
}

Result<> ConfigFile::remove(const QString& name)
{
    return edit([&name](const QByteArray& toml) { return removeDestination(toml, name); });
}

Result<> ConfigFile::add(const ServePeer& peer)
{
    return edit([&peer](const QByteArray& toml) {
        return checkFields(peerFields(), peer).and_then([&] { return addPeer(toml, peer); });
    });
}

namespace {

/// Where the file has the peer, however it was edited meanwhile.
Result<std::size_t> numberOf(const QByteArray& toml, const ServePeer& peer)
{
    const auto peers = parseConfig(toml).config.peers;
    const auto found = std::find(peers.begin(), peers.end(), peer);
    return found != peers.end() ? Result<std::size_t>(static_cast<std::size_t>(found - peers.begin()))
                                : fail(ErrorCode::InvalidArgument, u"there is no such peer any more"_s);
}

} // namespace

Result<> ConfigFile::remove(const ServePeer& peer)
{
    return edit([&peer](const QByteArray& toml) {
        return numberOf(toml, peer).and_then([&](std::size_t number) { return removePeer(toml, number); });
    });
}

Result<> ConfigFile::replace(const ServePeer& peer, const ServePeer& by)
{
    return edit([&](const QByteArray& toml) {
        return checkFields(peerFields(), by).and_then([&] { return numberOf(toml, peer); }).and_then([&](auto number) {
            return replacePeer(toml, number, by);
        });
    });
}

Result<> ConfigFile::changeSettings(const Settings& settings)
{
    return edit([&settings](const QByteArray& toml) {
        return checkFields(settingsFields(), settings).and_then([&] { return config::changeSettings(toml, settings); });
    });
}

Result<> ConfigFile::changeRules(const RuleSet& rules)
{
    return edit([&rules](const QByteArray& toml) {
        // A file without anything is a configuration too.
        return config::changeRules(toml.trimmed().isEmpty() ? QByteArray("version = 1\n") : toml, rules);
    });
}

Result<> ConfigFile::changeRules(const RuleSet& seen, const RuleSet& rules)
{
    return edit([&](const QByteArray& toml) -> Result<QByteArray> {
        if (parseConfig(toml).config.rules != seen) {
            return fail(ErrorCode::RulesChanged, m_path);
        }
        return config::changeRules(toml.trimmed().isEmpty() ? QByteArray("version = 1\n") : toml, rules);
    });
}

Result<> ConfigFile::edit(const Edit& change)
{
    if (!makeFolder(QFileInfo(m_path).absolutePath())) {
        return fail(ErrorCode::FileWriteFailed, QFileInfo(m_path).absolutePath());
    }
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(kLockWaitMs)) {
        return fail(ErrorCode::FileWriteFailed, m_path + u": another process is writing it"_s);
    }
    if (const auto config = load(); !config) {
        return fail(config.error());
    }
    const auto bytes = read();
    if (!bytes) {
        return fail(bytes.error());
    }
    const auto edited = change(*bytes);
    return edited ? write(*edited) : fail(edited.error());
}

Result<> ConfigFile::write(const QByteArray& toml) const
{
    QSaveFile file(m_path);
    const bool isWritten = file.open(QIODevice::WriteOnly) &&
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && keepOwner(file, m_path) &&
        file.write(toml) == toml.size();
    if (!isWritten || !file.commit()) {
        return fail(ErrorCode::FileWriteFailed, m_path + u": "_s + file.errorString());
    }
    return {};
}

} // namespace radpost::config
