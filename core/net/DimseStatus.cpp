#include "core/net/DimseStatus.h"

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::net {

namespace {

struct Row
{
    quint16 first;
    quint16 last;
    StatusMeaning meaning;
};

constexpr StatusMeaning warning(QStringView keyword)
{
    return {StatusClass::StoredWithWarning, StatusAction::Note, keyword, ErrorCode::StatusFailed, Retry::Never};
}

constexpr StatusMeaning permanent(QStringView keyword, ErrorCode code = ErrorCode::StatusFailed)
{
    return {StatusClass::Permanent, StatusAction::FailInstance, keyword, code, Retry::Never};
}

constexpr StatusMeaning transient(QStringView keyword, StatusAction action, ErrorCode code)
{
    return {StatusClass::Transient, action, keyword, code, Retry::Later};
}

// The first row that holds the value decides: single values stand before the ranges they lie in.
constexpr std::array kRows{
    Row{0x0000, 0x0000, {StatusClass::Stored, StatusAction::None, u"Success", ErrorCode::StatusFailed, Retry::Never}},
    Row{0x0001, 0x0001, warning(u"OptionalAttributesNotSupported")},

    Row{0x0105, 0x0105, permanent(u"NoSuchAttribute")},
    Row{0x0106, 0x0106, permanent(u"InvalidAttributeValue")},
    Row{0x0107, 0x0107, warning(u"AttributeListError")},
    // Peers answer this for whatever broke on their side, a full disk or a lost database among it.
    Row{0x0110, 0x0110, transient(u"ProcessingFailure", StatusAction::RetryInstance, ErrorCode::StatusFailed)},
    // The peer has the instance already, which is what the sender wants.
    Row{0x0111, 0x0111, warning(u"DuplicateSopInstance")},
    Row{0x0112, 0x0112, permanent(u"NoSuchSopInstance")},
    Row{0x0113, 0x0113, permanent(u"NoSuchEventType")},
    Row{0x0114, 0x0114, permanent(u"NoSuchArgument")},
    Row{0x0115, 0x0115, permanent(u"InvalidArgumentValue")},
    Row{0x0116, 0x0116, warning(u"AttributeValueOutOfRange")},
    Row{0x0117, 0x0117, permanent(u"InvalidSopInstance")},
    Row{0x0118, 0x0118, permanent(u"NoSuchSopClass", ErrorCode::SopClassRefused)},
    Row{0x0119, 0x0119, permanent(u"ClassInstanceConflict")},
    Row{0x0120, 0x0120, permanent(u"MissingAttribute")},
    Row{0x0121, 0x0121, permanent(u"MissingAttributeValue")},
    Row{0x0122, 0x0122, permanent(u"SopClassNotSupported", ErrorCode::SopClassRefused)},
    Row{0x0123, 0x0123, permanent(u"NoSuchActionType")},
    Row{0x0124, 0x0124,
        {StatusClass::Configuration, StatusAction::StopJob, u"NotAuthorised", ErrorCode::StatusNotAuthorised,
            Retry::AfterOperator}},
    // A new association counts its message ids anew.
    Row{0x0210, 0x0210, transient(u"DuplicateInvocation", StatusAction::RetryInstance, ErrorCode::StatusFailed)},
    Row{0x0211, 0x0211, permanent(u"UnrecognizedOperation")},
    Row{0x0212, 0x0212, permanent(u"MistypedArgument")},
    Row{0x0213, 0x0213, transient(u"ResourceLimitation", StatusAction::BackOffDestination, ErrorCode::StatusRefused)},

    Row{0xA700, 0xA7FF, transient(u"OutOfResources", StatusAction::BackOffDestination, ErrorCode::StatusRefused)},
    Row{0xA801, 0xA801, permanent(u"MoveDestinationUnknown")},
    Row{0xA900, 0xA9FF, permanent(u"DataSetDoesNotMatchSopClass")},

    Row{0xB000, 0xB000, warning(u"CoercionOfDataElements")},
    Row{0xB006, 0xB006, warning(u"ElementsDiscarded")},
    Row{0xB007, 0xB007, warning(u"DataSetDoesNotMatchSopClassWarning")},
    Row{0xB000, 0xBFFF, warning(u"Warning")},

    Row{0xC000, 0xCFFF, permanent(u"CannotUnderstand")},

    // Neither is defined for C-STORE, and neither says that the instance is safe.
    Row{0xFE00, 0xFE00, transient(u"Cancelled", StatusAction::RetryInstance, ErrorCode::StatusFailed)},
    Row{0xFF00, 0xFF01, transient(u"Pending", StatusAction::RetryInstance, ErrorCode::ProtocolError)},

    Row{0xA000, 0xAFFF, permanent(u"Refused")},
    Row{0x0000, 0xFFFF, permanent(u"Unknown")},
};

QString statusDetail(quint16 status, const StatusMeaning& meaning, const QString& peerComment)
{
    QString detail = u"C-STORE status 0x%1 (%2)"_s.arg(status, 4, 16, QLatin1Char('0')).arg(meaning.keyword);
    if (!peerComment.isEmpty()) {
        detail += u": "_s % peerComment;
    }
    return detail;
}

} // namespace

StatusMeaning storeStatusMeaning(quint16 status)
{
    for (const Row& row : kRows) {
        if (status >= row.first && status <= row.last) {
            return row.meaning;
        }
    }
    Q_UNREACHABLE();
}

std::optional<Error> storeStatusError(quint16 status, const QString& peerComment)
{
    const StatusMeaning meaning = storeStatusMeaning(status);
    if (meaning.isStored()) {
        return std::nullopt;
    }
    return Error{meaning.code, meaning.retry, statusDetail(status, meaning, peerComment), status};
}

} // namespace radpost::net
