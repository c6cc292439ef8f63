#include "core/queue/ReceiptWriter.h"

#include <QHash>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace radpost::queue {

namespace {

// docs/user/cli.md lists them: new ones come last, so that a program may also count columns.
const QStringList kColumns{u"kind"_s, u"state"_s, u"path"_s, u"sop_instance_uid"_s, u"sop_class_uid"_s,
    u"transfer_syntax_uid"_s, u"patient_name"_s, u"patient_id"_s, u"study_instance_uid"_s, u"series_instance_uid"_s,
    u"modality"_s, u"instances"_s, u"stored"_s, u"rejected"_s, u"error"_s, u"status"_s, u"comment"_s, u"detail"_s,
    u"attempts"_s, u"offending_element"_s, u"stored_with_warning"_s, u"pending"_s, u"waiting"_s, u"cancelled"_s,
    u"bytes"_s, u"study_date"_s, u"study_description"_s, u"accession_number"_s, u"series_number"_s,
    u"series_description"_s};

/// One row, by the names of its columns.
using Row = QHash<QString, QString>;

/// A peer's comment may hold what a terminal would obey.
QString withoutControls(QString text)
{
    for (auto& character : text) {
        const bool isLayout = character == u'\t' || character == u'\r' || character == u'\n';
        character =
            character.category() == QChar::Other_Control && !isLayout ? QChar(QChar::ReplacementCharacter) : character;
    }
    return text;
}

/// RFC 4180, and a spreadsheet never takes data from a file for a formula: "=", "+", "-", "@" and controls at the start
/// are made text (OWASP, CSV injection).
QString cell(const QString& raw)
{
    static const QString kDangerous = u"=+-@\t\r"_s;
    const auto text = withoutControls(raw);
    QString value = !text.isEmpty() && kDangerous.contains(text.front()) ? QString(u'\'' + text) : text;
    const bool needsQuotes = value.contains(u'"') || value.contains(u',') || value.contains(u'\n') ||
        value.contains(u'\r') || value.startsWith(u' ') || value.endsWith(u' ');
    return needsQuotes ? QString(u'"' + value.replace(u'"', u"\"\""_s) + u'"') : value;
}

void append(QString& csv, const Row& row)
{
    QStringList cells;
    for (const auto& column : kColumns) {
        cells.append(cell(row.value(column)));
    }
    csv += cells.join(u',') + u"\r\n"_s;
}

Row rowOf(const store::DeliveryRow& delivery)
{
    Row row{{u"kind"_s, u"instance"_s}, {u"state"_s, stateKey(delivery.state)}, {u"path"_s, delivery.sourcePath},
        {u"sop_instance_uid"_s, delivery.sopInstanceUid.toString()},
        {u"sop_class_uid"_s, delivery.sopClassUid.toString()},
        {u"transfer_syntax_uid"_s, delivery.transferSyntaxUid.toString()},
        {u"series_instance_uid"_s, delivery.seriesInstanceUid.toString()},
        {u"attempts"_s, QString::number(delivery.tries)}};
    if (const auto& last = delivery.lastAttempt) {
        row.insert(u"error"_s, last->errorCode ? errorName(*last->errorCode).toString() : QString());
        row.insert(u"status"_s, statusText(last->dimseStatus));
        row.insert(u"comment"_s, last->errorComment);
        row.insert(u"offending_element"_s, last->offendingElement);
        row.insert(u"detail"_s, last->detail);
    }
    return row;
}

// stored + stored_with_warning + rejected + pending + waiting + cancelled = instances.
void insertCounts(Row& row, const store::StateCounts& counts)
{
    for (int index = 0; index < store::kDeliveryStateCount; ++index) {
        const auto state = static_cast<store::DeliveryState>(index);
        row.insert(stateKey(state).replace(u'-', u'_'), QString::number(counts.of(state)));
    }
    row.insert(u"instances"_s, QString::number(counts.total()));
    row.insert(u"bytes"_s, QString::number(counts.totalBytes()));
}

Row rowOf(store::DeliveryState state, const store::StateCounts& counts)
{
    return {{u"kind"_s, u"count"_s}, {u"state"_s, stateKey(state)}, {u"instances"_s, QString::number(counts.of(state))},
        {u"bytes"_s, QString::number(counts.bytesOf(state))}};
}

/// Of the stored instances; with a response as proof enough, all of them are proved.
Row rowOf(store::Proof proof, const Receipt& receipt)
{
    const bool isResponse = receipt.job.proofWanted == store::ProofWanted::Response;
    const qint64 fixed = proof == store::Proof::Proved ? receipt.provedCount() : 0;
    return {{u"kind"_s, u"proof"_s}, {u"state"_s, proofKey(proof)},
        {u"instances"_s, QString::number(isResponse ? fixed : receipt.proof.of(proof))},
        {u"detail"_s, proofKey(receipt.job.proofWanted)}};
}

Row unprovedRow(const store::DeliveryRow& delivery)
{
    auto row = rowOf(delivery);
    row.insert(u"kind"_s, u"unproved"_s);
    row.insert(u"error"_s, delivery.proofError ? errorName(*delivery.proofError).toString() : QString());
    row.insert(u"status"_s, statusText(delivery.proofReason));
    row.insert(u"comment"_s, QString());
    row.insert(u"detail"_s, QString());
    return row;
}

Row rowOf(const ReceiptStudy& study)
{
    const auto& text = study.text;
    Row row{{u"kind"_s, u"study"_s}, {u"patient_name"_s, text.patientName}, {u"patient_id"_s, text.patientId},
        {u"study_instance_uid"_s, text.studyInstanceUid.toString()}, {u"study_date"_s, text.studyDate},
        {u"study_description"_s, text.studyDescription}, {u"accession_number"_s, text.accessionNumber}};
    insertCounts(row, study.counts);
    return row;
}

Row rowOf(const ReceiptSeries& series)
{
    const auto& text = series.text;
    Row row{{u"kind"_s, u"series"_s}, {u"patient_name"_s, text.patientName}, {u"patient_id"_s, text.patientId},
        {u"study_instance_uid"_s, text.studyInstanceUid.toString()},
        {u"series_instance_uid"_s, text.seriesInstanceUid.toString()}, {u"modality"_s, text.modality},
        {u"series_number"_s, QString::number(text.seriesNumber)}, {u"series_description"_s, text.seriesDescription}};
    insertCounts(row, series.counts);
    return row;
}

} // namespace

QByteArray receiptCsv(const Receipt& receipt)
{
    QString csv = kColumns.join(u',') + u"\r\n"_s;
    for (int state = 0; state < store::kDeliveryStateCount; ++state) {
        append(csv, rowOf(static_cast<store::DeliveryState>(state), receipt.counts));
    }
    for (const auto proof : {store::Proof::None, store::Proof::Asked, store::Proof::Proved, store::Proof::Missing}) {
        append(csv, rowOf(proof, receipt));
    }
    for (const auto& study : receipt.studies) {
        append(csv, rowOf(study));
        for (const auto& series : study.series) {
            append(csv, rowOf(series));
        }
    }
    for (const auto* problems : {&receipt.rejected, &receipt.warnings, &receipt.unfinished}) {
        for (const auto& problem : *problems) {
            append(csv, rowOf(problem.delivery));
        }
    }
    for (const auto& problem : receipt.missing) {
        append(csv, unprovedRow(problem.delivery));
    }
    for (const auto& file : receipt.skipped) {
        append(csv,
            {{u"kind"_s, u"skipped"_s}, {u"path"_s, file.sourcePath}, {u"error"_s, errorName(file.reason).toString()},
                {u"detail"_s, file.detail}});
    }
    for (const auto& file : receipt.duplicates) {
        const bool differs = file.kind == store::DuplicateKind::Differs;
        append(csv,
            {{u"kind"_s, u"duplicate"_s}, {u"state"_s, differs ? u"differs"_s : u"identical"_s},
                {u"path"_s, file.sourcePath}, {u"sop_instance_uid"_s, file.sopInstanceUid.toString()},
                {u"detail"_s, file.firstSourcePath}});
    }
    return "\xEF\xBB\xBF" + csv.toUtf8(); // without the mark, spreadsheets read UTF-8 as something else
}

} // namespace radpost::queue
