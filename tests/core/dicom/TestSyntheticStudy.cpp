#include "core/dicom/SyntheticStudy.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace radpost::dicom;
using namespace Qt::StringLiterals;

namespace {

QStringList filesUnder(const QString& folder)
{
    QStringList files;
    QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        files.append(walk.next());
    }
    files.sort();
    return files;
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray digestOfAll(const QString& folder)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& path : filesUnder(folder)) {
        hash.addData(path.mid(folder.size()).toUtf8());
        hash.addData(contents(path));
    }
    return hash.result();
}

/// What a tool prints, or nothing when it fails or is not installed.
QString outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(30'000) || process.exitCode() != 0) {
        return {};
    }
    return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
}

bool isInstalled(const QString& program)
{
    return !QStandardPaths::findExecutable(program).isEmpty();
}

SyntheticParams oneOfEach(const QString& folder)
{
    SyntheticParams params;
    params.folder = folder;
    params.series = {{SyntheticKind::Ct, 2, 32, 48}, {SyntheticKind::Mr, 2, 16, 16},
        {SyntheticKind::UsMultiFrame, 1, 15, 17, 3}, {SyntheticKind::Cr, 1, 64, 64}, {SyntheticKind::Sr, 1},
        {SyntheticKind::Tiny, 3}};
    return params;
}

} // namespace

class TestSyntheticStudy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAndBytesAreThoseOnDisk()
    {
        QTemporaryDir folder;
        SyntheticParams params = oneOfEach(folder.path());
        params.patients = 2;
        params.studiesPerPatient = 2;
        const auto made = makeSyntheticStudies(params, {});
        QVERIFY(made.has_value());
        const QStringList files = filesUnder(folder.path());
        qint64 bytes = 0;
        for (const QString& path : files) {
            bytes += QFileInfo(path).size();
        }
        QCOMPARE(*made, (SyntheticSummary{2, 4, 24, 40, bytes}));
        QCOMPARE(files.size(), 40);
    }

    void sameParametersGiveTheSameBytes_anotherSeedDoesNot()
    {
        QTemporaryDir first;
        QTemporaryDir second;
        QTemporaryDir third;
        QVERIFY(makeSyntheticStudies(oneOfEach(first.path()), {}).has_value());
        QVERIFY(makeSyntheticStudies(oneOfEach(second.path()), {}).has_value());
        SyntheticParams other = oneOfEach(third.path());
        other.seed = 2;
        QVERIFY(makeSyntheticStudies(other, {}).has_value());
        QCOMPARE(digestOfAll(first.path()), digestOfAll(second.path()));
        QVERIFY(digestOfAll(first.path()) != digestOfAll(third.path()));
    }

    void everyInstanceHasAnotherUid()
    {
        QTemporaryDir folder;
        SyntheticParams params;
        params.folder = folder.path();
        params.patients = 5;
        params.series = {{SyntheticKind::Tiny, 40}};
        QVERIFY(makeSyntheticStudies(params, {}).has_value());
        QSet<QByteArray> uids;
        for (const QString& path : filesUnder(folder.path())) {
            const QByteArray bytes = contents(path);
            const qsizetype at = bytes.indexOf(QByteArrayView("\x08\x00\x18\x00UI", 6));
            QVERIFY(at > 132);
            const auto length = static_cast<unsigned char>(bytes[at + 6]);
            const QByteArray uid = bytes.mid(at + 8, length);
            QVERIFY2(uid.startsWith("2.25.") && length <= 64, uid.constData());
            uids.insert(uid);
        }
        QCOMPARE(uids.size(), 200);
    }

    void textBytesAreAsTheOptionSays_data()
    {
        QTest::addColumn<int>("text");
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("name");
        const auto row = [](const char* title, SyntheticText text, const QByteArray& declared, const QByteArray& name) {
            QTest::newRow(title) << int(text) << declared << name;
        };
        row("UTF-8", SyntheticText::Utf8, "ISO_IR 192", "Wang^XiaoMing=\xE7\x8E\x8B^\xE5\xB0\x8F\xE6\x98\x8E");
        row("GB18030", SyntheticText::Gb18030, "GB18030", "Wang^XiaoMing=\xCD\xF5^\xD0\xA1\xC3\xF7\x95\x32\x82\x36");
        row("ISO 2022 IR 58", SyntheticText::Iso2022Ir58, "\\ISO 2022 IR 58",
            "Wang^XiaoMing=\x1B$)A\xCD\xF5^\x1B$)A\xD0\xA1\xC3\xF7");
        row("GBK as Latin-1", SyntheticText::MislabelledGbk, "ISO_IR 100", "Wang^XiaoMing=\xCD\xF5^\xD0\xA1\xC3\xF7");
        row("UTF-8 as Latin-1", SyntheticText::MislabelledUtf8, "ISO_IR 100",
            "Wang^XiaoMing=\xE7\x8E\x8B^\xE5\xB0\x8F\xE6\x98\x8E");
        row("ASCII", SyntheticText::Ascii, "", "Wang^XiaoMing");
    }

    void textBytesAreAsTheOptionSays()
    {
        QFETCH(int, text);
        QFETCH(QByteArray, declared);
        QFETCH(QByteArray, name);
        QTemporaryDir folder;
        SyntheticParams params;
        params.folder = folder.path();
        params.series = {{SyntheticKind::Tiny, 1}};
        params.texts = {static_cast<SyntheticText>(text)};
        QVERIFY(makeSyntheticStudies(params, {}).has_value());
        const QByteArray bytes = contents(filesUnder(folder.path()).constFirst());
        const QByteArray charsetTag("\x08\x00\x05\x00\x43\x53", 6);
        QCOMPARE(bytes.contains(charsetTag), !declared.isEmpty());
        QVERIFY(declared.isEmpty() || bytes.mid(bytes.indexOf(charsetTag) + 8).startsWith(declared));
        const qsizetype at = bytes.indexOf(QByteArrayView("\x10\x00\x10\x00PN", 6));
        QVERIFY(at > 0);
        const auto length = static_cast<unsigned char>(bytes[at + 6]);
        QCOMPARE(bytes.mid(at + 8, length).trimmed(), name);
    }

    void aWantedSizeIsMetByRowsOrFrames()
    {
        QTemporaryDir folder;
        SyntheticParams params;
        params.folder = folder.path();
        params.series = {
            {SyntheticKind::Tiny, 1, 0, 100, 0, 20'000}, {SyntheticKind::UsMultiFrame, 1, 100, 200, 0, 3'000'000}};
        const auto made = makeSyntheticStudies(params, {});
        QVERIFY(made.has_value());
        QVERIFY2(made->bytes > 3'020'000 && made->bytes < 3'024'000, qPrintable(QString::number(made->bytes)));
    }

    void whatCannotBeMadeIsRefused_data()
    {
        QTest::addColumn<int>("instances");
        QTest::addColumn<int>("rows");
        QTest::addColumn<qint64>("bytes");
        QTest::newRow("no instance") << 0 << 0 << qint64(0);
        QTest::newRow("rows beyond US") << 1 << 70'000 << qint64(0);
        QTest::newRow("more than Pixel Data can count") << 1 << 0 << (qint64(5) << 30);
    }

    void whatCannotBeMadeIsRefused()
    {
        QFETCH(int, instances);
        QFETCH(int, rows);
        QFETCH(qint64, bytes);
        QTemporaryDir folder;
        SyntheticParams params;
        params.folder = folder.path();
        params.series = {{SyntheticKind::UsMultiFrame, instances, rows, 0, 0, bytes}};
        const auto made = makeSyntheticStudies(params, {});
        QVERIFY(!made.has_value());
        QCOMPARE(made.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(filesUnder(folder.path()).size(), 0);
    }

    void cancellingStopsTheRun()
    {
        QTemporaryDir folder;
        CancelSource source;
        source.cancel();
        const auto made = makeSyntheticStudies(oneOfEach(folder.path()), source.token());
        QCOMPARE(made.error().code, ErrorCode::Cancelled);
        QVERIFY(filesUnder(folder.path()).size() <= 1);
    }

    void aFolderThatCannotBeMadeIsAnError()
    {
        QTemporaryDir folder;
        QFile blocker(folder.filePath(u"file"_s));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        const auto made = makeSyntheticStudies(oneOfEach(blocker.fileName() + u"/below"_s), {});
        QCOMPARE(made.error().code, ErrorCode::FileWriteFailed);
    }

    void independentToolsReadEverySyntax_data()
    {
        QTest::addColumn<int>("syntax");
        QTest::newRow("explicit little endian") << int(SyntheticSyntax::ExplicitLittle);
        QTest::newRow("implicit little endian") << int(SyntheticSyntax::ImplicitLittle);
        QTest::newRow("explicit big endian") << int(SyntheticSyntax::ExplicitBig);
        QTest::newRow("deflated") << int(SyntheticSyntax::Deflated);
    }

    void independentToolsReadEverySyntax()
    {
        QFETCH(int, syntax);
        QTemporaryDir folder;
        SyntheticParams params = oneOfEach(folder.path());
        params.syntax = static_cast<SyntheticSyntax>(syntax);
        const auto made = makeSyntheticStudies(params, {});
        QVERIFY(made.has_value());
        const QStringList files = filesUnder(folder.path());
        QCOMPARE(files.size(), 10);
        if (isInstalled(u"dcmdump"_s)) {
            const QString dump = outputOf(u"dcmdump"_s, QStringList{u"-M"_s, u"+U8"_s, u"-q"_s} + files);
            QCOMPARE(dump.count(u"王^小明"), 10);
            QVERIFY2(!dump.contains(u"E: ") && !dump.contains(u"W: "), qPrintable(dump));
        }
        if (isInstalled(u"gdcminfo"_s)) {
            for (const QString& path : files.filter(u"_CT"_s)) {
                QVERIFY(outputOf(u"gdcminfo"_s, {path}).contains(u"Dimensions: (48,32,1)"));
            }
        }
        QVERIFY(pydicomAgrees(files));
    }

private:
    /// The pixel bytes are as many as the attributes say, and the name decodes. True when pydicom is not installed.
    static bool pydicomAgrees(const QStringList& files)
    {
        const QString python = u"/usr/bin/python3"_s;
        if (outputOf(python, {u"-c"_s, u"import pydicom; print('yes')"_s}).isEmpty()) {
            return true;
        }
        const QString script = uR"(
import sys, pydicom
for path in sys.argv[1:]:
    ds = pydicom.dcmread(path)
    assert str(ds.PatientName.ideographic) == '王^小明', ds.PatientName
    if 'PixelData' in ds:
        size = ds.Rows * ds.Columns * ds.get('NumberOfFrames', 1) * ds.BitsAllocated // 8
        assert len(ds.PixelData) == size + size % 2, path
        order = '>' if ds.is_little_endian is False and ds.BitsAllocated == 16 else '<'
        import struct
        if ds.BitsAllocated == 16:
            values = struct.unpack('%s%dH' % (order, size // 2), ds.PixelData)
            assert max(values) < 4096, path
print('agreed', len(sys.argv) - 1)
)"_s;
        return outputOf(python, QStringList{u"-c"_s, script} + files).contains(u"agreed %1"_s.arg(files.size()));
    }
};

QTEST_GUILESS_MAIN(TestSyntheticStudy)
#include "TestSyntheticStudy.moc"
