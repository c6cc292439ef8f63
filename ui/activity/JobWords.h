#pragma once

#include "ui/activity/JobFacts.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::ui {

/// A job in the words of the user's language.
struct JobWords
{
    Q_DECLARE_TR_FUNCTIONS(JobWords)

public:
    /// The patient, "3 patients", or the title that was given.
    [[nodiscard]] static QString title(const JobFacts& facts);
    /// Modality, description and date of its first study.
    [[nodiscard]] static QString subtitle(const JobFacts& facts);
    /// "sending", "waits until 20:00, when the destination takes images", …
    [[nodiscard]] static QString state(const JobFacts& facts);
    /// "809 sent · 3 failed · 390 left · 1,202 in all"; the numbers add up to the last.
    [[nodiscard]] static QString sums(const JobSums& sums);
    /// Bytes done of all.
    [[nodiscard]] static QString bytes(const JobFacts& facts);
    /// Rate, time left and associations of a job that runs.
    [[nodiscard]] static QString pace(const JobFacts& facts);
    [[nodiscard]] static QString action(JobAction action, const JobSums& sums);
    [[nodiscard]] static QString deliveryState(store::DeliveryState state);
    /// "C-STORE status 0xA900, StatusFailed 230"; for support, not translated.
    [[nodiscard]] static QString code(const store::FailureCause& cause);
    [[nodiscard]] static QString day(const QDate& day, const QDate& today);
};

} // namespace radpost::ui
