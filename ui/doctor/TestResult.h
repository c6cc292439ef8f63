#pragma once

#include "core/base/Error.h"
#include "core/config/Destination.h"

#include <QByteArray>
#include <QDateTime>
#include <QMap>
#include <QString>

#include <chrono>
#include <optional>

namespace radpost::ui {

class DoctorRun;

/// What is known of a destination from its last test and from what was delivered since. A plain value.
struct TestResult
{
    enum class Outcome { None, Passed, Warned, Failed };

    QByteArray contract; ///< contractOf() what was tested
    Outcome outcome = Outcome::None;
    QDateTime testedAt{};
    std::chrono::microseconds roundTrip{0};
    std::optional<Error> error{}; ///< of Failed
    QDateTime deliveredAt{};      ///< instances were stored there; invalid: not since it is watched

    /// Instances arrived after the test failed, or without one.
    [[nodiscard]] bool isRefuted() const
    {
        return deliveredAt.isValid() && (outcome == Outcome::None || outcome == Outcome::Failed) &&
            (!testedAt.isValid() || deliveredAt > testedAt);
    }
    friend bool operator==(const TestResult&, const TestResult&) = default;
};

/// Of a run that came to its end; nothing while it runs, or when it was cancelled.
[[nodiscard]] std::optional<TestResult> resultOf(const DoctorRun& run);

/// All that a test depends on: address, AE titles, TLS, user identity. Other settings may change under a result.
[[nodiscard]] QByteArray contractOf(const config::Destination& destination, const AeTitle& ownAeTitle);

/// By destination, as JSON, without what may name a patient or a secret.
[[nodiscard]] QByteArray testResultsText(const QMap<QString, TestResult>& results);
/// Nothing when @p text is not what testResultsText() wrote.
[[nodiscard]] QMap<QString, TestResult> testResultsFrom(const QByteArray& text);

} // namespace radpost::ui
