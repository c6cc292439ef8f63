#include "core/queue/ReceiptWriter.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace radpost::queue {

namespace {

using store::DeliveryState;
using store::JobState;
using Text = ReceiptText;

// For paper: no colour carries meaning alone, rows are not torn apart, and the head is repeated on each page.
constexpr auto kStyle = "body{font:10pt/1.4 sans-serif;margin:2em;color:#111}h1{font-size:16pt}h2{font-size:12pt;"
                        "margin-top:18px;margin-bottom:6px}table{border-collapse:collapse;width:100%;margin-bottom:"
                        "14px}th,td{border:1px solid #999;"
                        "padding:.25em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}td.n{text-align:"
                        "right}thead{display:table-header-group}tr{break-inside:avoid}.verdict{font-weight:bold;"
                        "border:2px solid #111;padding:.5em;display:inline-block}@page{margin:15mm}";

class Page final
{
public:
    explicit Page(const ReceiptTexts& texts)
        : m_texts(texts)
    {
    }

    [[nodiscard]] QString word(Text what) const { return m_texts.text(what).toHtmlEscaped(); }
    [[nodiscard]] const ReceiptTexts& texts() const { return m_texts; }

    void raw(const QString& html) { m_html += html; }
    void heading(Text what, qsizetype count)
    {
        raw(u"<h2>"_s + word(what) + u" ("_s + QString::number(count) + u")</h2>\n"_s);
    }
    void heading(Text what) { raw(u"<h2>"_s + word(what) + u"</h2>\n"_s); }
    void beginTable(const QList<Text>& columns)
    {
        raw(u"<table><thead><tr>"_s);
        for (const auto column : columns) {
            raw(u"<th>"_s + word(column) + u"</th>"_s);
        }
        raw(u"</tr></thead><tbody>\n"_s);
    }
    /// The cells are escaped here, and only here.
    void row(const QStringList& cells)
    {
        raw(u"<tr>"_s);
        for (const auto& cell : cells) {
            bool isNumber = false;
            std::ignore = cell.toLongLong(&isNumber);
            raw((isNumber ? u"<td class=\"n\">"_s : u"<td>"_s) + cell.toHtmlEscaped() + u"</td>"_s);
        }
        raw(u"</tr>\n"_s);
    }
    void endTable() { raw(u"</tbody></table>\n"_s); }

    [[nodiscard]] QByteArray bytes() const { return m_html.toUtf8(); }

private:
    const ReceiptTexts& m_texts;
    QString m_html;
};

Text jobStateText(JobState state)
{
    switch (state) {
    case JobState::Active:
        return Text::JobActive;
    case JobState::Paused:
        return Text::JobPaused;
    case JobState::Stopped:
        return Text::JobStopped;
    case JobState::Finished:
        return Text::JobFinished;
    case JobState::Cancelled:
        return Text::JobCancelled;
    }
    return Text::JobActive;
}

Text deliveryStateText(DeliveryState state)
{
    switch (state) {
    case DeliveryState::Pending:
        return Text::Pending;
    case DeliveryState::Waiting:
        return Text::Waiting;
    case DeliveryState::Stored:
        return Text::Stored;
    case DeliveryState::StoredWithWarning:
        return Text::StoredWithWarning;
    case DeliveryState::Rejected:
        return Text::Rejected;
    case DeliveryState::Cancelled:
        return Text::Cancelled;
    }
    return Text::Pending;
}

QString verdict(const Page& page, const Receipt& receipt)
{
    if (receipt.isComplete()) {
        return page.word(Text::Complete);
    }
    if (receipt.isAllStored() && !receipt.isProved()) {
        return page.word(Text::StoredNotProved);
    }
    const bool isUnread = receipt.isAllStored() && receipt.counts.total() > 0;
    return isUnread ? page.word(Text::CompleteButUnread).arg(receipt.unreadCount()) : page.word(Text::Incomplete);
}

void writeHead(Page& page, const Receipt& receipt)
{
    const QString title = page.word(Text::Title);
    page.raw(u"<!DOCTYPE html>\n<html lang=\""_s + page.texts().languageTag().toHtmlEscaped() +
        u"\"><head><meta charset=\"utf-8\"><title>"_s + title + u' ' + QString::number(receipt.job.id.value) +
        u"</title><style>"_s + QString::fromLatin1(kStyle) + u"</style></head><body>\n<h1>"_s + title + u"</h1>\n"_s);
    page.raw(u"<p class=\"verdict\">"_s + verdict(page, receipt) + u"</p>\n"_s);
}

void writeParties(Page& page, const Receipt& receipt)
{
    if (!receipt.parties) {
        return;
    }
    const auto& parties = *receipt.parties;
    const auto& texts = page.texts();
    const QString host = parties.host.contains(u':') ? QString(u'[' + parties.host + u']') : parties.host;
    const QString address = host + u':' + QString::number(parties.port);
    page.row({texts.text(Text::Address), parties.isSecured ? QString(address + u", TLS"_s) : address});
    page.row({texts.text(Text::CalledAeTitle), parties.calledAeTitle});
    page.row({texts.text(Text::CallingAeTitle), parties.callingAeTitle});
}

void writeJob(Page& page, const Receipt& receipt)
{
    const auto& job = receipt.job;
    const auto& texts = page.texts();
    page.raw(u"<table><tbody>\n"_s);
    page.row({texts.text(Text::Job), u"%1 · %2"_s.arg(QString::number(job.id.value), job.title)});
    page.row({texts.text(Text::Destination), job.destinationName});
    writeParties(page, receipt);
    page.row({texts.text(Text::Created), texts.dateTime(job.createdAt)});
    if (job.finishedAt) {
        page.row({texts.text(Text::Finished), texts.dateTime(*job.finishedAt)});
    }
    page.row({texts.text(Text::State), texts.text(jobStateText(job.state))});
    if (job.stopReason) {
        page.row({texts.text(Text::Reason), texts.errorText(job.stopReason->code)});
    }
    page.endTable();
    if (job.growth == store::JobGrowth::Interrupted) {
        page.raw(u"<p>"_s + page.word(Text::ScanInterrupted) + u"</p>\n"_s);
    }
}

void writeCounts(Page& page, const Receipt& receipt)
{
    page.heading(Text::Instances, receipt.counts.total());
    page.beginTable({Text::State, Text::Instances, Text::Bytes});
    for (int index = 0; index < store::kDeliveryStateCount; ++index) {
        const auto state = static_cast<DeliveryState>(index);
        if (receipt.counts.of(state) > 0) {
            page.row({page.texts().text(deliveryStateText(state)), QString::number(receipt.counts.of(state)),
                page.texts().bytes(receipt.counts.bytesOf(state))});
        }
    }
    page.row({page.texts().text(Text::Skipped), QString::number(receipt.skipped.size()), QString()});
    page.row({page.texts().text(Text::Duplicates), QString::number(receipt.duplicates.size()), QString()});
    page.endTable();
}

Text wantedText(store::ProofWanted wanted)
{
    switch (wanted) {
    case store::ProofWanted::Commitment:
        return Text::ProofCommitment;
    case store::ProofWanted::Query:
        return Text::ProofQuery;
    case store::ProofWanted::Response:
        break;
    }
    return Text::ProofResponse;
}

void writeProof(Page& page, const Receipt& receipt)
{
    const auto& texts = page.texts();
    page.heading(Text::Proof);
    page.raw(u"<table><tbody>\n"_s);
    page.row({texts.text(Text::ProofWanted), texts.text(wantedText(receipt.job.proofWanted))});
    page.row({texts.text(Text::Proved), QString::number(receipt.provedCount())});
    if (receipt.job.proofWanted != store::ProofWanted::Response) {
        page.row({texts.text(Text::ProofAsked), QString::number(receipt.proof.of(store::Proof::Asked))});
        page.row({texts.text(Text::ProofMissing), QString::number(receipt.proof.of(store::Proof::Missing))});
        page.row({texts.text(Text::ProofNotAsked), QString::number(receipt.proof.of(store::Proof::None))});
    }
    if (receipt.uncommittedCount() > 0) {
        page.row({texts.text(Text::ThereButNotCommitted), QString::number(receipt.uncommittedCount())});
    }
    page.row({texts.text(Text::NotProved), QString::number(receipt.counts.total() - receipt.provedCount())});
    page.endTable();
}

void writeMissing(Page& page, const Receipt& receipt)
{
    if (receipt.missing.isEmpty()) {
        return;
    }
    page.heading(Text::ProofMissing, receipt.missing.size());
    page.beginTable({Text::File, Text::Reason, Text::Status});
    for (const auto& problem : receipt.missing) {
        const auto& delivery = problem.delivery;
        const auto code = delivery.proofError.value_or(ErrorCode::ProofMissing);
        page.row({delivery.sourcePath, page.texts().proofErrorText(code, delivery.proofReason),
            statusText(delivery.proofReason)});
    }
    page.endTable();
}

// Stored and Rejected always, the other states when the job has any, so that each row adds up and fits on paper.
QList<DeliveryState> shownStates(const store::StateCounts& counts)
{
    QList<DeliveryState> states;
    for (const auto state : {DeliveryState::Stored, DeliveryState::StoredWithWarning, DeliveryState::Rejected,
             DeliveryState::Waiting, DeliveryState::Pending, DeliveryState::Cancelled}) {
        if (state == DeliveryState::Stored || state == DeliveryState::Rejected || counts.of(state) > 0) {
            states.append(state);
        }
    }
    return states;
}

QStringList seriesCells(const ReceiptTexts& texts, const ReceiptStudy& study, const ReceiptSeries& series,
    const QList<DeliveryState>& states)
{
    const auto& text = series.text;
    QStringList cells{texts.personName(study.text.patientName), study.text.patientId, texts.date(study.text.studyDate),
        study.text.studyDescription, text.modality,
        QString(QString::number(text.seriesNumber) + u' ' + text.seriesDescription).trimmed(),
        QString::number(series.counts.total())};
    for (const auto state : states) {
        cells.append(QString::number(series.counts.of(state)));
    }
    return cells;
}

void writeStudies(Page& page, const Receipt& receipt)
{
    const auto states = shownStates(receipt.counts);
    QList<Text> columns{
        Text::Patient, Text::PatientId, Text::Date, Text::Study, Text::Modality, Text::Series, Text::Instances};
    for (const auto state : states) {
        columns.append(deliveryStateText(state));
    }
    page.heading(Text::Study, receipt.studies.size());
    page.beginTable(columns);
    for (const auto& study : receipt.studies) {
        for (const auto& series : study.series) {
            page.row(seriesCells(page.texts(), study, series, states));
        }
    }
    page.endTable();
}

void writeProblems(Page& page, Text heading, const QList<ReceiptProblem>& problems)
{
    if (problems.isEmpty()) {
        return;
    }
    const auto& texts = page.texts();
    page.heading(heading, problems.size());
    page.beginTable(
        {Text::File, Text::State, Text::Reason, Text::Status, Text::Comment, Text::OffendingElement, Text::Attempts});
    for (const auto& problem : problems) {
        const auto& delivery = problem.delivery;
        const auto last = delivery.lastAttempt.value_or(store::AttemptRecord{});
        page.row({delivery.sourcePath, texts.text(deliveryStateText(delivery.state)),
            last.errorCode ? texts.errorText(*last.errorCode) : QString(), statusText(last.dimseStatus),
            last.errorComment, last.offendingElement, QString::number(delivery.tries)});
    }
    page.endTable();
}

void writeFiles(Page& page, const Receipt& receipt)
{
    const auto& texts = page.texts();
    if (!receipt.skipped.isEmpty()) {
        page.heading(Text::Skipped, receipt.skipped.size());
        page.beginTable({Text::File, Text::Reason});
        for (const auto& file : receipt.skipped) {
            page.row({file.sourcePath, texts.errorText(file.reason)});
        }
        page.endTable();
    }
    if (!receipt.duplicates.isEmpty()) {
        page.heading(Text::Duplicates, receipt.duplicates.size());
        page.beginTable({Text::LeftOutFile, Text::Reason, Text::FileInItsPlace});
        for (const auto& file : receipt.duplicates) {
            const bool differs = file.kind == store::DuplicateKind::Differs;
            page.row({file.sourcePath, texts.text(differs ? Text::DuplicateDiffers : Text::DuplicateIdentical),
                file.firstSourcePath});
        }
        page.endTable();
    }
}

void writeAssociations(Page& page, const Receipt& receipt)
{
    if (receipt.associations.isEmpty()) {
        return;
    }
    const auto& texts = page.texts();
    page.heading(Text::Associations, receipt.associations.size());
    page.beginTable({Text::Destination, Text::Opened, Text::Closed, Text::Reason});
    for (const auto& row : receipt.associations) {
        page.row({QString(row.peerAddress + u' ' + row.peerImplementation).trimmed(), texts.dateTime(row.openedAt),
            row.closedAt ? texts.dateTime(*row.closedAt) : QString(),
            row.errorCode ? texts.errorText(*row.errorCode) : QString()});
    }
    page.endTable();
}

} // namespace

QByteArray receiptHtml(const Receipt& receipt, const ReceiptTexts& texts)
{
    Page page(texts);
    writeHead(page, receipt);
    writeJob(page, receipt);
    writeCounts(page, receipt);
    writeProof(page, receipt);
    writeStudies(page, receipt);
    writeProblems(page, Text::Failures, receipt.rejected);
    writeMissing(page, receipt);
    writeProblems(page, Text::Warnings, receipt.warnings);
    writeProblems(page, Text::NotSent, receipt.unfinished);
    writeFiles(page, receipt);
    writeAssociations(page, receipt);
    page.raw(u"</body></html>\n"_s);
    return page.bytes();
}

} // namespace radpost::queue
