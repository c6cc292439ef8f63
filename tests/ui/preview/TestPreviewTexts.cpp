#include "ui/preview/PreviewTexts.h"

#include <QSet>
#include <QTest>

using namespace radpost;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

dicom::RenderedFrame ctFrame()
{
    dicom::RenderedFrame frame;
    frame.rows = 512;
    frame.columns = 400;
    frame.bitsAllocated = 16;
    frame.bitsStored = 12;
    frame.photometricInterpretation = "MONOCHROME2";
    frame.transferSyntaxUid = {"1.2.840.10008.1.2.1"};
    frame.modality = u"CT"_s;
    frame.window = dicom::Window{40, 400};
    return frame;
}

QStringList namesOf(const std::vector<WindowPreset>& presets)
{
    QStringList names;
    for (const auto& preset : presets) {
        names << preset.name;
    }
    return names;
}

} // namespace

class TestPreviewTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyReasonHasWordsOfItsOwn()
    {
        QSet<QString> headings;
        for (int i = 0; i <= int(dicom::NoPicture::TooLarge); ++i) {
            const auto message = messageOf(dicom::NoPicture(i));
            QVERIFY2(!message.heading.isEmpty() && !message.text.isEmpty(), qPrintable(QString::number(i)));
            headings.insert(message.heading);
        }
        QCOMPARE(headings.size(), int(dicom::NoPicture::TooLarge) + 1);
    }

    void facts()
    {
        auto frame = ctFrame();
        QCOMPARE(factsOf(frame), u"Explicit VR Little Endian · 400 × 512 · 12 of 16 bits · MONOCHROME2"_s);
        frame.rowSpacingMm = 0.5;
        frame.columnSpacingMm = 0.25;
        QVERIFY(factsOf(frame).endsWith(u"0.25 × 0.5 mm"_s));
    }

    void windows()
    {
        auto frame = ctFrame();
        QCOMPARE(windowText(frame, dicom::FileWindow{}), u"W 400  C 40"_s);
        frame.window.reset();
        QCOMPARE(windowText(frame, dicom::FileWindow{}), u"VOI LUT"_s);
        frame.offeredWindows = {{u"STEP"_s, std::nullopt}};
        QCOMPARE(windowText(frame, dicom::FileWindow{}), u"STEP"_s);
        frame.isColor = true;
        QVERIFY(windowText(frame, dicom::FileWindow{}).isEmpty());
    }

    void presetsAreThoseOfTheFileFirst()
    {
        auto frame = ctFrame();
        frame.offeredWindows = {{QString(), dicom::Window{1, 2}}, {u"LUNG"_s, dicom::Window{3, 4}}};
        const auto presets = presetsFor(frame);
        QCOMPARE(namesOf(presets).mid(0, 4),
            (QStringList{u"As in the file"_s, u"LUNG"_s, u"All values"_s, u"Soft tissue"_s}));
        QVERIFY(presets[1].window == dicom::WindowChoice(dicom::FileWindow{1}));
        frame.modality = u"MR"_s;
        frame.offeredWindows.clear();
        QCOMPARE(namesOf(presetsFor(frame)), (QStringList{u"Automatic"_s, u"All values"_s}));
        frame.isColor = true;
        QVERIFY(presetsFor(frame).empty());
    }

    void errorsSayWhyAndKeepTheCode()
    {
        const auto message = messageOf(makeError(ErrorCode::DicomTruncated, u"at 12"_s));
        QVERIFY(message.text.contains(u"ends too early"_s));
        QCOMPARE(message.small, u"DicomTruncated 111 · at 12"_s);
    }
};

QTEST_GUILESS_MAIN(TestPreviewTexts)

#include "TestPreviewTexts.moc"
