#include "core/net/CommitmentScu.h"

#include "core/net/Acceptor.h"
#include "core/net/Socket.h"
#include "core/net/implementation.h"
#include "tests/support/FakeScp.h"

#include <QTest>

#include <condition_variable>
#include <mutex>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const SopReference kFirst{{"1.2.840.10008.5.1.4.1.1.2"}, {"2.25.1"}};
const SopReference kSecond{{"1.2.840.10008.5.1.4.1.1.2"}, {"2.25.2"}};
const CommitmentRequest kRequest{"2.25.9", {kFirst, kSecond}};

/// Remembers, and says what it is told to say.
class Handler final : public CommitmentHandler
{
public:
    quint16 status = kStatusSuccess;
    std::optional<CommitmentReport> due;

    quint16 request(const CommitmentRequest& request, const PeerInfo& peer) override
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
        m_caller = peer.callingAeTitle;
        return status;
    }
    std::optional<CommitmentReport> takeDue(const PeerInfo&) override
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(due, std::nullopt);
    }
    void answered(const QByteArray& uid, const PeerInfo&, std::optional<quint16> said) override
    {
        const std::lock_guard lock(m_mutex);
        m_answers.emplace_back(uid, said);
        m_changed.notify_all();
    }
    void gone(const PeerInfo&) override
    {
        const std::lock_guard lock(m_mutex);
        ++m_gone;
        m_changed.notify_all();
    }
    quint16 report(const CommitmentReport& report, const PeerInfo&) override
    {
        const std::lock_guard lock(m_mutex);
        m_reports.push_back(report);
        return status;
    }

    bool awaitAnswers(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 20s, [&] { return m_answers.size() >= count; });
    }

    bool awaitEnd()
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 20s, [&] { return m_gone > 0; });
    }

    int m_gone = 0;
    std::vector<CommitmentRequest> m_requests;
    std::vector<CommitmentReport> m_reports;
    std::vector<std::pair<QByteArray, std::optional<quint16>>> m_answers;
    QByteArray m_caller;

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

AcceptorSettings settingsFor(CommitmentHandler* handler)
{
    AcceptorSettings settings;
    settings.address = u"127.0.0.1"_s;
    settings.port = 0;
    settings.commitment = handler;
    return settings;
}

std::unique_ptr<Association> associate(quint16 port, RoleSelection role = askingRole())
{
    auto socket = Socket::connect(u"127.0.0.1"_s, port, Deadline(20s), {});
    if (!socket) {
        qFatal("no connection");
    }
    AssociateRq request;
    request.calledAeTitle = "ARCHIVE";
    request.callingAeTitle = "RADPOST";
    request.applicationContext = kDicomApplicationContext.toByteArray();
    request.contexts = {commitmentContext(1)};
    request.user.maxLength = 16384;
    request.user.implementationClassUid = kImplementationClassUid.toByteArray();
    request.user.roles = {std::move(role)};
    auto association = std::make_unique<Association>(*std::move(socket), Role::Requestor);
    if (!association->request(request, {})) {
        qFatal("no association");
    }
    return association;
}

CommitmentReport whole()
{
    return {"2.25.9", {kFirst, kSecond}, {}};
}

} // namespace

class TestCommitmentScu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theReportComesOnTheSameAssociation()
    {
        Handler handler;
        handler.due = CommitmentReport{"2.25.9", {kFirst}, {{kSecond, kReasonNoSuchObjectInstance}}};
        Acceptor acceptor(settingsFor(&handler), nullptr);
        QVERIFY(acceptor.start());
        const auto association = associate(acceptor.port());
        QCOMPARE(association->accepted().user.roles.size(), std::size_t(1));
        CommitmentScu scu(*association);
        std::vector<CommitmentReport> heard;
        const auto take = [&](const CommitmentReport& report) {
            heard.push_back(report);
            return kStatusSuccess;
        };
        QVERIFY(scu.request(kRequest, take, {}));
        const auto came = scu.awaitReport("2.25.9", 20s, take, {});
        QVERIFY2(came, qPrintable(came ? QString() : came.error().detail));
        QVERIFY(*came);
        QVERIFY(handler.m_requests == std::vector{kRequest});
        QCOMPARE(handler.m_caller, QByteArray("RADPOST"));
        QCOMPARE(heard.size(), std::size_t(1));
        QCOMPARE(heard.front().failed.front().reason, kReasonNoSuchObjectInstance);
        QVERIFY(handler.awaitAnswers(1));
        QVERIFY(handler.m_answers.front().second == kStatusSuccess);
        QVERIFY(association->release({}));
    }

    void whoGoesAwayIsNotToldHere()
    {
        Handler handler;
        handler.due = whole();
        Acceptor acceptor(settingsFor(&handler), nullptr);
        QVERIFY(acceptor.start());
        const auto association = associate(acceptor.port());
        QVERIFY(CommitmentScu(*association).request(kRequest, {}, {}));
        QVERIFY(association->release({}));
        acceptor.stop();
        QVERIFY(handler.due.has_value());
    }

    void aReportThatNobodyAnswersGoesBack()
    {
        Handler handler;
        handler.due = whole();
        Acceptor acceptor(settingsFor(&handler), nullptr);
        QVERIFY(acceptor.start());
        {
            const auto association = associate(acceptor.port());
            QVERIFY(CommitmentScu(*association).request(kRequest, {}, {}));
            QVERIFY(association->awaitInput(Deadline(20s), {}).value()); // the report is here, and is not answered
        }
        QVERIFY(handler.awaitAnswers(1));
        QVERIFY(!handler.m_answers.front().second.has_value());
    }

    void aReportOnAnotherAssociation()
    {
        Handler handler;
        Acceptor acceptor(settingsFor(&handler), nullptr);
        QVERIFY(acceptor.start());
        const auto association = associate(acceptor.port(), reportingRole());
        QVERIFY(association->accepted().user.roles == std::vector{reportingRole()});
        const auto status = CommitmentScu(*association).report(whole(), {});
        QVERIFY(status);
        QCOMPARE(*status, kStatusSuccess);
        QVERIFY(handler.m_reports == std::vector{whole()});
        QVERIFY(association->release({}));
    }

    void aRefusalSaysWhy()
    {
        Handler handler;
        handler.status = kStatusProcessingFailure;
        Acceptor acceptor(settingsFor(&handler), nullptr);
        QVERIFY(acceptor.start());
        const auto association = associate(acceptor.port());
        const auto asked = CommitmentScu(*association).request(kRequest, {}, {});
        QVERIFY(!asked);
        QCOMPARE(asked.error().code, ErrorCode::CommitmentRefused);
        QCOMPARE(asked.error().dimseStatus, std::optional<quint16>(0x0110));
        QCOMPARE(asked.error().retry, Retry::Later);
    }

    void withoutAHandlerTheOperationIsUnknown()
    {
        Acceptor acceptor(settingsFor(nullptr), nullptr);
        QVERIFY(acceptor.start());
        const auto association = associate(acceptor.port());
        QVERIFY(association->accepted().user.roles.empty());
        const auto asked = CommitmentScu(*association).request(kRequest, {}, {});
        QVERIFY(!asked);
        QCOMPARE(asked.error().dimseStatus, std::optional<quint16>(kStatusUnrecognizedOperation));
        QCOMPARE(asked.error().retry, Retry::AfterOperator);
    }

    void aPeerThatNeverReportsIsWaitedForSoLong()
    {
        Handler handler;
        Acceptor acceptor(settingsFor(&handler), nullptr);
        QVERIFY(acceptor.start());
        const auto association = associate(acceptor.port());
        CommitmentScu scu(*association);
        QVERIFY(scu.request(kRequest, {}, {}));
        const auto came = scu.awaitReport("2.25.9", 50ms, {}, {});
        QVERIFY(came);
        QVERIFY(!*came);
        QVERIFY(association->release({}));
        QVERIFY(handler.awaitEnd());
        QCOMPARE(handler.m_gone, 1);
    }

    void aPeerThatAnswersSomethingElseIsCutOff()
    {
        const FakeScp scp([](FakePeer& peer, int) {
            peer.accept();
            if (auto message = peer.readMessage()) {
                peer.respond(*message, {.status = 0, .messageId = 4711});
                peer.drain();
            }
        });
        const auto association = associate(scp.port());
        const auto asked = CommitmentScu(*association).request(kRequest, {}, {});
        QVERIFY(!asked);
        QCOMPARE(asked.error().code, ErrorCode::ProtocolError);
        QVERIFY(!association->isOpen());
    }
};

QTEST_GUILESS_MAIN(TestCommitmentScu)
#include "TestCommitmentScu.moc"
