#pragma once

#include "core/base/StrongId.h"
#include "core/net/Association.h"
#include "core/net/dimse.h"

#include <QString>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace radpost::net {

class StoreStage;

/// Who asked for this C-STORE by C-MOVE (PS3.7 9.1.1.1).
struct MoveOriginator
{
    AeTitle aeTitle;
    quint16 messageId = 0;
};

/// One instance to send. The data set comes from @c path, or from @c fileDescriptor when that is not -1 (it stays the
/// caller's), or from @c dataSet when that is not empty (it must live until submit() returned).
struct StoreRequest
{
    quint64 tag = 0; ///< the caller's; comes back with the response
    QString path;
    int fileDescriptor = -1;
    ConstBytes dataSet;
    qint64 expectedSizeBytes = -1; ///< of the file; differs: FileChanged. -1: not checked
    qint64 expectedMtimeNs = -1;   ///< likewise
    qint64 dataSetOffset = 0;      ///< in the file
    qint64 dataSetLength = 0;
    quint8 contextId = 0;
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    bool uidMustAppear = false; ///< the UID has to stand in the first bytes of the file's data set; else: FileChanged
    Priority priority = Priority::Medium;
    std::optional<MoveOriginator> moveOriginator;
};

/// How one request ended.
struct StoreResponse
{
    quint64 tag = 0;
    std::optional<quint16> status; ///< as the peer gave it; absent when there is an error
    std::optional<Error> error;    ///< why it was not sent: FileNotFound, FileUnreadable, FileChanged, InvalidArgument;
                                   ///< FileChanged also when the file was written to while it was on the wire
    QString errorComment;          ///< (0000,0902)
    QString offendingElement;      ///< (0000,0901) as text
    bool isPadded = false;         ///< the data set has an odd length and got a zero byte on its way
    bool otherInstanceNamed = false;       ///< the response names another SOP Instance than the request did
    qint64 bytesSent = 0;                  ///< of the data set, without padding
    std::chrono::microseconds duration{0}; ///< from the first byte to the response
};

/// Storage as SCU (PS3.4 Annex B, PS3.7 9.1.1), pipelined as the negotiated window allows. Data set bytes go from the
/// file to the socket as they are, through a bounded buffer or none. One thread at a time; calls block.
///
/// A data set of odd length, deflated or damaged, gets one zero byte at its end: fragments have to be of even length
/// (PS3.8 Annex E), and DCMTK, among others, aborts the association when they are not.
///
/// Use: prepare(next) while the one before is on the wire, submit(next), awaitResponse() when window() are outstanding.
/// After an error from submit() or awaitResponse() the association is over and what was outstanding has no outcome.
class StoreScu final
{
public:
    /// A peer that sets no limit gets this many requests at once: more brings nothing and costs a long list to resend.
    static constexpr int kMaxOutstanding = 64;

    explicit StoreScu(std::unique_ptr<Association> association);

    /// For sub-operations of C-GET on an @p association that stays the caller's and outlives this: one at a time,
    /// close() leaves it open. @p aside is told what comes instead of a response; true: it has dealt with it.
    StoreScu(Association& association, std::function<bool(const CommandSet&)> aside);
    ~StoreScu();
    Q_DISABLE_COPY_MOVE(StoreScu)

    [[nodiscard]] Association& association() { return *m_association; }

    /// How many requests may be outstanding, 1 to kMaxOutstanding.
    [[nodiscard]] int window() const { return m_window; }

    /// Sent, or failed alone, and not yet given by awaitResponse().
    [[nodiscard]] int outstanding() const { return static_cast<int>(m_outstanding.size() + m_failed.size()); }

    /// Opens and checks the file and reads what fits the buffer. A hint; errors show with the request's response.
    void prepare(const StoreRequest& request);

    /// Sends one instance. What is wrong with it alone becomes its response; an error ends the association.
    /// Errors: FileChanged when the file shrank after its first bytes had left, InvalidArgument when the window is
    /// full, and those of Association.
    [[nodiscard]] Result<> submit(const StoreRequest& request, const CancelToken& cancel);

    /// The next response, in the order the peer gives them; instances that failed alone come first. Blocks at most
    /// timeouts().response. Errors: ResponseTimeout, ProtocolError (unknown message id, not a C-STORE-RSP),
    /// InvalidArgument when nothing is outstanding, and those of Association.
    [[nodiscard]] Result<StoreResponse> awaitResponse(const CancelToken& cancel);

    /// Waits @p limit for something to come, and asks nothing of it. @return whether awaitResponse() has something to
    /// read; false, too, when @p cancel is pulled. Errors: ResponseTimeout when nothing came since the first such wait
    /// for timeouts().response, and those of Association.
    [[nodiscard]] Result<bool> awaitSign(std::chrono::milliseconds limit, const CancelToken& cancel);

    /// Releases when nothing is outstanding, else aborts.
    void close(const CancelToken& cancel = {});

private:
    struct Outstanding
    {
        quint16 messageId = 0;
        quint64 tag = 0;
        SopInstanceUid sopInstanceUid;
        qint64 bytesSent = 0;
        std::chrono::steady_clock::time_point begun;
        std::optional<Error> change; ///< of its file while it was on the wire
    };

    void load(StoreStage& stage, const StoreRequest& request);
    [[nodiscard]] Result<> failAlone(const StoreStage& stage);
    [[nodiscard]] Result<> send(StoreStage& stage, const CancelToken& cancel);
    [[nodiscard]] Result<> sendPart(StoreStage& stage, const CancelToken& cancel);
    [[nodiscard]] Result<> sendMapped(StoreStage& stage, const CancelToken& cancel);
    [[nodiscard]] Result<> sendFragment(StoreStage& stage, const CancelToken& cancel);
    [[nodiscard]] Result<> sendReady(StoreStage& stage, const CancelToken& cancel);
    [[nodiscard]] Result<std::optional<StoreResponse>> hearOne(const CancelToken& cancel);
    [[nodiscard]] Result<StoreResponse> match(const CommandSet& response);
    [[nodiscard]] tl::unexpected<Error> protocolError(const QString& detail);

    const std::unique_ptr<Association> m_own; ///< null: it is somebody else's
    Association* const m_association;
    const std::function<bool(const CommandSet&)> m_aside;
    int m_window = 1;
    std::unique_ptr<StoreStage> m_current;
    std::unique_ptr<StoreStage> m_ahead;
    std::deque<Outstanding> m_outstanding;
    std::deque<StoreResponse> m_failed;
    std::optional<Deadline> m_silence; ///< of awaitSign(), since something came last
    quint16 m_lastMessageId = 0;
};

} // namespace radpost::net
