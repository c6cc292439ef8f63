#include "tests/support/SampleFiles.h"

#include "core/dicom/HeaderReader.h"
#include "core/dicom/SyntheticStudy.h"

#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;

namespace radpost::test {

namespace {

QString corpusFolder()
{
    const QString given = qEnvironmentVariable("RADPOST_CORPUS");
    return given.isEmpty() ? qEnvironmentVariable("RADPOST_SOURCE_DIR") + u"/../shared/corpus"_s : given;
}

void makeSynthetic(const QString& folder)
{
    using dicom::SyntheticKind;
    using dicom::SyntheticSyntax;
    quint64 seed = 1;
    for (const auto syntax : {SyntheticSyntax::ExplicitLittle, SyntheticSyntax::ImplicitLittle,
             SyntheticSyntax::ExplicitBig, SyntheticSyntax::Deflated}) {
        dicom::SyntheticParams params;
        params.folder = folder + u"/%1"_s.arg(seed);
        params.series = {{.kind = SyntheticKind::Ct, .instances = 2}, {.kind = SyntheticKind::Sr},
            {.kind = SyntheticKind::Tiny, .instances = 3}, {.kind = SyntheticKind::UsMultiFrame, .frames = 3}};
        params.syntax = syntax;
        params.seed = seed++;
        if (!dicom::makeSyntheticStudies(params, {})) {
            qFatal("no synthetic studies in %s", qPrintable(folder));
        }
    }
}

} // namespace

std::vector<Sample> makeSyntheticSamples(const QString& folder)
{
    makeSynthetic(folder);
    return readSamples(folder);
}

QByteArray Sample::dataSet() const
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.seek(header.dataSetOffset) ? file.readAll() : QByteArray();
}

std::vector<Sample> readSamples(const QString& folder)
{
    std::vector<Sample> samples;
    dicom::HeaderReader reader;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (auto header = reader.readFile(path)) {
            samples.push_back({path, *header});
        }
    }
    return samples;
}

std::vector<Sample> allSamples(const QString& folder)
{
    std::vector<Sample> samples = makeSyntheticSamples(folder);
    std::vector<Sample> real = readSamples(corpusFolder());
    samples.insert(samples.end(), std::make_move_iterator(real.begin()), std::make_move_iterator(real.end()));
    return samples;
}

} // namespace radpost::test
