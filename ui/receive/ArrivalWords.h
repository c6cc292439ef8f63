#pragma once

#include "ui/common/StatusDot.h"

#include "core/store/SpoolOverviewTypes.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::ui {

/// What was received, and how it stands, in the words of the user's language.
struct ArrivalWords
{
    Q_DECLARE_TR_FUNCTIONS(ArrivalWords)

public:
    /// In a few words: "delivered to 1 of 2 · on the way".
    [[nodiscard]] static QString state(const store::SpoolEntry& entry);
    [[nodiscard]] static Status status(const store::SpoolEntry& entry);
    /// A line for each destination: "MAIN-PACS: 12 of 52 delivered, 40 on the way".
    [[nodiscard]] static QString targets(const store::SpoolEntry& entry);
    /// Why a person is needed.
    [[nodiscard]] static QString hold(const store::SpoolHold& hold);
    /// Each reason once, with its count.
    [[nodiscard]] static QString holds(const QList<store::SpoolHold>& holds);
    /// "王小东  HO-2231".
    [[nodiscard]] static QString patient(const store::SpoolEntry& entry);
    [[nodiscard]] static QString study(const store::SpoolEntry& entry);
};

} // namespace radpost::ui
