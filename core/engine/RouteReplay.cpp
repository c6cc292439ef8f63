#include "core/engine/RouteReplay.h"

#include "core/dicom/HeaderReader.h"
#include "core/spool/SpoolFolder.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

constexpr int kPage = 1000;

/// The index to look at, and where its files lie.
struct Kept
{
    Kept(std::unique_ptr<store::Ledger> index, std::unique_ptr<store::LedgerReader> view, const QString& spoolFolder)
        : ledger(std::move(index))
        , reader(std::move(view))
        , folder(spoolFolder)
    {
    }

    std::unique_ptr<store::Ledger> ledger;
    std::unique_ptr<store::LedgerReader> reader;
    spool::SpoolFolder folder;

    [[nodiscard]] QString pathOf(qint64 id) const { return QFile::decodeName(folder.pathOf(id)); }
};

Result<std::unique_ptr<Kept>> openKept(const SpoolPlace& place)
{
    const QString data = QFileInfo(place.dataFolder).absoluteFilePath();
    const QString spool = place.spoolFolder.isEmpty() ? QString(data + u"/spool"_s) : place.spoolFolder;
    store::LedgerParams params;
    params.path = data + u"/ledger.sqlite"_s;
    params.mode = store::LedgerMode::ReadOnly;
    auto ledger = store::Ledger::open(params);
    if (!ledger) {
        return fail(ledger.error());
    }
    auto reader = (*ledger)->openReader();
    if (!reader) {
        return fail(reader.error());
    }
    return std::make_unique<Kept>(*std::move(ledger), *std::move(reader), spool);
}

TrialArrival arrivalOf(const store::SpoolInstanceRow& row)
{
    return {{row.source.callingAeTitle.toLatin1()}, {row.source.calledAeTitle.toLatin1()}, row.source.peerAddress, {},
        row.receivedAt};
}

route::InstanceFacts factsOf(const store::SpoolInstanceRow& row)
{
    route::InstanceFacts facts;
    const auto arrival = arrivalOf(row);
    facts.callingAeTitle = arrival.callingAeTitle;
    facts.calledAeTitle = arrival.calledAeTitle;
    facts.peerAddress = arrival.peerAddress;
    facts.receivedAt = arrival.receivedAt;
    facts.sopClassUid = row.sopClassUid;
    facts.sopInstanceUid = row.sopInstanceUid;
    facts.transferSyntaxUid = row.transferSyntaxUid;
    facts.studyInstanceUid = {row.studyInstanceUid.toLatin1()};
    facts.seriesInstanceUid = {row.seriesInstanceUid.toLatin1()};
    facts.modality = row.modality;
    facts.studyDescription = row.studyDescription;
    return facts;
}

/// One run of both sets of rules over rows of the index.
class Replay final
{
public:
    Replay(const std::shared_ptr<const route::RuleBook>& before, const std::shared_ptr<const route::RuleBook>& after)
        : m_comparison(before, after)
        , m_forBefore(before->attributes())
        , m_forAfter(after->attributes())
    {
    }

    void add(const store::SpoolInstanceRow& row, const QString& path)
    {
        const auto header = m_headers.readFile(path);
        m_comparison.add(factsOf(row), attributes(m_forBefore, path, header), attributes(m_forAfter, path, header));
    }

    [[nodiscard]] const route::ReplaySummary& summary() const { return m_comparison.summary(); }

private:
    static std::optional<dicom::AttributeSet> attributes(
        dicom::AttributeReader& reader, const QString& path, const Result<dicom::InstanceHeader>& header)
    {
        auto found = header ? reader.readFile(path, *header) : fail(header.error());
        return found ? std::optional(*std::move(found)) : std::nullopt;
    }

    route::RoutingComparison m_comparison;
    dicom::HeaderReader m_headers;
    dicom::AttributeReader m_forBefore;
    dicom::AttributeReader m_forAfter;
};

} // namespace

Result<route::ReplaySummary> replayRoutes(const SpoolPlace& place, Clock::WallTime since,
    std::shared_ptr<const route::RuleBook> before, std::shared_ptr<const route::RuleBook> after,
    const CancelToken& cancel)
{
    const auto kept = openKept(place);
    if (!kept) {
        return fail(kept.error());
    }
    Replay replay(before, after);
    qint64 last = 0;
    while (true) {
        const auto page = (*kept)->reader->spool().receivedSince(since, last, kPage);
        if (!page) {
            return fail(page.error());
        }
        if (page->isEmpty()) {
            return replay.summary();
        }
        for (const auto& row : *page) {
            if (cancel.isCancelled()) {
                return fail(ErrorCode::Cancelled, u"the comparison was cancelled"_s);
            }
            replay.add(row, (*kept)->pathOf(row.id));
        }
        last = page->last().id;
    }
}

Result<std::optional<KeptInstance>> findKept(const SpoolPlace& place, const SopInstanceUid& uid)
{
    const auto kept = openKept(place);
    if (!kept) {
        return fail(kept.error());
    }
    const auto versions = (*kept)->reader->spool().find(uid);
    if (!versions) {
        return fail(versions.error());
    }
    std::optional<KeptInstance> found;
    for (const auto& row : *versions) {
        if (row.state == store::SpoolState::Current) {
            found = KeptInstance{(*kept)->pathOf(row.id), arrivalOf(row)};
        }
    }
    return found;
}

} // namespace radpost::engine
