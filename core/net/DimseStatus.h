#pragma once

#include "core/base/Error.h"

#include <QString>
#include <QStringView>

#include <optional>

namespace radpost::net {

/// What a C-STORE status means for the instance that was sent.
enum class StatusClass {
    Stored,
    StoredWithWarning, ///< the peer keeps the instance and has something to say
    Transient,         ///< not stored; the cause may pass by itself
    Permanent,         ///< not stored; the same instance fails again
    Configuration,     ///< not stored; somebody must change a setting at the peer first
};

/// What a dispatcher does about it.
enum class StatusAction {
    None,
    Note,               ///< count as stored, keep the status with the attempt
    RetryInstance,      ///< this instance later; the others go on
    BackOffDestination, ///< the peer is short of something: nothing more for a while
    FailInstance,       ///< set aside with the reason; the others go on
    StopJob,            ///< the others would fail the same way
};

/// One row of the table. @c code and @c retry matter only when the instance was not stored.
struct StatusMeaning
{
    StatusClass statusClass = StatusClass::Permanent;
    StatusAction action = StatusAction::FailInstance;
    QStringView keyword; ///< stable; names the row in logs and is the key of the text for people
    ErrorCode code = ErrorCode::StatusFailed;
    Retry retry = Retry::Never;

    [[nodiscard]] bool isStored() const
    {
        return statusClass == StatusClass::Stored || statusClass == StatusClass::StoredWithWarning;
    }
};

/// The meaning of a C-STORE response status. Values that no table lists follow the class of their first digits.
/// Any thread. Source: PS3.4 B.2.3, PS3.7 9.1.1.1.9 and Annex C.
[[nodiscard]] StatusMeaning storeStatusMeaning(quint16 status);

/// Nothing when the peer keeps the instance; otherwise the error, with the status and @p peerComment
/// (Error Comment (0000,0902)) in its detail.
[[nodiscard]] std::optional<Error> storeStatusError(quint16 status, const QString& peerComment = {});

} // namespace radpost::net
