#include "ui/activity/ReceiptFile.h"

#include "app/common/Format.h"
#include "app/common/ReceiptWords.h"
#include "core/queue/ReceiptWriter.h"

#include <QFile>
#include <QFileInfo>
#include <QPrinter>
#include <QSaveFile>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

Result<> save(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    return isWritten ? Result<>() : fail(ErrorCode::FileWriteFailed, file.errorString());
}

// The print system writes as it goes: under another name, so that the file is there as a whole or not at all.
Result<> savePdf(const queue::Receipt& receipt, const QString& path)
{
    const QString part = path + u".part"_s;
    QPrinter printer(QPrinter::HighResolution);
    printer.setOutputFormat(QPrinter::PdfFormat);
    printer.setOutputFileName(part);
    bool isWritten = printReceipt(receipt, printer) && QFileInfo(part).size() > 0;
    if (isWritten) {
        QFile::remove(path);
        isWritten = QFile::rename(part, path);
    }
    if (!isWritten) {
        QFile::remove(part);
    }
    return isWritten ? Result<>() : fail(ErrorCode::FileWriteFailed, u"no PDF was written"_s);
}

} // namespace

QString receiptFileName(const queue::Receipt& receipt)
{
    QString destination = receipt.job.destinationName;
    for (auto& letter : destination) {
        letter = letter.isLetterOrNumber() || letter == u'-' || letter == u'_' ? letter : QChar(u'-');
    }
    const QString day = app::dateTimeText(receipt.job.createdAt).left(10);
    return u"radpost-%1-%2-%3"_s.arg(QString::number(receipt.job.id.value), destination, day);
}

std::optional<ReceiptFormat> receiptFormat(const QString& path)
{
    const auto ending = QFileInfo(path).suffix().toLower();
    if (ending == u"csv") {
        return ReceiptFormat::Csv;
    }
    if (ending == u"json") {
        return ReceiptFormat::Json;
    }
    if (ending == u"html" || ending == u"htm") {
        return ReceiptFormat::Html;
    }
    return ending == u"pdf" ? std::optional(ReceiptFormat::Pdf) : std::nullopt;
}

Result<> writeReceipt(const queue::Receipt& receipt, const QString& path, ReceiptFormat format)
{
    switch (format) {
    case ReceiptFormat::Csv:
        return save(path, queue::receiptCsv(receipt));
    case ReceiptFormat::Json:
        return save(path, queue::receiptJson(receipt));
    case ReceiptFormat::Html:
        return save(path, queue::receiptHtml(receipt, app::ReceiptWords()));
    case ReceiptFormat::Pdf:
        return savePdf(receipt, path);
    }
    return fail(ErrorCode::Unsupported, path);
}

bool printReceipt(const queue::Receipt& receipt, QPrinter& printer)
{
    QTextDocument document;
    document.setHtml(QString::fromUtf8(queue::receiptHtml(receipt, app::ReceiptWords())));
    document.print(&printer);
    return printer.printerState() != QPrinter::Error && printer.printerState() != QPrinter::Aborted;
}

} // namespace radpost::ui
