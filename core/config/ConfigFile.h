#pragma once

#include "core/base/Result.h"
#include "core/config/ConfigParser.h"

#include <QString>

#include <functional>

namespace radpost::config {

/// The one file that holds settings and destinations. Blocks on the disk; any thread, one object each.
///
/// Edits change only the lines of the destination or the settings concerned; comments elsewhere stay. They are atomic,
/// keep two processes apart by a lock file, make the file readable for its owner only, and leave a file with faults
/// untouched.
class ConfigFile final
{
public:
    explicit ConfigFile(QString path)
        : m_path(std::move(path))
    {
    }

    [[nodiscard]] const QString& path() const { return m_path; }

    /// A file that does not exist is an empty configuration.
    /// Errors: ConfigUnreadable; ConfigSyntax, ConfigValue for the first of problems().
    [[nodiscard]] Result<Config> load();

    /// What the last load() or edit found wrong in the file.
    [[nodiscard]] const std::vector<ConfigProblem>& problems() const { return m_problems; }

    /// What the last load() read.
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }

    // Errors: as load(), DestinationDuplicate, DestinationNotFound, DestinationInUse, ConfigValue for a destination
    // that contradicts itself, Unsupported for a file that must be edited by hand, FileWriteFailed.
    [[nodiscard]] Result<> add(const Destination& destination);
    /// All or none.
    [[nodiscard]] Result<> add(const std::vector<Destination>& destinations);
    [[nodiscard]] Result<> replace(const QString& name, const Destination& destination);
    [[nodiscard]] Result<> remove(const QString& name);
    /// Puts @p rules in the place of the file's; destinations they name must be in the file.
    [[nodiscard]] Result<> changeRules(const RuleSet& rules);
    /// The same, unless the file's rules are no longer those that @p seen shows. Errors: RulesChanged, too.
    [[nodiscard]] Result<> changeRules(const RuleSet& seen, const RuleSet& rules);
    [[nodiscard]] Result<> add(const ServePeer& peer);
    // Errors: InvalidArgument, too, when the file has no such peer: somebody else edited it.
    [[nodiscard]] Result<> remove(const ServePeer& peer);
    [[nodiscard]] Result<> replace(const ServePeer& peer, const ServePeer& by);
    /// Writes the settings that differ from the file's.
    [[nodiscard]] Result<> changeSettings(const Settings& settings);

private:
    using Edit = std::function<Result<QByteArray>(const QByteArray& toml)>;
    [[nodiscard]] Result<QByteArray> read() const;
    [[nodiscard]] Result<> edit(const Edit& change);
    [[nodiscard]] Result<> write(const QByteArray& toml) const;

    QString m_path;
    QByteArray m_bytes;
    std::vector<ConfigProblem> m_problems;
};

} // namespace radpost::config
