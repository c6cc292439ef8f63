#include "core/net/dimse.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <variant>

namespace radpost::net {

namespace {

constexpr std::size_t kElementHeaderSize = 8; ///< Implicit VR: tag, then a length of 32 bits
constexpr quint16 kElementGroupLength = 0x0000;
constexpr quint16 kElementCommandField = 0x0100;

enum class Padding : char { Nul = '\0', Blank = ' ' };

struct Text
{
    QByteArray CommandSet::*value;
    Padding padding;
};
using Number = quint16 CommandSet::*;
using OptionalNumber = std::optional<quint16> CommandSet::*;
using Tags = std::vector<quint32> CommandSet::*;

struct Element
{
    quint16 number = 0;
    std::variant<Text, Number, OptionalNumber, Tags> member;
};

// PS3.7 E.1, in order of the tags.
constexpr std::array kElements{
    Element{0x0002, Text{&CommandSet::affectedSopClassUid, Padding::Nul}},
    Element{0x0003, Text{&CommandSet::requestedSopClassUid, Padding::Nul}},
    Element{kElementCommandField, &CommandSet::commandField},
    Element{0x0110, &CommandSet::messageId},
    Element{0x0120, &CommandSet::messageIdBeingRespondedTo},
    Element{0x0600, Text{&CommandSet::moveDestination, Padding::Blank}},
    Element{0x0700, &CommandSet::priority},
    Element{0x0800, &CommandSet::commandDataSetType},
    Element{0x0900, &CommandSet::status},
    Element{0x0901, &CommandSet::offendingElements},
    Element{0x0902, Text{&CommandSet::errorComment, Padding::Blank}},
    Element{0x0903, &CommandSet::errorId},
    Element{0x1000, Text{&CommandSet::affectedSopInstanceUid, Padding::Nul}},
    Element{0x1001, Text{&CommandSet::requestedSopInstanceUid, Padding::Nul}},
    Element{0x1002, &CommandSet::eventTypeId},
    Element{0x1005, &CommandSet::attributeIdentifiers},
    Element{0x1008, &CommandSet::actionTypeId},
    Element{0x1020, &CommandSet::remainingSuboperations},
    Element{0x1021, &CommandSet::completedSuboperations},
    Element{0x1022, &CommandSet::failedSuboperations},
    Element{0x1023, &CommandSet::warningSuboperations},
    Element{0x1030, Text{&CommandSet::moveOriginatorAeTitle, Padding::Blank}},
    Element{0x1031, &CommandSet::moveOriginatorMessageId},
};

template <typename... F>
struct Overloaded : F...
{
    using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

std::byte* addElement(Bytes& to, quint16 number, std::size_t length)
{
    const auto at = to.size();
    to.resize(at + kElementHeaderSize + length);
    auto* element = to.data() + at;
    storeLittle<quint16>(0, element);
    storeLittle(number, element + 2);
    storeLittle(static_cast<quint32>(length), element + 4);
    return element + kElementHeaderSize;
}

void addNumber(Bytes& to, quint16 number, quint16 value)
{
    storeLittle(value, addElement(to, number, sizeof value));
}

void addText(Bytes& to, quint16 number, const QByteArray& value, Padding padding)
{
    if (value.isEmpty()) {
        return;
    }
    const auto size = static_cast<std::size_t>(value.size());
    auto* place = addElement(to, number, size + size % 2);
    std::copy_n(asBytes(value).data(), size, place);
    if (size % 2 != 0) {
        place[size] = std::byte(padding);
    }
}

void addTags(Bytes& to, quint16 number, const std::vector<quint32>& tags)
{
    if (tags.empty()) {
        return;
    }
    auto* place = addElement(to, number, tags.size() * 4);
    for (const auto tag : tags) {
        storeLittle(static_cast<quint16>(tag >> 16), place);
        storeLittle(static_cast<quint16>(tag), place + 2);
        place += 4;
    }
}

QByteArray trimmed(ConstBytes value)
{
    const auto isPadding = [](std::byte c) { return c == std::byte(0) || c == std::byte(' '); };
    while (!value.empty() && isPadding(value.back())) {
        value = value.first(value.size() - 1);
    }
    while (!value.empty() && isPadding(value.front())) {
        value = value.subspan(1);
    }
    return toByteArray(value);
}

std::vector<quint32> readTags(ConstBytes value)
{
    std::vector<quint32> tags;
    for (; value.size() >= 4; value = value.subspan(4)) {
        const auto group = loadLittle<quint16>(value.data());
        tags.push_back(quint32(group) << 16 | loadLittle<quint16>(value.data() + 2));
    }
    return tags;
}

/// False: the value has not the size its VR demands.
bool readElement(const Element& element, ConstBytes value, CommandSet& into)
{
    const auto isNumber = value.size() == sizeof(quint16);
    return std::visit(Overloaded{
                          [&](const Text& text) {
                              into.*text.value = trimmed(value);
                              return true;
                          },
                          [&](Number number) {
                              into.*number = isNumber ? loadLittle<quint16>(value.data()) : quint16(0);
                              return isNumber;
                          },
                          [&](OptionalNumber number) {
                              into.*number = isNumber ? std::optional(loadLittle<quint16>(value.data())) : std::nullopt;
                              return isNumber || value.empty();
                          },
                          [&](Tags tags) {
                              into.*tags = readTags(value);
                              return value.size() % 4 == 0;
                          },
                      },
        element.member);
}

const Element* elementOf(quint16 number)
{
    const auto found =
        std::find_if(kElements.begin(), kElements.end(), [number](const Element& e) { return e.number == number; });
    return found == kElements.end() ? nullptr : &*found;
}

tl::unexpected<Error> malformed(const QString& detail)
{
    return fail(ErrorCode::ProtocolError, QStringLiteral("command set: ") % detail);
}

} // namespace

void encodeCommand(const CommandSet& command, Bytes& to)
{
    const auto begin = to.size();
    addElement(to, kElementGroupLength, sizeof(quint32));
    const auto body = to.size();
    for (const auto& element : kElements) {
        std::visit(Overloaded{
                       [&](const Text& text) { addText(to, element.number, command.*text.value, text.padding); },
                       [&](Number number) { addNumber(to, element.number, command.*number); },
                       [&](OptionalNumber number) {
                           if (command.*number) {
                               addNumber(to, element.number, *(command.*number));
                           }
                       },
                       [&](Tags tags) { addTags(to, element.number, command.*tags); },
                   },
            element.member);
    }
    storeLittle(static_cast<quint32>(to.size() - body), to.data() + begin + kElementHeaderSize);
}

Result<CommandSet> decodeCommand(ConstBytes bytes)
{
    CommandSet command;
    bool hasCommandField = false;
    while (!bytes.empty()) {
        if (bytes.size() < kElementHeaderSize) {
            return malformed(QStringLiteral("ends inside an element"));
        }
        const auto group = loadLittle<quint16>(bytes.data());
        const auto number = loadLittle<quint16>(bytes.data() + 2);
        const auto length = loadLittle<quint32>(bytes.data() + 4);
        bytes = bytes.subspan(kElementHeaderSize);
        if (group != 0 || length > bytes.size()) {
            return malformed(QStringLiteral("element (%1,%2) of length %3").arg(group).arg(number).arg(length));
        }
        const auto* element = elementOf(number);
        if (element != nullptr && !readElement(*element, bytes.first(length), command)) {
            return malformed(QStringLiteral("value of element %1 has %2 bytes").arg(number).arg(length));
        }
        hasCommandField = hasCommandField || number == kElementCommandField;
        bytes = bytes.subspan(length);
    }
    return hasCommandField ? Result<CommandSet>(std::move(command)) : malformed(QStringLiteral("no Command Field"));
}

CommandSet responseTo(const CommandSet& request, quint16 status)
{
    constexpr quint16 kResponseBit = 0x8000;
    CommandSet response;
    response.commandField = request.commandField | kResponseBit;
    response.messageIdBeingRespondedTo = request.messageId.value_or(0);
    response.status = status;
    // N- requests name what they want, responses what was affected (PS3.7 10.3).
    const auto& sopClass = request.affectedSopClassUid;
    response.affectedSopClassUid = sopClass.isEmpty() ? request.requestedSopClassUid : sopClass;
    const auto& instance = request.affectedSopInstanceUid;
    response.affectedSopInstanceUid = instance.isEmpty() ? request.requestedSopInstanceUid : instance;
    response.eventTypeId = request.eventTypeId;
    response.actionTypeId = request.actionTypeId;
    return response;
}

QString tagsToText(const std::vector<quint32>& tags)
{
    QStringList texts;
    for (const auto tag : tags) {
        texts << QString::asprintf("(%04X,%04X)", tag >> 16, tag & 0xFFFFU);
    }
    return texts.join(QLatin1Char(','));
}

} // namespace radpost::net
