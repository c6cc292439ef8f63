#include "core/engine/WatchSource.h"

#include "core/net/dimse.h"
#include "core/net/fileMeta.h"
#include "core/observe/Log.h"
#include "core/scan/WatchRunner.h"
#include "core/spool/Intake.h"
#include "core/store/threadname.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

constexpr qint64 kPiece = 256 * 1024;

scan::AfterTaking afterTaking(config::AfterWatching after)
{
    switch (after) {
    case config::AfterWatching::Move:
        return scan::AfterTaking::Move;
    case config::AfterWatching::Remove:
        return scan::AfterTaking::Remove;
    case config::AfterWatching::Keep:
        break;
    }
    return scan::AfterTaking::Keep;
}

scan::WatchParams watchParams(const WatchSourceParams& params)
{
    scan::WatchParams watch;
    watch.folder = params.settings.folder;
    watch.settle = params.settings.settle;
    watch.afterTaking = afterTaking(params.settings.after);
    watch.movedFolder = params.settings.movedFolder;
    watch.junkFolder = params.settings.junkFolder;
    watch.temporaryFolder = params.temporaryFolder;
    return watch;
}

} // namespace

WatchSource::WatchSource(spool::Spool& spool, const Clock& clock, WatchSourceParams params)
    : m_clock(clock)
    , m_params(std::move(params))
    , m_intake(spool.makeIntake())
    , m_folder(watchParams(m_params), clock, *this, m_taken)
{
}

WatchSource::~WatchSource()
{
    stop();
}

Result<> WatchSource::start()
{
    if (auto opened = m_taken.open(m_params.journal); !opened) {
        return opened;
    }
    m_thread = std::thread([this] { main(); });
    return {};
}

void WatchSource::stop()
{
    m_cancel.cancel();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void WatchSource::main()
{
    store::nameThisThread("watch-folder");
    scan::runWatch(m_folder, m_clock, m_params.settings.interval, m_cancel.token(), [this](const auto& report) {
        const bool isReachable = report.has_value();
        if (!isReachable && m_wasReachable) {
            qCWarning(observe::lcEngine) << "watch folder" << m_params.settings.name
                                         << "cannot be read:" << errorName(report.error().code);
        }
        m_wasReachable = isReachable;
    });
}

Result<> WatchSource::copy(const scan::ScannedInstance& instance)
{
    QFile file(instance.path);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(instance.header.dataSetOffset)) {
        return fail(makeError(ErrorCode::FileUnreadable, instance.sourcePath));
    }
    QByteArray piece(kPiece, Qt::Uninitialized);
    qint64 left = instance.header.dataSetLength;
    while (left > 0) {
        const qint64 got = file.read(piece.data(), std::min(left, kPiece));
        if (got <= 0) {
            return fail(Error{ErrorCode::FileChanged, Retry::Later, instance.sourcePath, {}});
        }
        const auto bytes = std::as_bytes(std::span(piece.constData(), static_cast<std::size_t>(got)));
        m_intake->write(std::span(&bytes, 1));
        left -= got;
    }
    return {};
}

Result<> WatchSource::take(scan::ScannedInstance&& instance)
{
    const auto& header = instance.header;
    const auto& calling = m_params.settings.callingAeTitle;
    SpooledInstance told;
    told.sopClassUid = header.sopClassUid;
    told.sopInstanceUid = header.sopInstanceUid;
    told.transferSyntaxUid = header.transferSyntaxUid;
    told.callingAeTitle = calling.toString();
    told.source = m_params.settings.name;
    told.bytes = header.dataSetLength;
    m_intake->begin({header.sopClassUid, header.sopInstanceUid, header.transferSyntaxUid, {told.callingAeTitle, {}, {}},
        net::encodeFileMeta(
            {header.sopClassUid.value, header.sopInstanceUid.value, header.transferSyntaxUid.value, calling.value}),
        m_params.settings.name});
    if (auto copied = copy(instance); !copied) {
        m_intake->drop();
        return copied;
    }
    const auto arrived = m_intake->finish(m_cancel.token());
    if (!arrived) {
        return fail(arrived.error());
    }
    told.id = arrived->id;
    told.version = arrived->version;
    told.isIdentical = arrived->isIdentical;
    if (m_params.onInstance) {
        m_params.onInstance(told);
    }
    return {};
}

void WatchSource::onJunk(scan::SkippedFile&& file, const QString& movedTo)
{
    qCWarning(observe::lcEngine) << "a file of watch folder" << m_params.settings.name
                                 << "is not taken:" << errorName(file.reason.code);
    if (m_params.onJunk) {
        m_params.onJunk(movedTo.isEmpty() ? file.sourcePath : movedTo, file.reason);
    }
}

void WatchSource::onStuck(const QString& path, const Error& error)
{
    qCWarning(observe::lcEngine) << "a file of watch folder" << m_params.settings.name
                                 << "was taken and stays where it is:" << errorName(error.code);
    if (m_params.onJunk) {
        m_params.onJunk(path, error);
    }
}

} // namespace radpost::engine
