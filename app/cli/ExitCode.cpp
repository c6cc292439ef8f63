#include "app/cli/ExitCode.h"

namespace radpost::cli {

ExitCode exitCodeOf(ErrorCode error)
{
    switch (error) {
    case ErrorCode::Cancelled:
        return ExitCode::Interrupted;
    case ErrorCode::InvalidArgument:
    case ErrorCode::DestinationNotFound:
    case ErrorCode::DestinationDuplicate:
    case ErrorCode::JobNotFound:
        return ExitCode::Usage;
    case ErrorCode::FileNotFound:
        return ExitCode::NothingToSend;
    case ErrorCode::AddressInUse:
    case ErrorCode::ListenNotPermitted:
        return ExitCode::LocalProblem;
    default:
        break;
    }
    const int number = static_cast<int>(error);
    const bool isPeer = number >= 200 && number < 400; // 2xx: reaching and talking to a peer, 3xx: TLS
    return isPeer ? ExitCode::Unreachable : ExitCode::LocalProblem;
}

} // namespace radpost::cli
