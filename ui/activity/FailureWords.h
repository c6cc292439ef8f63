#pragma once

#include "core/store/HistoryTypes.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::ui {

/// The failures of a job that have one cause, in the words of the user's language.
struct FailureWords
{
    Q_DECLARE_TR_FUNCTIONS(FailureWords)

public:
    /// No more kinds of objects are named one by one.
    static constexpr qsizetype kMostKinds = 8;

    /// How many, and why.
    [[nodiscard]] static QString heading(const store::FailureGroup& group);
    /// Which kinds of objects the destination did not take, where that is why, in a line of its own; and what to do.
    [[nodiscard]] static QString text(const store::FailureGroup& group);
    /// For support, not translated: the code, what the peer said, the UIDs of several kinds, detail and file of the
    /// first.
    [[nodiscard]] static QString support(const store::FailureGroup& group);
};

} // namespace radpost::ui
