#pragma once

#include <QCoreApplication>
#include <QString>

namespace radpost::app {

/// The numbers with which a peer ends an association, in the user's language; a number that the Standard does not list
/// is told as such. Any thread once the language is set.
struct AssociationWords
{
    Q_DECLARE_TR_FUNCTIONS(AssociationWords)

public:
    QString result; ///< of a rejection: for good or for now
    QString source; ///< which part of the peer
    QString reason; ///< what happened, a sentence
    QString next;   ///< what to do, a sentence
};

/// Of an A-ASSOCIATE-RJ. Source: PS3.8 Table 9-21.
[[nodiscard]] AssociationWords rejectionWords(quint8 result, quint8 source, quint8 reason);

/// Of an A-ABORT; result is empty. Source: PS3.8 Table 9-26.
[[nodiscard]] AssociationWords abortWords(quint8 source, quint8 reason);

} // namespace radpost::app
