#pragma once

#include "core/queue/Receipt.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace radpost::cli {

/// Problems of a receipt that have one cause, so that a thousand refused images are one thing to read.
struct ProblemGroup
{
    Error error;
    QString comment;          ///< the peer's Error Comment
    QString offendingElement; ///< likewise
    qint64 count = 0;
    QStringList examples; ///< source paths

    static constexpr qsizetype kFewExamples = 3;
};

/// The largest group first; at most @p mostExamples each.
[[nodiscard]] std::vector<ProblemGroup> groupProblems(
    const QList<queue::ReceiptProblem>& problems, qsizetype mostExamples = ProblemGroup::kFewExamples);

/// What the peer said beside the status: "element (0010,0020): no such patient"; empty when it said nothing.
[[nodiscard]] QString peersWords(const ProblemGroup& group);

} // namespace radpost::cli
