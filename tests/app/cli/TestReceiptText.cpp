#include "app/cli/JobRun.h"
#include "app/cli/ProblemGroup.h"
#include "app/cli/ReceiptText.h"
#include "app/cli/TextWidth.h"
#include "app/common/Language.h"

#include <QTest>

using namespace radpost;
using namespace radpost::cli;
using namespace Qt::StringLiterals;
using store::DeliveryState;

namespace {

queue::ReceiptProblem problem(ErrorCode code, std::optional<quint16> status, const QString& path)
{
    queue::ReceiptProblem result;
    result.delivery.sourcePath = path;
    store::AttemptRecord attempt;
    attempt.errorCode = code;
    attempt.dimseStatus = status;
    result.delivery.lastAttempt = attempt;
    return result;
}

// One study of which @p stored and @p rejected are final and @p pending are not.
queue::Receipt receipt(int stored, int rejected, int pending)
{
    queue::Receipt result;
    result.job.id = JobId{7};
    result.job.destinationName = u"MAIN-PACS"_s;
    result.job.state = pending > 0 ? store::JobState::Active : store::JobState::Finished;
    result.job.growth = store::JobGrowth::Sealed;
    result.counts.add(DeliveryState::Stored, stored, stored * 1000);
    result.counts.add(DeliveryState::Rejected, rejected, rejected * 1000);
    result.counts.add(DeliveryState::Pending, pending, pending * 1000);
    for (int i = 0; i < rejected; ++i) {
        result.rejected.append(problem(ErrorCode::StatusFailed, quint16(0xA900), u"/d/%1.dcm"_s.arg(i)));
    }
    queue::ReceiptStudy study;
    study.text.patientName = u"Wang^Xiaodong=王^小东"_s;
    study.text.studyDate = u"20250102"_s;
    study.counts = result.counts;
    queue::ReceiptSeries series;
    series.text.modality = u"CT"_s;
    study.series.append(series);
    result.studies.append(study);
    return result;
}

} // namespace

class TestReceiptText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void aCompleteReceiptSaysSo()
    {
        const auto text = receiptLines(receipt(12, 0, 0), 100).join(u'\n');
        QVERIFY2(text.contains(u"Everything is stored"), qPrintable(text));
        QVERIFY(text.contains(u"✔ 王 小东"));
        QVERIFY(text.contains(u"12/12"));
        QVERIFY(text.contains(u"2025-01-02"));
        QVERIFY(!text.contains(u"retry"));
    }

    void whatWasThereBeforeIsNotSaidToBeProved()
    {
        auto partly = receipt(3, 0, 0);
        partly.job.proofWanted = store::ProofWanted::Commitment;
        partly.proof.of(store::Proof::Proved) = 3;
        QCOMPARE(exitCodeOf(partly), ExitCode::Ok);
        partly.skipped = {{u"/d/4.dcm"_s, ErrorCode::AlreadyThere, {}}, {u"/d/5.dcm"_s, ErrorCode::AlreadyThere, {}}};
        const auto text = receiptLines(partly, 200).join(u'\n');
        QVERIFY2(!text.contains(u"and proved"), qPrintable(text));
        QVERIFY2(text.contains(u"2 instances were there before"), qPrintable(text));
        QCOMPARE(exitCodeOf(partly), ExitCode::SomeFailed);
        auto nothing = receipt(0, 0, 0);
        nothing.job.proofWanted = store::ProofWanted::Commitment;
        nothing.skipped = partly.skipped;
        QCOMPARE(exitCodeOf(nothing), ExitCode::SomeFailed);
    }

    void whatIsPausedTellsHowItGoesOn()
    {
        auto held = receipt(2, 0, 3);
        held.job.destinationPaused = true;
        held.job.destinationName = u"MAIN PACS"_s;
        const auto text = receiptLines(held, 100).join(u'\n');
        QVERIFY2(text.contains(u"radpost resume --to \"MAIN PACS\""), qPrintable(text));
        held.job.state = store::JobState::Paused; // by its number: the destination's resume leaves it out
        const auto own = receiptLines(held, 100).join(u'\n');
        QVERIFY2(own.contains(u"radpost resume 7"), qPrintable(own));
        QVERIFY2(!own.contains(u"--to"), qPrintable(own));
    }

    void aFinishedJobTellsItsTimeAndRate()
    {
        using namespace std::chrono_literals;
        auto finished = receipt(12, 0, 0);
        finished.job.finishedAt = finished.job.createdAt + 2s;
        const auto text = receiptLines(finished, 100).join(u'\n');
        QVERIFY2(text.contains(u"It took 2.0 s, 6.0 kB/s."), qPrintable(text));
        QVERIFY(!receiptLines(receipt(12, 0, 0), 100).join(u'\n').contains(u"It took"));
    }

    void failuresAreGroupedAndNameWhatToDo()
    {
        const auto text = receiptLines(receipt(5, 4, 0), 100).join(u'\n');
        QVERIFY2(text.contains(u"Failed (4):"), qPrintable(text));
        QVERIFY(text.contains(u"0xa900"));
        QVERIFY(text.contains(u"/d/0.dcm"));
        QVERIFY(!text.contains(u"/d/3.dcm"));
        QVERIFY(text.contains(u"radpost retry 7"));
        QVERIFY(!text.contains(u"Everything is stored"));
        QVERIFY(text.contains(u"✖"));
    }

    void theFullReceiptNamesSeriesAndEveryFile()
    {
        auto full = receipt(5, 4, 2);
        full.studies.first().series.first().text.seriesDescription = u"Lung 1.0"_s;
        full.studies.first().series.first().counts = full.counts;
        full.rejected.last().delivery.lastAttempt->errorComment = u"no such patient"_s;
        full.rejected.last().delivery.lastAttempt->offendingElement = u"(0010,0020)"_s;
        full.warnings = {problem(ErrorCode::StatusFailed, quint16(0xB000), u"/d/w.dcm"_s)};
        full.unfinished = {problem(ErrorCode::StatusRefused, quint16(0xA700), u"/d/later.dcm"_s)};
        full.unfinished.first().delivery.state = DeliveryState::Waiting;
        full.skipped = {{u"/d/a.txt"_s, ErrorCode::NotDicom, {}}};
        full.duplicates = {{u"/d/z.dcm"_s, u"/d/y.dcm"_s, {}, store::DuplicateKind::Differs}};
        const auto text = receiptLines(full, 100, ReceiptDetail::Full).join(u'\n');
        for (const auto* part : {"CT  0  Lung 1.0", "Failed 4", "Not sent yet 2", "/d/0.dcm", "/d/1.dcm", "/d/2.dcm",
                 "/d/3.dcm", "/d/w.dcm", "/d/later.dcm", "/d/a.txt", "/d/z.dcm", "/d/y.dcm",
                 "0xa900: element (0010,0020): no such patient"}) {
            QVERIFY2(text.contains(QLatin1StringView(part)), qPrintable(QLatin1StringView(part) + u'\n' + text));
        }
    }

    void theSummaryStaysShort()
    {
        auto many = receipt(5, 10, 0);
        const auto study = many.studies.first();
        many.studies = QList<queue::ReceiptStudy>(30, study);
        QVERIFY(receiptLines(many, 100).size() < 45);
        QVERIFY(receiptLines(many, 100).join(u'\n').contains(u"and 10 more studies"));
        QVERIFY(!receiptLines(many, 100, ReceiptDetail::Full).join(u'\n').contains(u"more stud"));
    }

    void whatThePeerSaidSetsFailuresApart()
    {
        auto problems = receipt(0, 3, 0).rejected;
        problems[1].delivery.lastAttempt->errorComment = u"a"_s;
        problems[2].delivery.lastAttempt->offendingElement = u"(0010,0020)"_s;
        QCOMPARE(groupProblems(problems).size(), 3U);
    }

    void whatIsLeftNamesHowToGoOn()
    {
        const auto text = receiptLines(receipt(5, 0, 2), 100).join(u'\n');
        QVERIFY2(text.contains(u"radpost resume 7"), qPrintable(text));
        QVERIFY(text.contains(u"Not sent yet"));
    }

    void anInterruptedScanIsNotComplete()
    {
        auto interrupted = receipt(5, 0, 0);
        interrupted.job.growth = store::JobGrowth::Interrupted;
        const auto text = receiptLines(interrupted, 100).join(u'\n');
        QVERIFY2(text.contains(u"radpost resume 7"), qPrintable(text));
        QCOMPARE(exitCodeOf(interrupted), ExitCode::SomeFailed);
    }

    void skippedAndDuplicatesAreCounted()
    {
        auto full = receipt(1, 0, 0);
        full.skipped = {{u"/a.txt"_s, ErrorCode::NotDicom, {}}, {u"/b.txt"_s, ErrorCode::NotDicom, {}}};
        full.duplicates = {{u"/x"_s, u"/y"_s, {}, store::DuplicateKind::Identical},
            {u"/z"_s, u"/y"_s, {}, store::DuplicateKind::Differs}};
        const auto text = receiptLines(full, 100).join(u'\n');
        QVERIFY2(text.contains(u"Skipped (2): The file is not DICOM."), qPrintable(text));
        QVERIFY(text.contains(u"1 file is the same"));
        QVERIFY(text.contains(u"Duplicates (1)"));
    }

    void whatCouldNotBeReadIsNoCompleteSend()
    {
        auto full = receipt(3, 0, 0);
        full.skipped = {{u"/a.txt"_s, ErrorCode::NotDicom, {}}};
        QCOMPARE(exitCodeOf(full), ExitCode::Ok);
        full.skipped += {{u"/b.dcm"_s, ErrorCode::DicomTruncated, {}}, {u"/c.zip"_s, ErrorCode::ArchiveEncrypted, {}}};
        QCOMPARE(exitCodeOf(full), ExitCode::SomeFailed);
        const auto text = receiptLines(full, 100).join(u'\n');
        QVERIFY2(
            text.contains(u"Everything that could be read is stored; 2 files could not be read."), qPrintable(text));
        QVERIFY(!text.contains(u"Everything is stored"));
        m_language.set(app::Language::Chinese);
        const auto chinese = receiptLines(full, 100).join(u'\n');
        QVERIFY2(chinese.contains(u"能读取的内容已全部存储；有 2 个文件无法读取。"), qPrintable(chinese));
    }

    void aSourceOfWhichNothingCouldBeReadSaysSo()
    {
        auto empty = receipt(0, 0, 0);
        empty.skipped = {{u"/b.dcm"_s, ErrorCode::DicomTruncated, {}}};
        QCOMPARE(exitCodeOf(empty), ExitCode::NothingToSend);
        const auto text = receiptLines(empty, 100).join(u'\n');
        QVERIFY2(text.contains(u"Nothing was there to send; 1 file could not be read."), qPrintable(text));
    }

    void linesFitTheTerminal()
    {
        for (const auto language : {app::Language::English, app::Language::Chinese}) {
            m_language.set(language);
            for (const int width : {60, 80, 120}) {
                for (const auto detail : {ReceiptDetail::Summary, ReceiptDetail::Full}) {
                    for (const auto& line : receiptLines(receipt(1000, 3, 5), width, detail)) {
                        QVERIFY2(displayWidth(line) <= width, qPrintable(line));
                    }
                }
            }
        }
    }

    void theLargestGroupComesFirst()
    {
        const QList<queue::ReceiptProblem> problems{problem(ErrorCode::FileChanged, {}, u"a"_s),
            problem(ErrorCode::StatusFailed, quint16(0xC000), u"b"_s),
            problem(ErrorCode::StatusFailed, quint16(0xC000), u"c"_s),
            problem(ErrorCode::StatusFailed, quint16(0xA900), u"d"_s)};
        const auto groups = groupProblems(problems);
        QCOMPARE(groups.size(), 3U);
        QCOMPARE(groups[0].count, 2);
        QCOMPARE(groups[0].examples, QStringList({u"b"_s, u"c"_s}));
    }

    void exitCodes_data()
    {
        QTest::addColumn<int>("stored");
        QTest::addColumn<int>("rejected");
        QTest::addColumn<int>("pending");
        QTest::addColumn<int>("code");
        QTest::newRow("all") << 5 << 0 << 0 << int(ExitCode::Ok);
        QTest::newRow("some") << 5 << 1 << 0 << int(ExitCode::SomeFailed);
        QTest::newRow("unfinished") << 5 << 0 << 1 << int(ExitCode::SomeFailed);
        QTest::newRow("nothing") << 0 << 0 << 0 << int(ExitCode::NothingToSend);
    }

    void exitCodes()
    {
        QFETCH(int, stored);
        QFETCH(int, rejected);
        QFETCH(int, pending);
        QTEST(int(exitCodeOf(receipt(stored, rejected, pending))), "code");
    }

    void aStoppedJobEndsWithItsReason()
    {
        auto stopped = receipt(5, 0, 1);
        stopped.job.state = store::JobState::Stopped;
        stopped.job.stopReason = makeError(ErrorCode::ConnectRefused);
        QCOMPARE(exitCodeOf(stopped), ExitCode::Unreachable);
        const auto text = receiptLines(stopped, 100).join(u'\n');
        QVERIFY2(text.contains(u"nothing listens at this port"), qPrintable(text));
    }

    void theWorstOfSeveralJobsWins()
    {
        QCOMPARE(worse(ExitCode::Ok, ExitCode::SomeFailed), ExitCode::SomeFailed);
        QCOMPARE(worse(ExitCode::Unreachable, ExitCode::SomeFailed), ExitCode::Unreachable);
        QCOMPARE(worse(ExitCode::Interrupted, ExitCode::Ok), ExitCode::Interrupted);
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestReceiptText)
#include "TestReceiptText.moc"
