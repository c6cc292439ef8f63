#include "app/cli/ProblemGroup.h"

#include "app/cli/Cli.h"
#include "app/cli/TextWidth.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

Error errorOf(const queue::ReceiptProblem& problem)
{
    const auto& attempt = problem.delivery.lastAttempt;
    auto error = makeError(attempt && attempt->errorCode ? *attempt->errorCode : ErrorCode::StatusFailed);
    if (attempt) {
        error.dimseStatus = attempt->dimseStatus;
        error.detail = attempt->detail;
    }
    return error;
}

ProblemGroup groupOf(const queue::ReceiptProblem& problem)
{
    const auto last = problem.delivery.lastAttempt.value_or(store::AttemptRecord{});
    return {errorOf(problem), last.errorComment, last.offendingElement, 0, {}};
}

bool isSameCause(const ProblemGroup& a, const ProblemGroup& b)
{
    return a.error.code == b.error.code && a.error.dimseStatus == b.error.dimseStatus && a.comment == b.comment &&
        a.offendingElement == b.offendingElement;
}

} // namespace

std::vector<ProblemGroup> groupProblems(const QList<queue::ReceiptProblem>& problems, qsizetype mostExamples)
{
    std::vector<ProblemGroup> groups;
    for (const auto& problem : problems) {
        auto cause = groupOf(problem);
        auto group = std::find_if(
            groups.begin(), groups.end(), [&cause](const ProblemGroup& g) { return isSameCause(g, cause); });
        if (group == groups.end()) {
            group = groups.insert(groups.end(), std::move(cause));
        }
        ++group->count;
        if (group->examples.size() < mostExamples) {
            group->examples.append(problem.delivery.sourcePath);
        }
    }
    std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    return groups;
}

QString peersWords(const ProblemGroup& group)
{
    QStringList words;
    if (!group.offendingElement.isEmpty()) {
        words.append(Cli::tr("element %1").arg(printable(group.offendingElement)));
    }
    if (!group.comment.isEmpty()) {
        words.append(printable(group.comment));
    }
    return words.join(u": "_s);
}

} // namespace radpost::cli
