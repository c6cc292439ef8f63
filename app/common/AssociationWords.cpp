#include "app/common/AssociationWords.h"

#include <algorithm>
#include <array>

namespace radpost::app {

namespace {

struct Row
{
    quint8 source;
    quint8 reason;
    const char* happened;
    const char* next;
};

// PS3.8 Table 9-21.
constexpr std::array kRejections{
    Row{1, 1, QT_TRANSLATE_NOOP("AssociationWords", "The destination refused the association and gave no reason."),
        QT_TRANSLATE_NOOP("AssociationWords",
            "Ask the PACS administrator to look at its log; often our AE title or the address of this computer is not "
            "entered there.")},
    Row{1, 2,
        QT_TRANSLATE_NOOP("AssociationWords",
            "The destination does not know the application context of DICOM, so it may not be a DICOM service."),
        QT_TRANSLATE_NOOP("AssociationWords", "Check that address and port belong to the PACS.")},
    Row{1, 3, QT_TRANSLATE_NOOP("AssociationWords", "The destination does not know our AE title."),
        QT_TRANSLATE_NOOP(
            "AssociationWords", "Ask the PACS administrator to enter our AE title and the address of this computer.")},
    Row{1, 7,
        QT_TRANSLATE_NOOP("AssociationWords", "The destination does not know the AE title by which it was called."),
        QT_TRANSLATE_NOOP("AssociationWords",
            "Check the destination's AE title, capital letters included, or ask the PACS administrator for it.")},
    Row{2, 1,
        QT_TRANSLATE_NOOP(
            "AssociationWords", "The network part of the destination refused the association and gave no reason."),
        QT_TRANSLATE_NOOP("AssociationWords",
            "Ask the PACS administrator to look at its log; the address of this computer may not be allowed there.")},
    Row{2, 2, QT_TRANSLATE_NOOP("AssociationWords", "The destination does not take our version of the DICOM protocol."),
        QT_TRANSLATE_NOOP(
            "AssociationWords", "Check that the port belongs to a DICOM service, and ask the vendor of the PACS.")},
    Row{3, 1, QT_TRANSLATE_NOOP("AssociationWords", "The destination is overloaded for the moment."),
        QT_TRANSLATE_NOOP("AssociationWords",
            "Try again in some minutes. If it happens often, ask the PACS administrator to look at the load.")},
    Row{3, 2, QT_TRANSLATE_NOOP("AssociationWords", "The destination has as many associations as it allows."),
        QT_TRANSLATE_NOOP("AssociationWords",
            "Try again when others are done, use fewer associations, or ask the PACS administrator to allow more.")},
};

constexpr auto kNotSignificant = QT_TRANSLATE_NOOP("AssociationWords", "The destination broke off the association.");
constexpr auto kSeeItsLog = QT_TRANSLATE_NOOP(
    "AssociationWords", "Ask the PACS administrator to look at its log at this time; the reason stands only there.");
constexpr auto kTellVendor = QT_TRANSLATE_NOOP("AssociationWords",
    "Check that the port belongs to a DICOM service; if it does, give this text to the vendor of the PACS.");

// PS3.8 Table 9-26, source 2: only the service provider's reason says anything.
constexpr std::array kAborts{
    Row{2, 0,
        QT_TRANSLATE_NOOP(
            "AssociationWords", "The network part of the destination broke off the association and gave no reason."),
        kSeeItsLog},
    Row{2, 1,
        QT_TRANSLATE_NOOP("AssociationWords",
            "The destination broke off the association: it did not recognise a message (PDU) of ours."),
        kTellVendor},
    Row{2, 2,
        QT_TRANSLATE_NOOP("AssociationWords",
            "The destination broke off the association: it did not expect a message (PDU) of ours at that point."),
        kTellVendor},
    Row{2, 4,
        QT_TRANSLATE_NOOP("AssociationWords",
            "The destination broke off the association: it did not recognise a parameter in a message (PDU) of ours."),
        kTellVendor},
    Row{2, 5,
        QT_TRANSLATE_NOOP("AssociationWords",
            "The destination broke off the association: it did not expect a parameter in a message (PDU) of ours."),
        kTellVendor},
    Row{2, 6,
        QT_TRANSLATE_NOOP("AssociationWords",
            "The destination broke off the association: a parameter in a message (PDU) of ours has a value that it "
            "does not allow."),
        kTellVendor},
};

template <std::size_t kSize>
const Row* find(const std::array<Row, kSize>& rows, quint8 source, quint8 reason)
{
    const auto row =
        std::find_if(rows.begin(), rows.end(), [=](const Row& r) { return r.source == source && r.reason == reason; });
    return row == rows.end() ? nullptr : &*row;
}

QString resultText(quint8 result)
{
    switch (result) {
    case 1:
        return AssociationWords::tr("permanent");
    case 2:
        return AssociationWords::tr("transient");
    default:
        return AssociationWords::tr("not defined (%1)").arg(result);
    }
}

QString rejectSourceText(quint8 source)
{
    switch (source) {
    case 1:
        return AssociationWords::tr("the DICOM application (service user)");
    case 2:
        return AssociationWords::tr("the network part (service provider, ACSE)");
    case 3:
        return AssociationWords::tr("the network part (service provider, presentation)");
    default:
        return AssociationWords::tr("not defined (%1)").arg(source);
    }
}

QString abortSourceText(quint8 source)
{
    switch (source) {
    case 0:
        return AssociationWords::tr("the DICOM application (service user)");
    case 2:
        return AssociationWords::tr("the network part (service provider)");
    default:
        return AssociationWords::tr("not defined (%1)").arg(source);
    }
}

} // namespace

AssociationWords rejectionWords(quint8 result, quint8 source, quint8 reason)
{
    AssociationWords words{resultText(result), rejectSourceText(source), {}, {}};
    if (const auto* row = find(kRejections, source, reason)) {
        words.reason = AssociationWords::tr(row->happened);
        words.next = AssociationWords::tr(row->next);
    } else {
        words.reason = AssociationWords::tr(
            "The destination refused the association with a reason that DICOM does not define (source %1, reason %2).")
                           .arg(source)
                           .arg(reason);
        words.next = AssociationWords::tr("Ask the PACS administrator or the vendor what these numbers mean.");
    }
    return words;
}

AssociationWords abortWords(quint8 source, quint8 reason)
{
    AssociationWords words{{}, abortSourceText(source), {}, {}};
    if (const auto* row = find(kAborts, source, reason)) {
        words.reason = AssociationWords::tr(row->happened);
        words.next = AssociationWords::tr(row->next);
    } else if (source == 0) {
        words.reason = AssociationWords::tr(kNotSignificant);
        words.next = AssociationWords::tr(kSeeItsLog);
    } else {
        words.reason = AssociationWords::tr(
            "The destination broke off the association with a reason that DICOM does not define (source %1, reason "
            "%2).")
                           .arg(source)
                           .arg(reason);
        words.next = AssociationWords::tr("Ask the PACS administrator or the vendor what these numbers mean.");
    }
    return words;
}

} // namespace radpost::app
