#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JobRun.h"
#include "app/cli/ReceiptText.h"
#include "app/cli/Session.h"
#include "app/common/ReceiptWords.h"

#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

constexpr int kTextColumns = 100;

QByteArray reportBytes(const queue::Receipt& receipt, const QString& format)
{
    if (format == u"csv") {
        return queue::receiptCsv(receipt);
    }
    if (format == u"json") {
        return queue::receiptJson(receipt);
    }
    if (format == u"html") {
        return queue::receiptHtml(receipt, app::ReceiptWords());
    }
    return (receiptLines(receipt, kTextColumns, ReceiptDetail::Full).join(u'\n') + u'\n').toUtf8();
}

Result<> save(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return fail(ErrorCode::FileWriteFailed, path + u": "_s + file.errorString());
    }
    return {};
}

} // namespace

CommandSpec reportSpec()
{
    return {u"report"_s, u"JOB"_s, Cli::tr("Write the receipt of a job"),
        Cli::tr("What was stored, by study and series, and every failure with its reason. The HTML page is made for "
                "printing. With --json and without --output it is one event."),
        1, 1,
        {{u"format"_s, u"text|csv|json|html"_s, Cli::tr("Kind of the report; the default is text."), {}},
            {u"output"_s, u"FILE"_s, Cli::tr("File to write instead of standard output."), {}}},
        {u"radpost report 7"_s, u"radpost report 7 --format html --output receipt.html"_s}};
}

ExitCode runReport(Session& session, const Arguments& arguments)
{
    const auto format = arguments.has(u"format"_s) ? arguments.value(u"format"_s) : u"text"_s;
    if (!QStringList{u"text"_s, u"csv"_s, u"json"_s, u"html"_s}.contains(format)) {
        return session.misused(Cli::tr("There is no format %1.").arg(format), u"report"_s);
    }
    const auto output = arguments.value(u"output"_s);
    const bool isEvent = session.console().options().json && output.isEmpty();
    if (isEvent && arguments.has(u"format"_s) && format != u"json") {
        return session.misused(Cli::tr("With --json, --format %1 needs --output.").arg(format), u"report"_s);
    }
    auto receipt = readReceipt(session, arguments.positional().first());
    if (!receipt) {
        return session.failed(receipt.error());
    }
    if (session.config() && session.config()->settings.maskReceipts) {
        receipt = queue::withoutPatients(*std::move(receipt));
    }
    if (isEvent) {
        tellReceipt(session.console(), *receipt);
        return ExitCode::Ok;
    }
    const auto bytes = reportBytes(*receipt, format);
    if (output.isEmpty()) {
        session.console().raw(bytes);
        return ExitCode::Ok;
    }
    if (const auto saved = save(output, bytes); !saved) {
        return session.failed(saved.error());
    }
    session.console().event(u"report-written"_s, {{u"path"_s, output}});
    session.console().note(Cli::tr("Written: %1").arg(output));
    return ExitCode::Ok;
}

} // namespace radpost::cli
