#pragma once

#include "core/scan/Scanner.h"

#include <QByteArray>
#include <QDir>
#include <QList>
#include <QString>

#include <atomic>
#include <functional>
#include <optional>

namespace radpost::scan::test {

/// A small Part 10 file; @p filling makes files of one UID differ, and sets the size.
[[nodiscard]] QByteArray dicomBytes(const QByteArray& sopInstanceUid, const QByteArray& filling = {});

/// A DICOMDIR with an IMAGE record for each file ID, one after the other at the top.
[[nodiscard]] QByteArray dicomdirBytes(const QList<QByteArray>& fileIds = {});

/// Writes a file, its folders included.
void writeFile(const QString& path, const QByteArray& bytes);

struct Member
{
    QString name;
    QByteArray bytes;
    unsigned type = 0100000; // S_IFREG
    QByteArray link = {};    // target, for links
    bool isHardLink = false;
    QByteArray rawName = {}; // instead of name
};

enum class Packing { Zip, ZipStored, ZipEncrypted, Tar, TarGz, SevenZip, RawGz };

/// An archive as libarchive writes it.
[[nodiscard]] QByteArray archiveBytes(Packing packing, const QList<Member>& members);

/// Keeps what comes, and asserts that calls do not overlap.
class CollectingSink final : public ScanSink
{
public:
    void onInstance(ScannedInstance&& instance) override;
    void onSkipped(SkippedFile&& file) override;
    void onDuplicate(DuplicateFile&& file) override;

    /// The reason of the skipped file whose sourcePath ends so; nothing when there is none.
    [[nodiscard]] std::optional<ErrorCode> reasonOf(const QString& end) const;
    [[nodiscard]] QStringList uids() const; ///< of the instances, sorted

    std::function<void()> beforeEach; // called in every call
    QList<ScannedInstance> instances;
    QList<SkippedFile> skipped;
    QList<DuplicateFile> duplicates;
    bool hasOverlapped = false;

private:
    struct Guard;
    std::atomic<int> m_inside{0};
};

/// files = instances + skipped + duplicates, and the sink got each of them.
[[nodiscard]] bool addsUp(const ScanSummary& summary, const CollectingSink& sink);

} // namespace radpost::scan::test
