#include "app/common/ErrorText.h"

#include <algorithm>
#include <array>

namespace radpost::app {

namespace {

enum class Stored { Yes, No };

struct Row
{
    quint16 first;
    quint16 last;
    Stored stored;
    const char* happened;
    const char* next;
};

// The first row that holds the value decides: single values stand before the ranges that they lie in.
constexpr std::array kRows{
    Row{0x0000, 0x0000, Stored::Yes, QT_TRANSLATE_NOOP("ErrorText", "The destination stored the instance."),
        QT_TRANSLATE_NOOP("ErrorText", "Nothing needs to be done.")},
    Row{0x0001, 0x0001, Stored::Yes,
        QT_TRANSLATE_NOOP("ErrorText", "The destination stored the instance without some optional attributes."),
        QT_TRANSLATE_NOOP("ErrorText", "Nothing needs to be done.")},
    Row{0x0107, 0x0107, Stored::Yes,
        QT_TRANSLATE_NOOP("ErrorText", "The destination stored the instance but did not know some attributes."),
        QT_TRANSLATE_NOOP("ErrorText", "Nothing needs to be done.")},
    Row{0x0110, 0x0110, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination failed while it processed the instance."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Retry what failed. If it stays so, ask the PACS administrator to look at its log, disk and database.")},
    Row{0x0111, 0x0111, Stored::Yes, QT_TRANSLATE_NOOP("ErrorText", "The destination had the instance already."),
        QT_TRANSLATE_NOOP("ErrorText", "Nothing needs to be done.")},
    Row{0x0116, 0x0116, Stored::Yes,
        QT_TRANSLATE_NOOP("ErrorText", "The destination stored the instance, with a value out of range in it."),
        QT_TRANSLATE_NOOP("ErrorText", "Nothing needs to be done.")},
    Row{0x0117, 0x0117, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination takes the instance's UID for invalid."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the vendor of the device that made the image.")},
    Row{0x0118, 0x0118, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination does not know this kind of object (SOP class)."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the PACS administrator to allow it, or send it to another destination.")},
    Row{0x0122, 0x0122, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination does not store this kind of object (SOP class)."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the PACS administrator to allow it, or send it to another destination.")},
    Row{0x0124, 0x0124, Stored::No, QT_TRANSLATE_NOOP("ErrorText", "The destination does not allow us to store."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Ask the PACS administrator to give our AE title, or our user, the right to store.")},
    Row{0x0210, 0x0210, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination took the request for one that it has already."),
        QT_TRANSLATE_NOOP("ErrorText", "Retry what failed.")},
    Row{0x0211, 0x0211, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination does not know how to store at all."),
        QT_TRANSLATE_NOOP("ErrorText", "Check that address and port belong to a system that stores images.")},
    Row{0x0212, 0x0212, Stored::No, QT_TRANSLATE_NOOP("ErrorText", "The destination did not understand the request."),
        QT_TRANSLATE_NOOP("ErrorText", "Give the status and the comment below to the PACS administrator.")},
    Row{0x0213, 0x0213, Stored::No, QT_TRANSLATE_NOOP("ErrorText", "The destination is out of resources."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the PACS administrator to look at its storage, then retry what failed.")},
    Row{0xA700, 0xA7FF, Stored::No, QT_TRANSLATE_NOOP("ErrorText", "The destination is out of room or resources."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the PACS administrator to look at its storage, then retry what failed.")},
    Row{0xA801, 0xA801, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination does not know where to move the instance."),
        QT_TRANSLATE_NOOP("ErrorText", "Give the status and the comment below to the PACS administrator.")},
    Row{0xA900, 0xA9FF, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination says that the content does not fit the kind of object."),
        QT_TRANSLATE_NOOP("ErrorText",
            "The file is likely at fault: give it and the comment below to the vendor of the device that made it.")},
    Row{0xB000, 0xB000, Stored::Yes,
        QT_TRANSLATE_NOOP("ErrorText", "The destination stored the instance and changed some attributes."),
        QT_TRANSLATE_NOOP("ErrorText", "Check patient and accession number at the destination.")},
    Row{0xB006, 0xB006, Stored::Yes,
        QT_TRANSLATE_NOOP("ErrorText", "The destination stored the instance and dropped some attributes."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "If private attributes matter to you, ask the PACS administrator to keep them.")},
    Row{0xB007, 0xB007, Stored::Yes,
        QT_TRANSLATE_NOOP(
            "ErrorText", "The destination stored the instance, though its content does not fit the kind of object."),
        QT_TRANSLATE_NOOP("ErrorText", "Look at the image at the destination.")},
    Row{0xB001, 0xBFFF, Stored::Yes,
        QT_TRANSLATE_NOOP("ErrorText", "The destination stored the instance, with a warning of its own."),
        QT_TRANSLATE_NOOP("ErrorText", "Give the status and the comment below to the PACS administrator.")},
    Row{0xC000, 0xCFFF, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination could not understand the instance."),
        QT_TRANSLATE_NOOP("ErrorText",
            "Give the status and the comment below to the PACS administrator; the file or the PACS is at fault.")},
    Row{0xFE00, 0xFE00, Stored::No, QT_TRANSLATE_NOOP("ErrorText", "The destination cancelled the storage."),
        QT_TRANSLATE_NOOP("ErrorText", "Retry what failed.")},
    Row{0xFF00, 0xFF01, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination did not say whether it stored the instance."),
        QT_TRANSLATE_NOOP("ErrorText", "Retry what failed.")},
    Row{0x0000, 0xFFFF, Stored::No,
        QT_TRANSLATE_NOOP("ErrorText", "The destination received the instance and did not store it."),
        QT_TRANSLATE_NOOP("ErrorText", "Give the status and the comment below to the PACS administrator.")},
};

} // namespace

ErrorText statusText(quint16 status)
{
    const auto row = std::find_if(
        kRows.begin(), kRows.end(), [status](const Row& r) { return status >= r.first && status <= r.last; });
    const QString notDone =
        row->stored == Stored::Yes ? QString() : ErrorText::tr("The destination does not have this instance.");
    return {ErrorText::tr(row->happened), notDone, ErrorText::tr(row->next)};
}

} // namespace radpost::app
