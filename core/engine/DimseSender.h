#pragma once

#include "core/dicom/HeaderReader.h"
#include "core/dicom/SyntaxConverter.h"
#include "core/engine/DimseConnector.h"
#include "core/net/StoreScu.h"
#include "core/queue/Sender.h"

#include <deque>
#include <map>
#include <memory>
#include <vector>

namespace radpost::engine {

/// Where and with what uncompressed copies are made; each copy is removed when its response came.
struct CopyWorkshop
{
    dicom::DcmtkRuntime* runtime = nullptr; ///< outlives the senders
    QString folder;                         ///< made when the first copy is
};

/// queue::Sender over one DICOM association: C-STORE with the file's own transfer syntax where the peer takes it, with
/// an uncompressed copy where it does not and the destination allows it.
class DimseSender final : public queue::Sender
{
public:
    DimseSender(std::shared_ptr<DimseConnector> connector, const CopyWorkshop& workshop);

    /// Over an association that is open: for the sub-operations of a C-GET, on the contexts of @p plan as @p answer
    /// has them. open() and close() leave it as it is.
    DimseSender(std::unique_ptr<net::StoreScu> scu, net::ContextPlan plan, std::vector<net::AnsweredContext> answer,
        const CopyWorkshop& workshop);
    ~DimseSender() override;
    Q_DISABLE_COPY_MOVE(DimseSender)

    /// Goes with every request from now on.
    void setMoveOriginator(const net::MoveOriginator& originator) { m_originator = originator; }

    [[nodiscard]] Result<queue::SessionInfo> open(
        std::span<const queue::ContextNeed> needs, const CancelToken& cancel) override;
    [[nodiscard]] bool wasProposed(const queue::ContextNeed& need) const override;
    void prepare(const queue::SendItem& item) override;
    [[nodiscard]] Result<> submit(const queue::SendItem& item, const CancelToken& cancel) override;
    [[nodiscard]] Result<queue::SendOutcome> awaitOutcome(const CancelToken& cancel) override;
    void close() override;

    /// Waits @p limit for the destination to say something. @return whether awaitOutcome() may be called without a long
    /// wait. Errors: those of awaitOutcome().
    [[nodiscard]] Result<bool> awaitSign(std::chrono::milliseconds limit, const CancelToken& cancel);

private:
    /// What goes over the wire for one item: the file itself or a converted copy; or why nothing does.
    struct Plan
    {
        DeliveryId delivery;
        net::StoreRequest request;
        QString copy; ///< to be removed afterwards; empty: the file itself is sent
        QString note;
        std::optional<Error> error;
    };

    [[nodiscard]] net::ContextChoice choose(const queue::ContextNeed& need) const;
    [[nodiscard]] Plan makePlan(const queue::SendItem& item);
    [[nodiscard]] Plan takePlan(const queue::SendItem& item);
    void sendFile(const queue::SendItem& item, Plan& plan);
    void sendCopy(const queue::SendItem& item, const TransferSyntaxUid& target, Plan& plan);
    [[nodiscard]] Result<> checkSource(const queue::SendItem& item);
    [[nodiscard]] Result<> makeCopy(const queue::SendItem& item, const TransferSyntaxUid& target, Plan& plan);
    [[nodiscard]] queue::SendOutcome outcomeOf(const net::StoreResponse& response);
    void forgetCopy(qint64 delivery);

    std::shared_ptr<DimseConnector> m_connector; ///< null: the association is somebody else's
    const net::Conversion m_conversion;
    const CopyWorkshop m_workshop;
    std::optional<net::MoveOriginator> m_originator;
    dicom::HeaderReader m_reader;
    dicom::SyntaxConverter m_converter;
    CancelToken m_cancel; ///< of the latest call, for copies made ahead
    net::ContextPlan m_contextPlan;
    std::vector<net::AnsweredContext> m_answer;
    std::unique_ptr<net::StoreScu> m_scu;
    std::optional<Plan> m_prepared;
    std::map<qint64, Plan> m_copies; ///< by delivery: converted instances on the wire
    std::deque<queue::SendOutcome> m_failed;
};

/// Makes DimseSenders, and probes with C-ECHO.
class DimseSenderFactory final : public queue::SenderFactory
{
public:
    DimseSenderFactory(std::shared_ptr<DimseConnector> connector, CopyWorkshop workshop);

    [[nodiscard]] std::unique_ptr<queue::Sender> create() override;
    [[nodiscard]] Result<> probe(const CancelToken& cancel) override;
    [[nodiscard]] std::optional<Error> objectionTo(const queue::ContextNeed& need) const override;

private:
    std::shared_ptr<DimseConnector> m_connector;
    const CopyWorkshop m_workshop;
};

} // namespace radpost::engine
