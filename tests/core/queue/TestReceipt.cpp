#include "core/queue/ReceiptWriter.h"
#include "tests/support/DispatchFixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace radpost;
using namespace radpost::queue;
using namespace radpost::store;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Every word is its number, so that a test sees which was asked for.
class NumberedTexts final : public ReceiptTexts
{
public:
    QString text(ReceiptText what) const override { return u"T%1"_s.arg(static_cast<int>(what)); }
    QString errorText(ErrorCode code) const override { return u"E%1 <&>"_s.arg(static_cast<int>(code)); }
    QString dateTime(WallTime) const override { return u"then"_s; }
    QString personName(const QString& name) const override { return name; }
    QString date(const QString& date) const override { return date; }
    QString bytes(qint64 count) const override { return QString::number(count); }
    QString languageTag() const override { return u"zh\"><script>"_s; }
};

QList<QByteArray> csvLines(const QByteArray& csv)
{
    return csv.split('\n');
}

/// By the names of the columns; for cells without commas in them.
QList<QHash<QString, QString>> csvRows(const QByteArray& csv)
{
    QList<QHash<QString, QString>> rows;
    const auto lines = QString::fromUtf8(csv.mid(3)).split(u"\r\n"_s, Qt::SkipEmptyParts);
    const auto columns = lines.first().split(u',');
    for (const auto& line : lines.mid(1)) {
        const auto cells = line.split(u',');
        QHash<QString, QString> row;
        for (qsizetype i = 0; i < columns.size(); ++i) {
            row.insert(columns[i], cells.value(i));
        }
        rows.append(row);
    }
    return rows;
}

} // namespace

class TestReceipt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingTheSourceHeldAddsUp()
    {
        DispatchFixture f;
        const auto receipt = makeMixedReceipt(f);
        QCOMPARE(receipt.counts.total(), 30);
        QCOMPARE(receipt.counts.of(DeliveryState::Rejected), 3);
        QCOMPARE(receipt.counts.of(DeliveryState::StoredWithWarning), 3);
        QCOMPARE(receipt.counts.of(DeliveryState::Stored), 24);
        QCOMPARE(receipt.fileCount(), 30 + 2 + 1);
        QCOMPARE(receipt.rejected.size(), 3);
        QCOMPARE(receipt.warnings.size(), 3);
        QVERIFY(receipt.unfinished.isEmpty());
        QVERIFY(!receipt.isComplete());
        QCOMPARE(receipt.associations.size(), 1);
        QCOMPARE(receipt.associations.first().peerImplementation, u"FAKE"_s);
        QVERIFY(receipt.associations.first().closedAt.has_value());
    }

    void aReceiptWithoutPatientsNamesNoneAndAddsUpAllTheSame()
    {
        DispatchFixture f;
        auto receipt = makeMixedReceipt(f);
        receipt.missing = {receipt.warnings.first()};
        receipt.missing.first().delivery.sourcePath = u"/data/Doe^Jane/unproved.dcm"_s;
        const auto masked = withoutPatients(receipt);
        QCOMPARE(masked.counts, receipt.counts);
        QCOMPARE(masked.fileCount(), receipt.fileCount());
        const auto& named = receipt.studies.first().text;
        QVERIFY(!named.patientName.isEmpty() && !named.patientId.isEmpty());
        QVERIFY(masked.studies.first().text.patientName.startsWith(u'#'));
        QCOMPARE(masked.studies.first().text.studyInstanceUid, named.studyInstanceUid);
        for (const auto& bytes : {receiptCsv(masked), receiptJson(masked), receiptHtml(masked, NumberedTexts())}) {
            QVERIFY(!bytes.contains(named.patientName.toUtf8()));
            for (const auto* problems : {&receipt.rejected, &receipt.warnings, &receipt.missing}) {
                for (const auto& problem : *problems) {
                    QVERIFY(!bytes.contains(problem.delivery.sourcePath.toUtf8()));
                }
            }
            for (const auto& file : receipt.skipped) {
                QVERIFY(!bytes.contains(file.sourcePath.toUtf8()));
            }
            for (const auto& file : receipt.duplicates) {
                QVERIFY(!bytes.contains(file.sourcePath.toUtf8()));
            }
            QVERIFY(!bytes.contains(receipt.job.title.toUtf8()));
        }
        QVERIFY(receiptCsv(receipt).contains(named.patientName.toUtf8())); // the whole one does
    }

    void studiesAndSeriesSumUpTheSameInstances()
    {
        DispatchFixture f;
        const auto receipt = makeMixedReceipt(f);
        QCOMPARE(receipt.studies.size(), 1);
        const auto& study = receipt.studies.first();
        QCOMPARE(study.series.size(), 3);
        StateCounts sum;
        for (const auto& series : study.series) {
            QCOMPARE(series.counts.total(), 10);
            for (int state = 0; state < kDeliveryStateCount; ++state) {
                const auto s = static_cast<DeliveryState>(state);
                sum.add(s, series.counts.of(s), series.counts.bytesOf(s));
            }
        }
        QCOMPARE(sum, receipt.counts);
        QCOMPARE(study.counts, receipt.counts);
    }

    void aFailureSaysWhatThePeerSaid()
    {
        DispatchFixture f;
        const auto receipt = makeMixedReceipt(f);
        const auto& failure = receipt.rejected.first().delivery;
        QCOMPARE(failure.sourcePath, makeInstance(3).path);
        QCOMPARE(failure.sopInstanceUid, makeInstance(3).sopInstanceUid);
        QCOMPARE(failure.lastAttempt->errorCode, ErrorCode::StatusFailed);
        QCOMPARE(*failure.lastAttempt->dimseStatus, 0xA900);
        QCOMPARE(failure.tries, 1);
    }

    void onlyAJobThatStoredEverythingIsComplete()
    {
        DispatchFixture f;
        const auto job = f.makeJob(5);
        QVERIFY(!receiptOf(f, job).isComplete());
        QVERIFY(f.take(job));
        QTRY_VERIFY(f.isAtRest(job));
        QVERIFY(receiptOf(f, job).isComplete());

        auto lossy = f.makeBatch();
        const auto lost = lossy->jobs().first();
        QVERIFY(lossy->append(makeInstance(200)));
        QVERIFY(lossy->addSkipped({u"/data/lost"_s, ErrorCode::LedgerFailed, u"left out"_s}));
        QVERIFY(lossy->seal());
        QVERIFY(f.take(lost));
        QTRY_COMPARE(f.activity(lost), JobActivity::Finished);
        QVERIFY(!receiptOf(f, lost).isComplete());

        auto interrupted = f.makeBatch();
        const auto partial = interrupted->jobs().first();
        QVERIFY(interrupted->append(makeInstance(100)));
        interrupted.reset();
        QVERIFY(f.take(partial));
        QTRY_COMPARE(f.activity(partial), JobActivity::Finished);
        QVERIFY(!receiptOf(f, partial).isComplete());
    }

    void whatWasSkippedAndMayHaveBeenAnImageIsALoss_data()
    {
        QTest::addColumn<ErrorCode>("reason");
        QTest::addColumn<bool>("isComplete");
        for (const auto code : {ErrorCode::NotDicom, ErrorCode::DicomdirIndex, ErrorCode::FileEmpty}) {
            QTest::newRow(qPrintable(errorName(code).toString())) << code << true;
        }
        for (const auto code :
            {ErrorCode::FileNotFound, ErrorCode::FileUnreadable, ErrorCode::FileWriteFailed, ErrorCode::DicomTruncated,
                ErrorCode::DicomMalformed, ErrorCode::DicomMissingUid, ErrorCode::ArchiveUnreadable,
                ErrorCode::ArchiveUnsafe, ErrorCode::ArchiveTooLarge, ErrorCode::ArchiveEncrypted,
                ErrorCode::DicomdirBroken, ErrorCode::DiskFull, ErrorCode::LedgerFailed}) {
            QTest::newRow(qPrintable(errorName(code).toString())) << code << false;
        }
    }

    void whatWasSkippedAndMayHaveBeenAnImageIsALoss()
    {
        QFETCH(ErrorCode, reason);
        QFETCH(bool, isComplete);
        Receipt receipt;
        receipt.job.state = JobState::Finished;
        receipt.job.growth = JobGrowth::Sealed;
        receipt.counts.add(DeliveryState::Stored, 5, 500);
        receipt.duplicates = {{u"/b"_s, u"/a"_s, {}, DuplicateKind::Identical}};
        receipt.skipped = {{u"/c"_s, reason, {}}};
        QCOMPARE(receipt.isComplete(), isComplete);
        const auto json = QJsonDocument::fromJson(receiptJson(receipt)).object();
        QCOMPARE(json[u"job"_s][u"complete"_s].toBool(), isComplete);
        const auto verdict = isComplete ? ReceiptText::Complete : ReceiptText::CompleteButUnread;
        QVERIFY(receiptHtml(receipt, NumberedTexts())
                    .contains(u"<p class=\"verdict\">T%1</p>"_s.arg(static_cast<int>(verdict)).toUtf8()));
    }

    void aJobThatIsNotThereHasNoReceipt()
    {
        DispatchFixture f;
        const auto reader = *f.ledger.ledger().openReader();
        QCOMPARE(makeReceipt(*reader, JobId{9}, f.clock.now()).error().code, ErrorCode::JobNotFound);
    }

    void csvHasOneRowForEachSeriesProblemAndFile()
    {
        DispatchFixture f;
        const auto csv = receiptCsv(makeMixedReceipt(f));
        QVERIFY(csv.startsWith("\xEF\xBB\xBFkind,state,path,"));
        QVERIFY(csv.endsWith("\r\n"));
        const auto lines = csvLines(csv);
        QCOMPARE(
            lines.size() - 1, 1 + 6 + 4 + 1 + 3 + 6 + 2 + 1); // head, states, study, series, problems, skipped, copies
        const auto rejected = std::count_if(lines.begin(), lines.end(), [](const QByteArray& line) {
            return line.startsWith("instance,rejected,/data/") && line.contains(",StatusFailed,0xA900,");
        });
        QCOMPARE(rejected, 3);
    }

    void csvCountsByStateStudyAndSeriesAddUp()
    {
        DispatchFixture f;
        const auto rows = csvRows(receiptCsv(makeMixedReceipt(f)));
        QMap<QString, QString> counts;
        QList<QHash<QString, QString>> sums;
        for (const auto& row : rows) {
            if (row[u"kind"_s] == u"count") {
                counts.insert(row[u"state"_s], row[u"instances"_s]);
            } else if (row[u"kind"_s] == u"study" || row[u"kind"_s] == u"series") {
                sums.append(row);
            }
        }
        QCOMPARE(counts,
            (QMap<QString, QString>{{u"stored"_s, u"24"_s}, {u"stored-with-warning"_s, u"3"_s}, {u"rejected"_s, u"3"_s},
                {u"pending"_s, u"0"_s}, {u"waiting"_s, u"0"_s}, {u"cancelled"_s, u"0"_s}}));
        QCOMPARE(sums.size(), 1 + 3);
        for (const auto& row : sums) {
            int sum = 0;
            for (const auto& state : counts.keys()) {
                sum += row[QString(state).replace(u'-', u'_')].toInt();
            }
            QCOMPARE(sum, row[u"instances"_s].toInt());
            QVERIFY(row[u"bytes"_s].toInt() > 0);
        }
        QCOMPARE(sums.first()[u"stored"_s], u"24"_s);
    }

    void whatThePeerSaidIsInEveryKindOfReceipt()
    {
        DispatchFixture f;
        auto receipt = makeMixedReceipt(f);
        auto& attempt = *receipt.rejected.first().delivery.lastAttempt;
        attempt.errorComment = u"no such patient"_s;
        attempt.offendingElement = u"(0010,0020)"_s;
        QVERIFY(receiptCsv(receipt).contains(",no such patient,scripted,1,\"(0010,0020)\","));
        const auto html = receiptHtml(receipt, NumberedTexts());
        QVERIFY(html.contains("<td>no such patient</td><td>(0010,0020)</td>"));
        const auto json = QJsonDocument::fromJson(receiptJson(receipt))[u"rejected"_s][0];
        QCOMPARE(json[u"offendingElement"_s].toString(), u"(0010,0020)"_s);
        QCOMPARE(json[u"errorComment"_s].toString(), u"no such patient"_s);
    }

    void theProofIsCountedInPageAndJson()
    {
        DispatchFixture f;
        const auto receipt = makeMixedReceipt(f);
        QCOMPARE(receipt.provedCount(), 27);
        const auto word = [](ReceiptText what) { return u"<td>T%1</td>"_s.arg(static_cast<int>(what)).toUtf8(); };
        const auto html = receiptHtml(receipt, NumberedTexts());
        QVERIFY(html.contains(QByteArray(word(ReceiptText::ProofWanted) + word(ReceiptText::ProofResponse))));
        QVERIFY(html.contains(QByteArray(word(ReceiptText::Proved) + "<td class=\"n\">27</td>")));
        QVERIFY(html.contains(QByteArray(word(ReceiptText::NotProved) + "<td class=\"n\">3</td>")));
        const auto proof = QJsonDocument::fromJson(receiptJson(receipt))[u"proof"_s];
        QCOMPARE(proof[u"wanted"_s].toString(), u"response"_s);
        QCOMPARE(proof[u"proved"_s].toInt() + proof[u"notProved"_s].toInt(), 30);
    }

    void whatAQueryFoundBeforeIsNotCommittedTo()
    {
        Receipt receipt;
        receipt.job.state = store::JobState::Finished;
        receipt.job.growth = store::JobGrowth::Sealed;
        receipt.counts.add(DeliveryState::Stored, 2, 10);
        receipt.proof.of(store::Proof::Proved) = 2;
        receipt.skipped = {{u"/d/3.dcm"_s, ErrorCode::AlreadyThere, {}}};
        receipt.job.proofWanted = store::ProofWanted::Query; // which is how it was found
        QVERIFY(receipt.isComplete());
        receipt.job.proofWanted = store::ProofWanted::Commitment;
        QVERIFY(receipt.isAllStored());
        QVERIFY(!receipt.isProved());
        QVERIFY(!receipt.isComplete());
        QCOMPARE(QJsonDocument::fromJson(receiptJson(receipt))[u"proof"_s][u"uncommitted"_s].toInt(), 1);
        const auto word = u"<td>T%1</td>"_s.arg(static_cast<int>(ReceiptText::ThereButNotCommitted)).toUtf8();
        QVERIFY(receiptHtml(receipt, NumberedTexts()).contains(word));
        receipt.counts = {};
        receipt.proof = {};
        QVERIFY(!receipt.isComplete()); // nothing was sent, nothing was asked
    }

    void whatIsSentIsNotProved()
    {
        DispatchFixture f;
        auto receipt = makeMixedReceipt(f);
        receipt.job.proofWanted = store::ProofWanted::Commitment;
        receipt.proof.of(store::Proof::None) = 1;
        receipt.proof.of(store::Proof::Asked) = 2;
        receipt.proof.of(store::Proof::Proved) = 20;
        receipt.proof.of(store::Proof::Missing) = 4;
        receipt.missing = {receipt.rejected.front()};
        receipt.missing.front().delivery.proofError = ErrorCode::ProofMissing;
        receipt.missing.front().delivery.proofReason = 0x0112;
        QCOMPARE(receipt.proof.total(), 27); // of the stored ones
        QCOMPARE(receipt.provedCount(), 20);
        QVERIFY(!receipt.isProved());
        const auto proof = QJsonDocument::fromJson(receiptJson(receipt))[u"proof"_s];
        QCOMPARE(proof[u"wanted"_s].toString(), u"commitment"_s);
        QCOMPARE(proof[u"asked"_s].toInt(), 2);
        QCOMPARE(proof[u"missing"_s].toInt(), 4);
        const auto csv = receiptCsv(receipt);
        for (const auto* row : {"proof,not-asked,,,,,,,,,,1,", "proof,asked,,,,,,,,,,2,", "proof,proved,,,,,,,,,,20,",
                 "proof,missing,,,,,,,,,,4,", ",ProofMissing,0x0112,"}) {
            QVERIFY2(csv.contains(row), row);
        }
        const auto word = [](ReceiptText what) { return u"<td>T%1</td>"_s.arg(static_cast<int>(what)).toUtf8(); };
        const auto html = receiptHtml(receipt, NumberedTexts());
        QVERIFY(html.contains(QByteArray(word(ReceiptText::ProofMissing) + "<td class=\"n\">4</td>")));
        QVERIFY(html.contains(QByteArray(word(ReceiptText::ProofAsked) + "<td class=\"n\">2</td>")));
        QVERIFY(html.contains("<td>0x0112</td>"));
    }

    void whatIsThereAlreadyIsNoLoss()
    {
        Receipt receipt;
        receipt.job.state = store::JobState::Finished;
        receipt.job.growth = store::JobGrowth::Sealed;
        receipt.skipped = {{u"a.dcm"_s, ErrorCode::AlreadyThere, {}}, {u"b.txt"_s, ErrorCode::NotDicom, {}}};
        QCOMPARE(receipt.alreadyThereCount(), 1);
        QCOMPARE(receipt.fileCount(), 2);
        QVERIFY(receipt.isComplete());
    }

    void htmlSeriesRowsShowEachStateThatTheJobHas()
    {
        DispatchFixture f;
        auto receipt = makeMixedReceipt(f);
        const auto word = [](ReceiptText what) { return u"<th>T%1</th>"_s.arg(static_cast<int>(what)).toUtf8(); };
        auto html = receiptHtml(receipt, NumberedTexts());
        QVERIFY(html.contains(QByteArray(
            word(ReceiptText::Stored) + word(ReceiptText::StoredWithWarning) + word(ReceiptText::Rejected) + "</tr>")));
        receipt.counts.add(DeliveryState::Waiting, 1, 1);
        receipt.counts.add(DeliveryState::Pending, 2, 2);
        receipt.counts.add(DeliveryState::Cancelled, 3, 3);
        receipt.studies.first().series.first().counts.add(DeliveryState::Cancelled, 3, 3);
        html = receiptHtml(receipt, NumberedTexts());
        QVERIFY(html.contains(QByteArray(
            word(ReceiptText::Waiting) + word(ReceiptText::Pending) + word(ReceiptText::Cancelled) + "</tr>")));
        QVERIFY(html.contains("<td class=\"n\">3</td></tr>"));
    }

    void csvCellsAreNoFormulasAndStayInTheirCell_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("cell");
        QTest::newRow("formula") << u"=HYPERLINK(1)"_s << QByteArray("'=HYPERLINK(1)");
        QTest::newRow("escape sequence") << u"a\x1b[2Jb\x9b"_s << QByteArray("a\xEF\xBF\xBD[2Jb\xEF\xBF\xBD");
        QTest::newRow("formula with quotes") << u"=A(\"x\",1)"_s << QByteArray("\"'=A(\"\"x\"\",1)\"");
        QTest::newRow("plus") << u"+1"_s << QByteArray("'+1");
        QTest::newRow("at") << u"@SUM"_s << QByteArray("'@SUM");
        QTest::newRow("minus") << u"-2+3"_s << QByteArray("'-2+3");
        QTest::newRow("comma and quote") << u"a,\"b\".dcm"_s << QByteArray("\"a,\"\"b\"\".dcm\"");
        QTest::newRow("line feed") << u"a\nb"_s << QByteArray("\"a\nb\"");
        QTest::newRow("chinese") << u"张伟.dcm"_s << u"张伟.dcm"_s.toUtf8();
    }

    void csvCellsAreNoFormulasAndStayInTheirCell()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, cell);
        Receipt receipt;
        receipt.skipped.append({path, ErrorCode::NotDicom, QString()});
        const QByteArray expected = QByteArray("skipped,,") + cell + ",,";
        QVERIFY2(receiptCsv(receipt).contains(expected), receiptCsv(receipt).constData());
    }

    void jsonHoldsTheWholeReceipt()
    {
        DispatchFixture f;
        const auto document = QJsonDocument::fromJson(receiptJson(makeMixedReceipt(f)));
        QVERIFY(document.isObject());
        const auto root = document.object();
        QCOMPARE(root.value(u"files"_s).toInt(), 33);
        QCOMPARE(root.value(u"counts"_s)[u"total"_s].toInt(), 30);
        QCOMPARE(root.value(u"counts"_s)[u"stored-with-warning"_s].toInt(), 3);
        QCOMPARE(root.value(u"job"_s)[u"state"_s].toString(), u"finished"_s);
        QCOMPARE(root.value(u"job"_s)[u"complete"_s].toBool(), false);
        QCOMPARE(root.value(u"rejected"_s).toArray().size(), 3);
        QCOMPARE(root.value(u"rejected"_s)[0][u"status"_s].toString(), u"0xA900"_s);
        QCOMPARE(root.value(u"rejected"_s)[0][u"error"_s].toString(), u"StatusFailed"_s);
        QCOMPARE(root.value(u"studies"_s)[0][u"series"_s].toArray().size(), 3);
        QCOMPARE(root.value(u"skipped"_s).toArray().size(), 2);
        QCOMPARE(root.value(u"duplicates"_s)[0][u"kind"_s].toString(), u"differs"_s);
    }

    void htmlIsWellFormedAndEscapesWhatCameFromFiles()
    {
        DispatchFixture f;
        auto receipt = makeMixedReceipt(f);
        receipt.job.title = u"<img src=x onerror=alert(1)>"_s;
        receipt.rejected.first().delivery.sourcePath = u"</td><script>alert('x')</script>"_s;
        receipt.rejected.first().delivery.lastAttempt->errorComment = u"\"><b>"_s;
        receipt.studies.first().text.patientName = u"O'Neil & <Söhne>^张"_s;
        const auto html = receiptHtml(receipt, NumberedTexts());
        QVERIFY(!html.contains("<script"));
        QVERIFY(!html.contains("<img"));
        QVERIFY(!html.contains("<b>"));
        QVERIFY(html.contains(u"O'Neil &amp; &lt;Söhne&gt;^张"_s.toUtf8()));
        QVERIFY(!html.contains("http"));

        QXmlStreamReader reader(QByteArray(html).replace("<meta charset=\"utf-8\">", "<meta charset=\"utf-8\"/>"));
        while (!reader.atEnd()) {
            reader.readNext();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    }

    void htmlUsesTheWordsItIsGiven()
    {
        DispatchFixture f;
        const auto html = receiptHtml(makeMixedReceipt(f), NumberedTexts());
        QVERIFY(html.contains(u"<h1>T%1</h1>"_s.arg(static_cast<int>(ReceiptText::Title)).toUtf8()));
        QVERIFY(html.contains(u"T%1</p>"_s.arg(static_cast<int>(ReceiptText::Incomplete)).toUtf8()));
        QVERIFY(html.contains(u"E%1 &lt;&amp;&gt;"_s.arg(static_cast<int>(ErrorCode::StatusFailed)).toUtf8()));
    }

    void thePartiesAreNamedWhereTheyAreKnown()
    {
        DispatchFixture f;
        auto receipt = makeMixedReceipt(f);
        const auto word = [](ReceiptText what) { return u"T%1<"_s.arg(static_cast<int>(what)).toUtf8(); };
        QVERIFY(!receiptHtml(receipt, NumberedTexts()).contains(word(ReceiptText::CalledAeTitle)));
        receipt.parties = ReceiptParties{u"fe80::1"_s, 2762, true, u"PACS1"_s, u"CT<01"_s};
        const auto html = receiptHtml(receipt, NumberedTexts());
        for (const auto what : {ReceiptText::Address, ReceiptText::CalledAeTitle, ReceiptText::CallingAeTitle}) {
            QVERIFY(html.contains(word(what)));
        }
        QVERIFY(html.contains("[fe80::1]:2762, TLS") && html.contains("PACS1") && html.contains("CT&lt;01"));
        const auto parties = QJsonDocument::fromJson(receiptJson(receipt))[u"job"_s][u"parties"_s];
        QCOMPARE(parties[u"host"_s].toString(), u"fe80::1"_s);
        QCOMPARE(parties[u"callingAeTitle"_s].toString(), u"CT<01"_s);
    }

    void noTableHasAColumnTwice()
    {
        DispatchFixture f;
        const auto html = QString::fromUtf8(receiptHtml(makeMixedReceipt(f), NumberedTexts()));
        static const QRegularExpression head(u"<thead>(.*?)</thead>"_s);
        int heads = 0;
        for (auto found = head.globalMatch(html); found.hasNext(); ++heads) {
            auto cells = found.next().captured(1).remove(u"<tr>"_s).split(u"</th>"_s, Qt::SkipEmptyParts);
            QCOMPARE(cells.removeDuplicates(), 0);
        }
        QVERIFY(heads > 2);
    }

private:
    static Receipt receiptOf(DispatchFixture& f, JobId job)
    {
        const auto reader = *f.ledger.ledger().openReader();
        return *makeReceipt(*reader, job, f.clock.now());
    }

    /// 30 instances in three series: numbers ending in 3 rejected, in 5 with a warning; 2 skipped, 1 duplicate.
    static Receipt makeMixedReceipt(DispatchFixture& f)
    {
        f.peer.answer = [](const SendItem& item, int) {
            if (item.sopInstanceUid.value.endsWith('3')) {
                return FakeAnswer::fail(ErrorCode::StatusFailed, 0xA900);
            }
            return item.sopInstanceUid.value.endsWith('5') ? FakeAnswer{FakeAnswer::Kind::Warn, {}} : FakeAnswer{};
        };
        auto batch = f.makeBatch();
        for (int i = 0; i < 30; ++i) {
            std::ignore = batch->append(makeInstance(i));
        }
        std::ignore = batch->addSkipped({u"/data/readme.txt"_s, ErrorCode::NotDicom, {}});
        std::ignore = batch->addSkipped({u"/data/half.dcm"_s, ErrorCode::DicomTruncated, u"at 130"_s});
        std::ignore = batch->addDuplicate(
            {u"/data/copy.dcm"_s, makeInstance(1).path, makeInstance(1).sopInstanceUid, DuplicateKind::Differs});
        std::ignore = batch->seal();
        const auto job = batch->jobs().first();
        std::ignore = f.take(job);
        std::ignore = f.dispatcher->waitUntilAtRest({});
        f.dispatcher->stop(10s);
        return receiptOf(f, job);
    }
};

QTEST_GUILESS_MAIN(TestReceipt)
#include "TestReceipt.moc"
