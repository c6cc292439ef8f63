#pragma once

#include "core/queue/ReceiptWriter.h"

#include <QCoreApplication>

namespace radpost::app {

/// The words of a printed receipt in the language that is set.
class ReceiptWords final : public queue::ReceiptTexts
{
    Q_DECLARE_TR_FUNCTIONS(ReceiptWords)

public:
    [[nodiscard]] QString text(queue::ReceiptText what) const override;
    [[nodiscard]] QString errorText(ErrorCode code) const override;
    [[nodiscard]] QString proofErrorText(ErrorCode code, const std::optional<quint16>& reason) const override;
    [[nodiscard]] QString dateTime(store::WallTime time) const override;
    [[nodiscard]] QString personName(const QString& name) const override;
    [[nodiscard]] QString date(const QString& date) const override;
    [[nodiscard]] QString bytes(qint64 count) const override;
    [[nodiscard]] QString languageTag() const override;
};

} // namespace radpost::app
