#include "core/scan/ArchiveReader.h"
#include "core/scan/ZipWriter.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace radpost;
using namespace radpost::scan;
using namespace Qt::StringLiterals;

namespace {

QHash<QString, QByteArray> entriesOf(const QString& path)
{
    QHash<QString, QByteArray> entries;
    auto reader = ArchiveReader::openFile(path);
    if (!reader) {
        return entries;
    }
    for (auto member = reader->next(); member && *member; member = reader->next()) {
        QByteArray bytes;
        std::array<std::byte, 1000> buffer{};
        for (auto count = reader->read(buffer); count && *count > 0; count = reader->read(buffer)) {
            bytes.append(reinterpret_cast<const char*>(buffer.data()), static_cast<qsizetype>(*count));
        }
        entries.insert((*member)->name, bytes);
    }
    return entries;
}

} // namespace

class TestZipWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenCanBeRead()
    {
        const QTemporaryDir home;
        const auto path = home.filePath(u"a.zip"_s);
        auto zip = ZipWriter::create(path);
        QVERIFY(zip);
        const QHash<QString, QByteArray> entries{
            {u"README.txt"_s, "hello 王\n"_ba}, {u"log/a.log"_s, QByteArray(300'000, 'x')}, {u"empty"_s, ""_ba}};
        for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
            QVERIFY(zip->add(entry.key(), *entry));
        }
        QVERIFY(!QFileInfo::exists(path)); // not before it is whole
        QVERIFY(zip->finish());
        QCOMPARE(entriesOf(path), entries);
        QVERIFY(QFileInfo(path).size() < 10'000); // it is compressed
        QCOMPARE(QFileInfo(path).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
            QFileDevice::Permissions());
    }

    void whatIsNotFinishedLeavesNothing()
    {
        const QTemporaryDir home;
        {
            auto zip = ZipWriter::create(home.filePath(u"a.zip"_s));
            QVERIFY(zip && zip->add(u"a"_s, "b"));
        }
        QCOMPARE(QDir(home.path()).entryList(QDir::Files), QStringList());
    }

    void aFolderThatIsNotThereIsAnError()
    {
        const QTemporaryDir home;
        QCOMPARE(ZipWriter::create(home.filePath(u"no/a.zip"_s)).error().code, ErrorCode::FileWriteFailed);
    }
};

QTEST_GUILESS_MAIN(TestZipWriter)
#include "TestZipWriter.moc"
