#include "app/cli/ReceivedCheck.h"

#include "core/scan/Scanner.h"

#include <QFile>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

struct Place
{
    QString path;
    qint64 offset = 0;
    qint64 length = 0;
    TransferSyntaxUid syntax;
};

using Index = QHash<SopInstanceUid, Place>;

class Indexer final : public scan::ScanSink
{
public:
    explicit Indexer(Index& index)
        : m_index(index)
    {
    }

    void onInstance(scan::ScannedInstance&& instance) override
    {
        const auto& header = instance.header;
        m_index.insert(header.sopInstanceUid,
            {instance.path, header.dataSetOffset, header.dataSetLength, header.transferSyntaxUid});
    }
    void onSkipped(scan::SkippedFile&&) override {}
    void onDuplicate(scan::DuplicateFile&&) override {}

private:
    Index& m_index;
};

Result<Index> indexOf(const QString& folder, const CancelToken& cancel)
{
    Index index;
    Indexer indexer(index);
    scan::ScanParams params;
    params.paths = {folder};
    return scan::scan(params, indexer, cancel).map([&index](const scan::ScanSummary&) { return std::move(index); });
}

Result<bool> haveSameBytes(const Place& a, const Place& b)
{
    constexpr qint64 kBlock = qint64(1) << 20;
    QFile first(a.path);
    QFile second(b.path);
    if (!first.open(QIODevice::ReadOnly) || !second.open(QIODevice::ReadOnly) || !first.seek(a.offset) ||
        !second.seek(b.offset)) {
        return fail(ErrorCode::FileUnreadable, a.path + u", "_s + b.path);
    }
    for (qint64 left = a.length; left > 0;) {
        const auto block = first.read(std::min(left, kBlock));
        if (block.isEmpty()) {
            return fail(ErrorCode::FileUnreadable, a.path);
        }
        if (block != second.read(block.size())) {
            return false;
        }
        left -= block.size();
    }
    return true;
}

} // namespace

Result<ReceivedComparison> compareReceived(
    const QString& sentFolder, const QString& receivedFolder, const CancelToken& cancel)
{
    const auto sent = indexOf(sentFolder, cancel);
    const auto received = sent ? indexOf(receivedFolder, cancel) : sent;
    if (!received) {
        return fail(received.error());
    }
    ReceivedComparison comparison;
    comparison.sent = sent->size();
    for (auto it = sent->cbegin(); it != sent->cend(); ++it) {
        const auto other = received->constFind(it.key());
        if (other == received->cend()) {
            ++comparison.missing;
            continue;
        }
        const bool mayMatch = it->length == other->length && it->syntax == other->syntax;
        const auto same = mayMatch ? haveSameBytes(*it, *other) : Result<bool>(false);
        if (!same) {
            return fail(same.error());
        }
        ++(*same ? comparison.identical : comparison.different);
    }
    comparison.unexpected = received->size() - comparison.identical - comparison.different;
    return comparison;
}

} // namespace radpost::cli
