#include "core/spool/Spool.h"

#include "core/observe/Log.h"
#include "core/spool/Intake.h"
#include "core/spool/Spool_p.h"
#include "core/spool/contents.h"
#include "core/store/LedgerReader.h"

#include <cerrno>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace radpost::spool {

namespace {

// Each round rules out one instance that is there, so there are never more than these of one digest.
constexpr int kMostRounds = 16;

Result<store::SpoolTotals> readTotals(store::Ledger& ledger)
{
    return ledger.openReader().and_then(
        [](const std::unique_ptr<store::LedgerReader>& reader) { return reader->spool().totals(); });
}

} // namespace

HeldIds::Hold::Hold(HeldIds& ids, qint64 id)
    : m_ids(ids)
    , m_id(id)
{
    const std::lock_guard lock(m_ids.m_mutex);
    m_ids.m_ids.insert(m_id);
}

HeldIds::Hold::~Hold()
{
    const std::lock_guard lock(m_ids.m_mutex);
    m_ids.m_ids.erase(m_ids.m_ids.find(m_id));
}

bool HeldIds::contains(qint64 id) const
{
    const std::lock_guard lock(m_mutex);
    return m_ids.contains(id);
}

Spool::Spool(std::unique_ptr<Private> state)
    : d(std::move(state))
{
}

Spool::~Spool() = default;

Result<std::unique_ptr<Spool>> Spool::open(store::Ledger& ledger, SpoolParams params)
{
    auto d = std::make_unique<Private>(ledger, std::move(params));
    if (auto opened = d->folder.open(); !opened) {
        return fail(std::move(opened.error()));
    }
    const auto totals = readTotals(ledger);
    if (!totals) {
        return fail(totals.error());
    }
    const auto highest = d->folder.highestId();
    if (!highest) {
        return fail(highest.error());
    }
    if (*highest == 0 && totals->instances > 0 && !d->params.mayHaveLostAll) {
        return fail(ErrorCode::FileUnreadable,
            u"the spool folder has no file, but the index has %1: is the volume of %2 mounted? "
            "If they are lost for good, rebuild the spool"_s.arg(totals->instances)
                .arg(d->folder.root()));
    }
    d->space.setUsed(totals->bytes);
    ledger.writer().keepSpoolIdsAbove(*highest);
    d->firstOfThisRun = ledger.writer().nextSpoolId();
    return std::unique_ptr<Spool>(new Spool(std::move(d)));
}

Result<> Spool::isReady()
{
    return d->isReady();
}

Result<> Spool::isRefusingNobody()
{
    return d->isReady().and_then([this]() -> Result<> {
        return !d->space.isRefusing()
            ? Result<>()
            : fail(ErrorCode::DiskFull, u"an instance was refused, and there still is no room for one of its size"_s);
    });
}

Result<> Spool::Private::isInPlace() const
{
    if (!folder.isStillOurs()) {
        return fail(Error{ErrorCode::FileUnreadable, Retry::Later,
            u"the spool folder was moved, or another one is in its place"_s, {}});
    }
    return ledger.checkFile();
}

Result<> Spool::Private::isReady()
{
    return isInPlace().and_then([this]() -> Result<> {
        return space.isOpen()
            ? Result<>()
            : fail(ErrorCode::DiskFull, u"the reserve of the disk or the quota of the spool is reached"_s);
    });
}

std::unique_ptr<Intake> Spool::makeIntake()
{
    return std::make_unique<Intake>(*this);
}

Result<qint64> Spool::remove(const QList<qint64>& ids, const MayGo& mayGo)
{
    return d->remove(ids, mayGo);
}

Result<> Spool::remove(qint64 id)
{
    return d->remove(id);
}

const SpoolCounters& Spool::counters() const
{
    return d->counters;
}

SpaceGuard& Spool::space()
{
    return d->space;
}

const SpoolFolder& Spool::folder() const
{
    return d->folder;
}

Result<store::SpoolOutcome> Spool::Private::add(const store::NewSpoolInstance& entry, const Arrived& arrived,
    store::DuplicatePolicy policy, const CancelToken& cancel)
{
    Result<store::SpoolOutcome> outcome;
    auto written = ledger.writer().run(
        [&](store::WriteSession& session) -> Result<> {
            outcome = session.spool.add(entry, policy);
            if (!outcome) {
                return fail(outcome.error());
            }
            const bool isNew = outcome->kind == store::SpoolOutcome::Kind::Stored && !outcome->isSuperseded;
            if (!isNew || !params.inTransaction) {
                return {};
            }
            auto told = arrived;
            told.version = outcome->version;
            told.superseded = outcome->superseded;
            return params.inTransaction(session, told);
        },
        cancel);
    return written ? outcome : fail(std::move(written.error()));
}

/// An equal digest is no proof, and the file that is there may have been lost since. It is held before its row is
/// looked at: a removal has either marked the row by then, or finds it held and leaves it out.
Result<> Spool::Private::settleEqual(
    store::NewSpoolInstance& entry, qint64 existing, const CancelToken& cancel, bool& isSame)
{
    if (params.beforeComparing) {
        params.beforeComparing(existing);
    }
    const HeldIds::Hold hold(held, existing);
    std::optional<store::SpoolInstanceRow> row;
    auto found = ledger.writer().inspect(
        [&](store::WriteSession& session) {
            return session.spool.find(existing).map([&row](const auto& it) { row = it; });
        },
        cancel);
    if (!found || !row || row->state == store::SpoolState::Missing) {
        isSame = false; // it is being removed, or has been: the next round does not meet it
        return found;
    }
    const bool sync = params.durability == Durability::PowerLoss;
    switch (compareContents(
        folder.pathOf(existing), row->dataSetOffset, folder.pathOf(entry.id), entry.dataSetOffset, sync)) {
    case Comparison::Equal:
        isSame = true;
        return {};
    case Comparison::Different:
        entry.differsFrom.append(existing);
        return {};
    case Comparison::FirstIsGone:
        qCWarning(observe::lcStore) << "file" << existing << "of the spool is gone; the sender brought it again";
        return setMissing({existing}, {});
    case Comparison::Unreadable:
        break;
    }
    return fail(ErrorCode::FileUnreadable, u"cannot compare with the instance that is there"_s);
}

/// The transaction decides for which of them the room is given back: another thread may have seen the same.
Result<> Spool::Private::setMissing(const QList<qint64>& ids, const CancelToken& cancel)
{
    qint64 bytes = 0;
    auto marked = ledger.writer().run(
        [&](store::WriteSession& session) {
            bytes = 0;
            Result<> done;
            for (qsizetype i = 0; done && i < ids.size(); ++i) {
                const auto row = session.spool.find(ids[i]);
                const bool isThere = row && *row && (*row)->state != store::SpoolState::Missing;
                bytes += isThere ? (*row)->fileBytes : 0;
                done = !row   ? fail(row.error())
                    : isThere ? session.spool.setState(ids[i], store::SpoolState::Missing)
                              : done;
            }
            return done;
        },
        cancel);
    space.giveBack(marked ? bytes : 0);
    return marked;
}

Result<Arrived> Spool::Private::enter(
    store::NewSpoolInstance entry, Arrived arrived, store::DuplicatePolicy policy, const CancelToken& cancel)
{
    for (int round = 0; round < kMostRounds; ++round) {
        const auto outcome = add(entry, arrived, policy, cancel);
        if (!outcome) {
            return fail(outcome.error());
        }
        if (outcome->kind == store::SpoolOutcome::Kind::Refused) {
            return fail(ErrorCode::DuplicateDiffers, u"another content of this instance is kept"_s);
        }
        if (outcome->kind == store::SpoolOutcome::Kind::Stored) {
            arrived.version = outcome->version;
            arrived.superseded = outcome->superseded;
            arrived.isSuperseded = outcome->isSuperseded;
            // What a file of before supersedes stays: it may have been kept under another policy.
            if (policy == store::DuplicatePolicy::KeepLast && !entry.isFound) {
                dropSuperseded(outcome->superseded);
            }
            return arrived;
        }
        bool isSame = false;
        if (auto settled = settleEqual(entry, outcome->existing, cancel, isSame); !settled) {
            return fail(std::move(settled.error()));
        }
        if (isSame) {
            arrived.id = outcome->existing;
            arrived.version = outcome->version;
            arrived.isIdentical = true;
            return arrived;
        }
    }
    return fail(ErrorCode::Internal, u"the index changes faster than it can be compared with"_s);
}

void Spool::Private::dropSuperseded(const QList<qint64>& superseded)
{
    for (const auto id : superseded) {
        if (!params.mayDrop || params.mayDrop(id)) {
            std::ignore = remove(id);
        }
    }
}

/// While its file may be there an instance keeps its row, and with it that it was routed.
Result<QList<Leaving>> Spool::Private::markLeaving(const QList<qint64>& ids, const MayGo& mayGo)
{
    QList<Leaving> leaving;
    auto marked = ledger.writer().run([&](store::WriteSession& session) -> Result<> {
        leaving.clear();
        for (const auto id : ids) {
            const auto row = session.spool.find(id);
            const auto may = row && *row && mayGo ? mayGo(session, id) : Result<bool>(true);
            if (!row || !may) {
                return fail(row ? may.error() : row.error());
            }
            if (!*row || !*may || held.contains(id)) {
                continue;
            }
            leaving.append({id, (*row)->fileBytes, (*row)->state});
            if (auto done = session.spool.setState(id, store::SpoolState::Missing); !done) {
                return done;
            }
        }
        return {};
    });
    return marked ? Result<QList<Leaving>>(leaving) : fail(std::move(marked.error()));
}

/// Names are gone for good before any row is.
void Spool::Private::unlink(QList<Leaving>& leaving)
{
    std::set<qint64> leaves;
    for (auto& file : leaving) {
        file.isGone = folder.remove(file.id);
        if (file.isGone) {
            leaves.insert(file.id / SpoolFolder::kFilesPerLeaf);
        } else {
            qCWarning(observe::lcStore) << "file" << file.id << "of the spool cannot be removed, errno" << errno;
        }
    }
    for (const auto leaf : params.durability == Durability::PowerLoss ? leaves : std::set<qint64>()) {
        const bool isSynced = folder.syncLeaf(leaf * SpoolFolder::kFilesPerLeaf);
        for (auto& file : leaving) {
            file.isGone = file.isGone && (isSynced || file.id / SpoolFolder::kFilesPerLeaf != leaf);
        }
    }
}

Result<qint64> Spool::Private::remove(const QList<qint64>& ids, const MayGo& mayGo)
{
    auto leaving = markLeaving(ids, mayGo);
    if (!leaving) {
        return fail(std::move(leaving.error()));
    }
    unlink(*leaving);
    auto settled = ledger.writer().run([&leaving](store::WriteSession& session) {
        Result<> done;
        for (const auto& file : *leaving) {
            done = !done      ? done
                : file.isGone ? session.spool.remove(file.id)
                              : session.spool.setState(file.id, file.before);
        }
        return done;
    });
    qint64 gone = 0;
    for (const auto& file : *leaving) {
        gone += file.isGone ? 1 : 0;
        if (file.isGone && file.before != store::SpoolState::Missing) {
            space.giveBack(file.bytes);
        }
    }
    return settled ? Result<qint64>(gone) : fail(std::move(settled.error()));
}

Result<> Spool::Private::remove(qint64 id)
{
    return remove({id}, {}).and_then([this, id](qint64 gone) {
        const bool isLeft = gone == 0 && ::access(folder.pathOf(id).constData(), F_OK) == 0;
        return isLeft ? fail(ErrorCode::FileWriteFailed, u"cannot remove a file of the spool"_s) : Result<>();
    });
}

} // namespace radpost::spool
