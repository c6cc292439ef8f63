#include "core/dicom/SyntheticStudy.h"
#include "core/scan/Scanner.h"
#include "tests/core/scan/ScanTestSupport.h"

#include <QHash>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace radpost;
using namespace radpost::scan;
using namespace radpost::scan::test;

namespace {

QString corpusFolder()
{
    const QString given = qEnvironmentVariable("RADPOST_CORPUS");
    return given.isEmpty() ? qEnvironmentVariable("RADPOST_SOURCE_DIR") + u"/../shared/corpus"_s : given;
}

/// One line of a CSV file with quoted fields (RFC 4180), no line breaks inside.
QStringList csvFields(const QString& line)
{
    QStringList fields{QString()};
    bool isQuoted = false;
    for (const QChar c : line) {
        if (c == u'"') {
            isQuoted = !isQuoted;
        } else if (c == u',' && !isQuoted) {
            fields.append(QString());
        } else {
            fields.last().append(c);
        }
    }
    return fields;
}

struct Entry
{
    QString sopClass;
    QString hash;
    bool hasUid = false;
    bool isBroken = false; ///< DCMTK cannot read it to its end either
};

QHash<QString, Entry> readManifest(const QString& folder)
{
    QHash<QString, Entry> entries;
    QFile file(folder + u"/MANIFEST.csv"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        return entries;
    }
    const QStringList columns = csvFields(QString::fromUtf8(file.readLine()).trimmed());
    while (!file.atEnd()) {
        const QStringList fields = csvFields(QString::fromUtf8(file.readLine()).trimmed());
        const auto field = [&](const QString& name) { return fields.value(columns.indexOf(name)); };
        entries.insert(folder + u'/' + field(u"file"_s),
            {field(u"SOP class"_s), field(u"sha256"_s), field(u"sop instance uid"_s) == u"Y",
                field(u"note"_s).startsWith(u"broken")});
    }
    return entries;
}

} // namespace

class TestScanCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realFilesAreTakenForWhatTheManifestSays()
    {
        const QString folder = QDir::cleanPath(corpusFolder());
        const QHash<QString, Entry> manifest = readManifest(folder);
        if (manifest.isEmpty()) {
            QSKIP("there is no corpus of real files: RADPOST_CORPUS, or ../shared/corpus beside the source tree");
        }
        ScanParams params;
        params.paths = {folder};
        CollectingSink sink;
        const auto summary = scan::scan(params, sink, {});
        QVERIFY(summary && addsUp(*summary, sink));

        qsizetype seen = 0;
        for (const ScannedInstance& instance : sink.instances) {
            QVERIFY2(manifest.contains(instance.path), qPrintable(instance.path));
            ++seen;
        }
        for (const DuplicateFile& duplicate : sink.duplicates) {
            const bool isSame =
                manifest.value(duplicate.instance.path).hash == manifest.value(duplicate.firstSourcePath).hash;
            QCOMPARE(duplicate.kind, isSame ? DuplicateKind::Identical : DuplicateKind::Differs);
            ++seen;
        }
        for (const SkippedFile& file : sink.skipped) {
            const auto entry = manifest.constFind(file.sourcePath);
            if (entry == manifest.constEnd()) {
                QCOMPARE(file.reason.code, ErrorCode::NotDicom); // licences, the manifest
                continue;
            }
            ++seen;
            const bool isCutOff = file.reason.code == ErrorCode::DicomTruncated && entry->isBroken;
            QVERIFY2(!entry->hasUid || isCutOff, qPrintable(file.sourcePath));
            QCOMPARE(
                file.reason.code == ErrorCode::DicomdirIndex, entry->sopClass == u"Media Storage Directory Storage");
        }
        QCOMPARE(seen, manifest.size());
    }

    void syntheticStudiesAreFoundWhole()
    {
        const QTemporaryDir folder;
        dicom::SyntheticParams made;
        made.folder = folder.path();
        made.patients = 3;
        made.series = {{dicom::SyntheticKind::Tiny, 20}, {dicom::SyntheticKind::Sr, 2}};
        for (const auto syntax : {dicom::SyntheticSyntax::ExplicitLittle, dicom::SyntheticSyntax::ImplicitLittle,
                 dicom::SyntheticSyntax::ExplicitBig, dicom::SyntheticSyntax::Deflated}) {
            made.syntax = syntax;
            const auto written = dicom::makeSyntheticStudies(made, {});
            QVERIFY(written);
            ScanParams params;
            params.paths = {folder.path()};
            CollectingSink sink;
            const auto summary = scan::scan(params, sink, {});
            QVERIFY(summary && addsUp(*summary, sink));
            QCOMPARE(summary->instances, written->instances);
            QCOMPARE(summary->instanceBytes, written->bytes);
            QCOMPARE(summary->files, summary->instances);
        }
    }
};

QTEST_GUILESS_MAIN(TestScanCorpus)
#include "TestScanCorpus.moc"
