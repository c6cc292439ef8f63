#include "core/config/ConfigText.h"

#include "core/config/ConfigParser.h"
#include "core/config/Fields.h"
#include "core/config/TomlText_p.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::config {

using text::offsetOfLine;
using text::parsed;
using text::tomlValue;
using text::verified;

namespace {

bool isAlwaysWritten(QStringView key)
{
    return key == u"name" || key == u"host" || key == u"port" || key == u"ae_title";
}

QByteArray lineAt(const QByteArray& text, int line)
{
    const auto begin = offsetOfLine(text, line);
    return text.mid(begin, offsetOfLine(text, line + 1) - begin);
}

/// The line after the last one of the block that says something.
int endOfContent(const QByteArray& text, const DestinationBlock& block)
{
    int end = block.endLine;
    const auto saysNothing = [&text](int line) {
        const auto words = lineAt(text, line).trimmed();
        return words.isEmpty() || words.startsWith('#');
    };
    while (end - 1 > block.firstLine && saysNothing(end - 1)) {
        --end;
    }
    return end;
}

// Comments behind the last setting speak about what comes next, however many blank lines are among them.
int withoutNextComment(const QByteArray& text, const DestinationBlock& block)
{
    int end = endOfContent(text, block);
    while (end < block.endLine && lineAt(text, end).trimmed().isEmpty()) {
        ++end;
    }
    return end;
}

struct ByteRange
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

ByteRange rangeOf(const QByteArray& toml, const DestinationBlock& block)
{
    return {offsetOfLine(toml, block.firstLine), offsetOfLine(toml, withoutNextComment(toml, block))};
}

Result<ByteRange> rangeOf(const QByteArray& toml, const QString& name)
{
    for (const auto& block : destinationBlocks(toml)) {
        if (block.name.compare(name, Qt::CaseInsensitive) == 0) {
            return rangeOf(toml, block);
        }
    }
    return fail(ErrorCode::Unsupported, u"the destination is not written as a [[destination]] table"_s);
}

// Rules and groups follow a destination that gets another name.
void rename(RuleSet& rules, const QString& from, const QString& to)
{
    const auto change = [&from, &to](
                            QString& name) { name = name.compare(from, Qt::CaseInsensitive) == 0 ? to : name; };
    for (auto& group : rules.groups) {
        std::for_each(group.members.begin(), group.members.end(), change);
    }
    for (auto& rule : rules.rules) {
        std::for_each(rule.sends.begin(), rule.sends.end(), [&change](SendAction& send) { change(send.to); });
    }
}

// The rule or group that needs the destination; empty when none does.
QString userOf(const RuleSet& rules, const QString& destination)
{
    const auto isIt = [&destination](
                          const QString& name) { return name.compare(destination, Qt::CaseInsensitive) == 0; };
    for (const auto& group : rules.groups) {
        if (std::any_of(group.members.begin(), group.members.end(), isIt)) {
            return group.name;
        }
    }
    for (const auto& rule : rules.rules) {
        if (std::any_of(
                rule.sends.begin(), rule.sends.end(), [&isIt](const SendAction& send) { return isIt(send.to); })) {
            return rule.name;
        }
    }
    return {};
}

auto findByName(std::vector<Destination>& destinations, const QString& name)
{
    return std::find_if(destinations.begin(), destinations.end(),
        [&name](const Destination& d) { return d.name.compare(name, Qt::CaseInsensitive) == 0; });
}

} // namespace

QByteArray destinationToToml(const Destination& destination)
{
    static const Destination kDefaults;
    QByteArray text = "[[destination]]\n";
    QStringView table;
    for (const auto& field : destinationFields()) {
        const auto value = field.get(destination);
        if (!isAlwaysWritten(field.key) && value == field.get(kDefaults)) {
            continue;
        }
        const auto dot = field.key.indexOf(u'.');
        const auto fieldTable = field.key.first(std::max<qsizetype>(dot, 0));
        if (fieldTable != table) {
            text += "[destination." + fieldTable.toUtf8() + "]\n";
            table = fieldTable;
        }
        text += field.key.sliced(dot + 1).toUtf8() + " = " + tomlValue(value) + '\n';
    }
    return text;
}

QByteArray destinationsToToml(const std::vector<Destination>& destinations)
{
    QByteArray text = "version = " + QByteArray::number(kConfigVersion) + '\n';
    for (const auto& destination : destinations) {
        text += '\n' + destinationToToml(destination);
    }
    return text;
}

Result<QByteArray> addDestination(const QByteArray& toml, const Destination& destination)
{
    auto config = parsed(toml);
    if (!config) {
        return fail(config.error());
    }
    if (config->find(destination.name) != nullptr) {
        return fail(ErrorCode::DestinationDuplicate, destination.name);
    }
    config->destinations.push_back(destination);
    return verified(text::begun(toml) + '\n' + destinationToToml(destination), *config);
}

Result<QByteArray> replaceDestination(const QByteArray& toml, const QString& name, const Destination& destination)
{
    auto config = parsed(toml);
    if (!config) {
        return fail(config.error());
    }
    const auto old = findByName(config->destinations, name);
    if (old == config->destinations.end()) {
        return fail(ErrorCode::DestinationNotFound, name);
    }
    const auto* sameName = config->find(destination.name);
    if (sameName != nullptr && sameName != &*old) {
        return fail(ErrorCode::DestinationDuplicate, destination.name);
    }
    const auto range = rangeOf(toml, name);
    if (!range) {
        return fail(range.error());
    }
    rename(config->rules, old->name, destination.name);
    *old = destination;
    const bool isLast = range->end >= toml.size();
    const QByteArray edited =
        toml.first(range->begin) + destinationToToml(destination) + (isLast ? "" : "\n") + toml.sliced(range->end);
    const auto rules = config->rules;
    return text::withRules(edited, rules).and_then([&config](const QByteArray& done) {
        return verified(done, *config);
    });
}

Result<QByteArray> removeDestination(const QByteArray& toml, const QString& name)
{
    auto config = parsed(toml);
    if (!config) {
        return fail(config.error());
    }
    const auto old = findByName(config->destinations, name);
    if (old == config->destinations.end()) {
        return fail(ErrorCode::DestinationNotFound, name);
    }
    if (const QString user = userOf(config->rules, name); !user.isEmpty()) {
        return fail(ErrorCode::DestinationInUse, user);
    }
    const auto range = rangeOf(toml, name);
    if (!range) {
        return fail(range.error());
    }
    config->destinations.erase(old);
    return verified(toml.first(range->begin) + toml.sliced(range->end), *config);
}

QByteArray peerToToml(const ServePeer& peer)
{
    static const ServePeer kDefaults;
    QByteArray text = "[[peer]]\n";
    for (const auto& field : peerFields()) {
        if (const auto value = field.get(peer); value != field.get(kDefaults)) {
            text += field.key.toUtf8() + " = " + tomlValue(value) + '\n';
        }
    }
    return text;
}

namespace {

/// @p text in the place of the peer.
Result<QByteArray> withPeerText(
    const QByteArray& toml, std::size_t number, const QByteArray& text, const Config& wanted)
{
    const auto blocks = peerBlocks(toml);
    if (number >= blocks.size()) {
        return fail(ErrorCode::Unsupported, u"the peer is not written as a [[peer]] table"_s);
    }
    const auto range = rangeOf(toml, blocks[number]);
    const QByteArray gap = text.isEmpty() || range.end >= toml.size() ? QByteArray() : QByteArray("\n");
    return verified(toml.first(range.begin) + text + gap + toml.sliced(range.end), wanted);
}

/// With the value of one key of a block: where it stands, when that is true or false, or as a line of its own.
/// Nothing: it stands there otherwise.
std::optional<QByteArray> withKey(
    QByteArray toml, const DestinationBlock& block, QStringView key, const QByteArray& value)
{
    const QRegularExpression wanted(u"^\\s*%1\\s*=\\s*(true|false)?"_s.arg(key));
    const int end = endOfContent(toml, block);
    for (int line = block.firstLine + 1; line < end; ++line) {
        const auto found = wanted.match(QString::fromLatin1(lineAt(toml, line))); // one character for each byte
        if (found.hasMatch()) {
            return found.hasCaptured(1) ? std::optional(toml.replace(offsetOfLine(toml, line) + found.capturedStart(1),
                                              found.capturedLength(1), value))
                                        : std::nullopt;
        }
    }
    const auto at = offsetOfLine(toml, end);
    const QByteArray before = at > 0 && toml[at - 1] != '\n' ? "\n" : "";
    return toml.insert(at, before + key.toUtf8() + " = " + value + '\n');
}

/// Only the keys that are to change are touched. Nothing: that cannot be done.
std::optional<QByteArray> withPeerKeys(
    const QByteArray& toml, std::size_t number, const ServePeer& from, const ServePeer& to)
{
    std::optional<QByteArray> edited = toml;
    for (const auto& field : peerFields()) {
        const auto blocks = edited ? peerBlocks(*edited) : std::vector<DestinationBlock>();
        const auto value = field.get(to);
        if (value == field.get(from)) {
            continue;
        }
        if (number >= blocks.size()) {
            return std::nullopt;
        }
        edited = withKey(*edited, blocks[number], field.key, tomlValue(value));
    }
    return edited;
}

} // namespace

Result<QByteArray> removePeer(const QByteArray& toml, std::size_t number)
{
    auto config = parsed(toml);
    if (!config || number >= config->peers.size()) {
        return config ? fail(ErrorCode::InvalidArgument) : fail(config.error());
    }
    config->peers.erase(config->peers.begin() + static_cast<std::ptrdiff_t>(number));
    return withPeerText(toml, number, {}, *config);
}

Result<QByteArray> replacePeer(const QByteArray& toml, std::size_t number, const ServePeer& peer)
{
    auto config = parsed(toml);
    if (!config || number >= config->peers.size()) {
        return config ? fail(ErrorCode::InvalidArgument) : fail(config.error());
    }
    const auto old = std::exchange(config->peers[number], peer);
    if (const auto edited = withPeerKeys(toml, number, old, peer)) {
        if (auto done = verified(*edited, *config)) {
            return done;
        }
    }
    return withPeerText(toml, number, peerToToml(peer), *config);
}

Result<QByteArray> addPeer(const QByteArray& toml, const ServePeer& peer)
{
    auto config = parsed(toml);
    if (!config) {
        return fail(config.error());
    }
    config->peers.push_back(peer);
    return verified(text::begun(toml) + '\n' + peerToToml(peer), *config);
}

} // namespace radpost::config
