#pragma once

#include "core/base/Result.h"
#include "core/queue/Receipt.h"

#include <QByteArray>
#include <QString>

#include <optional>

class QPrinter;

namespace radpost::ui {

enum class ReceiptFormat { Csv, Json, Html, Pdf };

/// By the name of the file: "receipt.csv"; none for other endings.
[[nodiscard]] std::optional<ReceiptFormat> receiptFormat(const QString& path);

/// What a file of it is called, without an ending: "radpost-4-MAIN-PACS-2026-11-27". No patient is in it.
[[nodiscard]] QString receiptFileName(const queue::Receipt& receipt);

/// Writes it in one step. Blocks on the disk; any thread. Errors: FileWriteFailed.
[[nodiscard]] Result<> writeReceipt(const queue::Receipt& receipt, const QString& path, ReceiptFormat format);

/// In the language that is set. Blocks; any thread. @return false: the printer took nothing.
[[nodiscard]] bool printReceipt(const queue::Receipt& receipt, QPrinter& printer);

} // namespace radpost::ui
