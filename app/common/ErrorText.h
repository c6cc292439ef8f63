#pragma once

#include "core/base/Error.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace radpost::app {

/// An error in the user's language: what happened, what was not done because of it, and what to do next.
struct ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)

public:
    QString happened;
    QString notDone; ///< empty where nothing was to be done
    QString next;
};

/// The text of a code. Any thread once the language is set.
[[nodiscard]] ErrorText errorText(ErrorCode code);

/// The same, by the peer's status where the error has one.
[[nodiscard]] ErrorText errorText(const Error& error);

/// By the status of a C-STORE response, success and warnings included; a status that the Standard does not list gets
/// the text of its class. Source: PS3.4 B.2.3, PS3.7 Annex C.
[[nodiscard]] ErrorText statusText(quint16 status);

/// Why a destination did not prove that it holds an instance: by the code, and by the Failure Reason (0008,1197) that a
/// report of storage commitment gives. Source: PS3.3 C.14.1.1.
[[nodiscard]] ErrorText proofErrorText(ErrorCode code, const std::optional<quint16>& reason);

} // namespace radpost::app
