#include "app/common/ErrorText.h"

#include <algorithm>
#include <array>

namespace radpost::app {

namespace {

struct Row
{
    quint16 reason;
    const char* happened;
    const char* next;
};

// PS3.3 C.14.1.1.
constexpr std::array kReasons{
    Row{0x0110, QT_TRANSLATE_NOOP("ErrorText", "The destination failed while it looked for the instance."),
        QT_TRANSLATE_NOOP("ErrorText", "It is asked again. If it stays so, ask the PACS administrator.")},
    Row{0x0112, QT_TRANSLATE_NOOP("ErrorText", "The destination does not have the instance."),
        QT_TRANSLATE_NOOP("ErrorText", "Send it again: retry sends what was not proved, too.")},
    Row{0x0119,
        QT_TRANSLATE_NOOP("ErrorText", "The destination has an instance of this UID, but of another kind (SOP class)."),
        QT_TRANSLATE_NOOP("ErrorText", "Find out at the destination which of the two is right.")},
    Row{0x0122,
        QT_TRANSLATE_NOOP(
            "ErrorText", "The destination makes no storage commitment for this kind of object (SOP class)."),
        QT_TRANSLATE_NOOP("ErrorText", "Choose the query as proof of delivery, or ask the PACS administrator.")},
    Row{0x0131,
        QT_TRANSLATE_NOOP(
            "ErrorText", "The destination takes the request for storage commitment for one it had before."),
        QT_TRANSLATE_NOOP("ErrorText", "It is asked again. If it stays so, ask the PACS administrator.")},
    Row{0x0213, QT_TRANSLATE_NOOP("ErrorText", "The destination is out of resources."),
        QT_TRANSLATE_NOOP("ErrorText", "It is asked again. If it stays so, ask the PACS administrator.")},
};

} // namespace

ErrorText proofErrorText(ErrorCode code, const std::optional<quint16>& reason)
{
    const auto row =
        std::find_if(kReasons.begin(), kReasons.end(), [&reason](const Row& known) { return known.reason == reason; });
    if (code != ErrorCode::ProofMissing || row == kReasons.end()) {
        return errorText(code);
    }
    return {ErrorText::tr(row->happened), {}, ErrorText::tr(row->next)};
}

} // namespace radpost::app
