#include "ui/activity/FailureWords.h"

#include "app/common/Language.h"

#include <QTest>

using namespace radpost;
using namespace radpost::ui;
using namespace Qt::StringLiterals;
using app::Language;
using store::FailedKind;
using store::FailureGroup;

namespace {

const SopClassUid kUltrasound{"1.2.840.10008.5.1.4.1.1.6.1"};
const SopClassUid kRadiograph{"1.2.840.10008.5.1.4.1.1.1"};
const SopClassUid kReport{"1.2.840.10008.5.1.4.1.1.88.11"};
const TransferSyntaxUid kExplicit{"1.2.840.10008.1.2.1"};
const TransferSyntaxUid kJpeg2000{"1.2.840.10008.1.2.4.90"};

FailureGroup group(ErrorCode code, const QList<FailedKind>& kinds)
{
    FailureGroup made;
    made.cause.code = code;
    for (const auto& kind : kinds) {
        made.count += kind.count;
    }
    made.detail = u"SOP class 1.2.840.10008.5.1.4.1.1.6.1"_s;
    made.example = u"/data/IM1"_s;
    made.kinds = kinds;
    return made;
}

QString firstLine(const FailureGroup& group)
{
    return FailureWords::text(group).section(u'\n', 0, 0);
}

} // namespace

class TestFailureWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(Language::English); }

    void everyRefusedSopClassIsNamedOnce()
    {
        const auto refused = group(ErrorCode::SopClassRefused,
            {{kReport, kExplicit, 6}, {kUltrasound, kExplicit, 4}, {kUltrasound, kJpeg2000, 3},
                {kRadiograph, kExplicit, 1}});
        QCOMPARE(firstLine(refused),
            u"Not taken: Ultrasound Image Storage (7), Basic Text SR Storage (6), Computed Radiography Image Storage (1)"_s);
        QVERIFY(FailureWords::heading(refused).startsWith(u"14 instances failed. "_s));
        QVERIFY(FailureWords::text(refused).section(u'\n', 1).startsWith(u"Ask the PACS administrator"_s));
        for (const auto& uid : {kReport, kUltrasound, kRadiograph}) {
            QVERIFY2(
                FailureWords::support(refused).contains(uid.toString()), qPrintable(FailureWords::support(refused)));
        }
        QVERIFY(!FailureWords::support(refused).contains(kJpeg2000.toString()));
        QCOMPARE(FailureWords::support(refused).count(kUltrasound.toString()), 1);
        QVERIFY(FailureWords::support(group(ErrorCode::SopClassRefused, {{kUltrasound, kExplicit, 4}}))
                    .contains(u"SOP class 1.2.840.10008.5.1.4.1.1.6.1 · /data/IM1"_s));
    }

    void inChineseToo()
    {
        m_language.set(Language::Chinese);
        const auto refused = group(ErrorCode::SopClassRefused, {{kReport, kExplicit, 6}, {kUltrasound, kExplicit, 4}});
        QCOMPARE(firstLine(refused), u"未被接收：Basic Text SR Storage（6 个）、Ultrasound Image Storage（4 个）"_s);
        QVERIFY2(FailureWords::heading(refused).startsWith(u"10 个实例失败。目的地"_s),
            qPrintable(FailureWords::heading(refused)));
    }

    void theTransferSyntaxStandsWhereItIsWhy()
    {
        const auto refused =
            group(ErrorCode::TransferSyntaxRefused, {{kUltrasound, kJpeg2000, 3}, {kRadiograph, kJpeg2000, 1}});
        QCOMPARE(firstLine(refused),
            u"Not taken: Ultrasound Image Storage in JPEG 2000 Image Compression (Lossless Only) (3), "
            "Computed Radiography Image Storage in JPEG 2000 Image Compression (Lossless Only) (1)"_s);
        QVERIFY(FailureWords::support(refused).contains(QString(kRadiograph.toString() + u' ' + kJpeg2000.toString())));
    }

    void manyKindsAreCounted()
    {
        QList<FailedKind> kinds;
        for (int i = 0; i < FailureWords::kMostKinds + 2; ++i) {
            kinds.append({SopClassUid{"2.25." + QByteArray::number(i)}, kExplicit, 1});
        }
        const auto line = firstLine(group(ErrorCode::NoAcceptedContext, kinds));
        QVERIFY2(line.endsWith(u"2.25.7 (1) and 2 more kinds"_s), qPrintable(line));
        QVERIFY(FailureWords::support(group(ErrorCode::NoAcceptedContext, kinds)).contains(u"2.25.7 · … · "_s));
        kinds.resize(FailureWords::kMostKinds);
        QVERIFY(firstLine(group(ErrorCode::NoAcceptedContext, kinds)).endsWith(u"2.25.7 (1)"_s));
    }

    void otherCausesSayNothingOfKinds()
    {
        auto failed = group(ErrorCode::StatusFailed, {{kReport, kExplicit, 6}, {kUltrasound, kExplicit, 4}});
        failed.cause.dimseStatus = 0xC123;
        failed.detail = u"cannot understand"_s;
        failed.errorComment = u"cannot understand"_s;
        QVERIFY(!FailureWords::text(failed).contains(u"Storage"_s));
        const auto support = FailureWords::support(failed);
        QCOMPARE(support.count(u"cannot understand"_s), 1);
        QVERIFY2(support.contains(u"0xC123"_s) && support.endsWith(u"/data/IM1"_s), qPrintable(support));
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestFailureWords)
#include "TestFailureWords.moc"
