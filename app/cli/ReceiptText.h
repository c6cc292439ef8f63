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
    QString comment; ///< the peer's Error Comment
    qint64 count = 0;
    QStringList examples; ///< source paths, at most kMaxExamples

    static constexpr int kMaxExamples = 3;
};

/// The largest group first.
[[nodiscard]] std::vector<ProblemGroup> groupProblems(const QList<queue::ReceiptProblem>& problems);

/// The receipt of one job for a terminal: studies, counts that add up, problems by cause with what to do.
[[nodiscard]] QStringList receiptLines(const queue::Receipt& receipt, int width);

} // namespace radpost::cli
