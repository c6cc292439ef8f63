#pragma once

#include "core/engine/StudyTree.h"

#include "ui/common/StatusDot.h"
#include "ui/send/CheckRun.h"
#include "ui/send/SendNode.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::ui {

struct SendTexts
{
    Q_DECLARE_TR_FUNCTIONS(SendTexts)
};

/// The row's first column: the patient's name; date and description; modality, number and description.
[[nodiscard]] QString nameText(const SendNode& node);
[[nodiscard]] QString idText(const SendNode& node);
[[nodiscard]] QString personText(const SendNode& node);
[[nodiscard]] QString seriesTitle(const engine::SeriesNode& series);

[[nodiscard]] QString warningName(engine::TreeWarning warning);     ///< a few words
[[nodiscard]] QString warningSentence(engine::TreeWarning warning); ///< what it means
[[nodiscard]] QString warningNames(const engine::TreeWarnings& warnings);

[[nodiscard]] Status statusOf(engine::PreflightVerdict verdict);
/// Of the worst of @p verdicts; a warning at least while not all of the chosen destinations have answered.
[[nodiscard]] Status checkStatus(const std::vector<SeriesVerdict>& verdicts, qsizetype destinations);
/// The worst of @p verdicts in a word, and from how many of the chosen destinations there are any; which part of them
/// it cannot be sent to.
[[nodiscard]] QString checkText(const std::vector<SeriesVerdict>& verdicts, qsizetype destinations);
[[nodiscard]] QString verdictWord(engine::PreflightVerdict verdict); ///< "as is", "decompressed", "cannot be sent"
/// "MAIN-PACS: as is", "AI-NODE: cannot be sent – …", with the count when it is not the whole series.
[[nodiscard]] QString verdictSentence(const SeriesVerdict& verdict, qint64 ofInstances);

/// "MAIN-PACS", "MAIN-PACS and AI-NODE", "3 destinations".
[[nodiscard]] QString destinationsText(const QStringList& names);

} // namespace radpost::ui
