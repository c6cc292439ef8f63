#include "tests/support/Corpus.h"

#include <QDir>
#include <QDirIterator>

using namespace Qt::StringLiterals;

namespace radpost::test {

QString corpusFolder()
{
    QString folder = qEnvironmentVariable("RADPOST_CORPUS");
    if (folder.isEmpty()) {
        folder = qEnvironmentVariable("RADPOST_SOURCE_DIR", u"."_s) + "/../shared/corpus"_L1;
    }
    const QDir dir(folder);
    return dir.exists() ? dir.absolutePath() : QString();
}

QStringList corpusFiles()
{
    QStringList files;
    const QString folder = corpusFolder();
    if (folder.isEmpty()) {
        return files;
    }
    QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next().mid(folder.size() + 1);
        if (!path.startsWith("LICENSES/"_L1) && path != "MANIFEST.csv"_L1) {
            files.append(path);
        }
    }
    files.sort();
    return files;
}

} // namespace radpost::test
