#include "core/net/PduTrace.h"
#include "core/net/framing.h"
#include "core/net/implementation.h"

#include <QRandomGenerator>
#include <QTest>

#include <array>

using namespace radpost;
using namespace radpost::net;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto kUser = "radiology-gateway"_ba;
const auto kPasscode = "open-sesame-42"_ba;
const auto kTicket = "server-ticket-77"_ba;

AssociateRq request()
{
    AssociateRq made;
    made.calledAeTitle = "PACS1";
    made.callingAeTitle = "CT01";
    made.applicationContext = kDicomApplicationContext.toByteArray();
    made.contexts = {{1, {"1.2.840.10008.5.1.4.1.1.2"}, {{"1.2.840.10008.1.2.1"}}}};
    made.user.maxLength = 16384;
    made.user.implementationClassUid = "1.2.3";
    made.user.identity = UserIdentityRq{UserIdentityType::UsernamePasscode, true, kUser, kPasscode};
    return made;
}

AssociateAc answer()
{
    AssociateAc made;
    made.calledAeTitle = "PACS1";
    made.callingAeTitle = "CT01";
    made.applicationContext = kDicomApplicationContext.toByteArray();
    made.contexts = {{1, kContextAccepted, {"1.2.840.10008.1.2.1"}}};
    made.user.maxLength = 0;
    made.user.implementationClassUid = "4.5.6";
    made.user.identityAnswer = UserIdentityAc{kTicket};
    return made;
}

CommandSet store()
{
    CommandSet command;
    command.commandField = static_cast<quint16>(DimseCommand::CStoreRq);
    command.messageId = 1;
    command.commandDataSetType = kHasDataSet;
    command.affectedSopClassUid = "1.2.840.10008.5.1.4.1.1.2";
    command.affectedSopInstanceUid = "1.2.826.1";
    return command;
}

/// A log that is on, and the trace of one association.
struct Recording
{
    explicit Recording(const TraceLimits& limits = {}) { log->begin(limits); }

    void send(const Bytes& bytes, qint64 more = 0)
    {
        const std::array<ConstBytes, 1> parts{bytes};
        trace.sent(parts, more);
    }
    void hear(PduType type, ConstBytes body)
    {
        Incoming said;
        said.pduType = static_cast<quint8>(type);
        said.bytes = body;
        trace.heard(said);
    }
    [[nodiscard]] std::vector<TraceRecord> records() const { return log->from(0, 1000); }
    template <typename Content>
    [[nodiscard]] const Content* last() const
    {
        m_last = records().back();
        return std::get_if<Content>(&m_last.content);
    }

    std::shared_ptr<TraceLog> log = std::make_shared<TraceLog>();
    PduTrace trace{log, u"127.0.0.1:104"_s};

private:
    mutable TraceRecord m_last;
};

ConstBytes bodyOf(const Bytes& pdu)
{
    return ConstBytes(pdu).subspan(kPduHeaderSize);
}

Bytes dataPdu(quint8 contextId, bool isLast, std::size_t size, char fill)
{
    Bytes made(kDataHeaderSize + size, std::byte(fill));
    writeDataHeader(made.data(), contextId, false, isLast, static_cast<quint32>(size));
    return made;
}

/// Every byte of what is kept, as far as it is text.
QByteArray allText(const std::vector<TraceRecord>& records)
{
    QByteArray text;
    const auto addUser = [&text](const UserInformation& user) {
        text += user.implementationClassUid + user.implementationVersionName;
        text += user.identity ? user.identity->primary + user.identity->secondary : QByteArray();
        text += user.identityAnswer ? user.identityAnswer->serverResponse : QByteArray();
    };
    for (const auto& record : records) {
        if (const auto* asked = std::get_if<AssociateRq>(&record.content)) {
            text += asked->calledAeTitle + asked->callingAeTitle;
            addUser(asked->user);
        } else if (const auto* answered = std::get_if<TraceAccepted>(&record.content)) {
            addUser(answered->answer.user);
        } else if (const auto* command = std::get_if<TraceCommand>(&record.content)) {
            text += command->command.affectedSopInstanceUid + command->command.errorComment;
        } else if (const auto* fault = std::get_if<TraceFault>(&record.content)) {
            text += fault->detail.toUtf8();
        }
    }
    return text;
}

} // namespace

class TestPduTrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAssociationIsToldPduByPdu()
    {
        Recording it;
        it.send(*encode(request()));
        const auto asked = request();
        QCOMPARE(it.last<AssociateRq>()->calledAeTitle, asked.calledAeTitle);
        QCOMPARE(it.last<AssociateRq>()->contexts, asked.contexts);
        it.hear(PduType::AssociateAc, bodyOf(*encode(answer())));
        QCOMPARE(it.last<TraceAccepted>()->answer.contexts, answer().contexts);
        QCOMPARE(it.last<TraceAccepted>()->proposed, asked.contexts);
        it.hear(PduType::AssociateRj, bodyOf(encode(AssociateRj{1, 1, 7})));
        QCOMPARE(*it.last<AssociateRj>(), (AssociateRj{1, 1, 7}));
        it.send(encodeReleaseRq());
        QCOMPARE(*it.last<TraceRelease>(), TraceRelease{false});
        it.hear(PduType::ReleaseRp, bodyOf(encodeReleaseRp()));
        QCOMPARE(*it.last<TraceRelease>(), TraceRelease{true});
        it.hear(PduType::Abort, bodyOf(encode(Abort{2, 6})));
        QCOMPARE(*it.last<Abort>(), (Abort{2, 6}));
        it.trace.closed();
        it.trace.closed();
        const auto records = it.records();
        QCOMPARE(records.size(), 8U);
        QVERIFY(std::holds_alternative<TraceOpened>(records.front().content));
        QCOMPARE(records[1].direction, TraceDirection::Sent);
        QCOMPARE(records[2].direction, TraceDirection::Heard);
        QVERIFY(std::holds_alternative<TraceClosed>(records.back().content));
    }

    void noSecretIsKept()
    {
        Recording it;
        it.send(*encode(request()));
        QCOMPARE(it.last<AssociateRq>()->user.identity->type, UserIdentityType::UsernamePasscode);
        it.hear(PduType::AssociateAc, bodyOf(*encode(answer())));
        QVERIFY(it.last<TraceAccepted>()->answer.user.identityAnswer);
        // Cut short, it cannot be decoded: also then nothing of it is kept.
        const auto whole = *encode(request());
        for (std::size_t length = 0; length < whole.size() - kPduHeaderSize; ++length) {
            it.hear(PduType::AssociateRq, bodyOf(whole).first(length));
        }
        const auto text = allText(it.records());
        QVERIFY(text.contains("PACS1"));
        for (const auto& secret : {kUser, kPasscode, kTicket}) {
            QVERIFY2(!text.contains(secret), secret.constData());
        }
    }

    void aMessageIsACommandInWordsAndALength()
    {
        Recording it;
        Bytes command;
        encodeCommand(store(), command);
        Bytes bytes;
        appendFramed(bytes, 1, true, command, 40); // in several PDUs
        const auto first = dataPdu(1, false, 1000, 'x');
        const auto second = dataPdu(1, true, 500, 'x');
        const std::array<ConstBytes, 3> parts{bytes, first, second};
        it.trace.sent(parts);
        const auto records = it.records();
        QCOMPARE(records.size(), 3U);
        QCOMPARE(std::get<TraceCommand>(records[1].content).command, store());
        QCOMPARE(std::get<TraceData>(records[2].content), (TraceData{1, 2, 1500, true}));
    }

    void bytesOfAFileAreCountedThoughTheyAreNotThere()
    {
        Recording it;
        Bytes header(kDataHeaderSize);
        writeDataHeader(header.data(), 3, false, true, 70'000);
        it.send(header, 70'000);
        QCOMPARE(*it.last<TraceData>(), (TraceData{3, 1, 70'000, true}));
        it.send(header, 69'999); // what does not add up is told, not guessed
        QVERIFY(it.last<TraceFault>() != nullptr);
    }

    void whatIsHeardIsToldTheSame()
    {
        Recording it;
        Bytes command;
        encodeCommand(responseTo(store(), 0xA900), command);
        Incoming said;
        said.kind = Incoming::Kind::Command;
        said.contextId = 1;
        said.bytes = command;
        it.trace.heard(said);
        QCOMPARE(it.last<TraceCommand>()->command.status, quint16(0xA900));
        const Bytes some(300);
        const std::array<ConstBytes, 2> pieces{ConstBytes(some).first(100), ConstBytes(some)};
        said.kind = Incoming::Kind::Data;
        said.isLast = true;
        said.parts = pieces;
        it.trace.heard(said);
        QCOMPARE(*it.last<TraceData>(), (TraceData{1, 2, 400, true}));
    }

    void whatCannotBeReadIsToldWithoutItsBytes()
    {
        Recording it;
        const auto secret = "PATIENT^NAME"_ba;
        for (int type = 0; type < 256; ++type) {
            it.hear(static_cast<PduType>(type), asBytes(secret));
        }
        Incoming said;
        said.kind = Incoming::Kind::Command;
        said.bytes = asBytes(secret);
        it.trace.heard(said);
        QVERIFY(it.last<TraceFault>() != nullptr);
        it.trace.broken(makeError(ErrorCode::ProtocolError, u"unexpected PDU"_s));
        QCOMPARE(it.last<TraceFault>()->detail, u"unexpected PDU"_s);
        QVERIFY(!allText(it.records()).contains("PATIENT"));
    }

    void anyBytesAreBorne()
    {
        auto& random = *QRandomGenerator::global();
        const auto good = *encode(request());
        for (int round = 0; round < 2000; ++round) {
            Recording it;
            auto bytes = good;
            for (int i = 0; i < 8; ++i) {
                bytes[static_cast<std::size_t>(random.bounded(static_cast<int>(bytes.size())))] =
                    std::byte(random.bounded(256));
            }
            it.send(bytes, random.bounded(100));
            it.hear(PduType::AssociateAc, bodyOf(bytes));
            QVERIFY(it.records().size() >= 2);
        }
    }

    void nothingIsKeptWhileItIsOff()
    {
        auto log = std::make_shared<TraceLog>();
        PduTrace trace(log, u"127.0.0.1:104"_s);
        const auto pdu = encodeReleaseRq();
        const std::array<ConstBytes, 1> parts{pdu};
        trace.sent(parts);
        QCOMPARE(log->from(0, 10).size(), 0U);
        QCOMPARE(log->standing().state, TraceLog::State::Never);
        log->begin({});
        trace.sent(parts); // an association that was open before
        const auto records = log->from(0, 10);
        QCOMPARE(records.size(), 2U);
        QVERIFY(std::holds_alternative<TraceOpened>(records[0].content));
        log->end();
        trace.sent(parts);
        QCOMPARE(log->from(0, 10).size(), 2U);
        QCOMPARE(log->standing().state, TraceLog::State::Ended);
    }

    void timeEndsIt()
    {
        Recording it({0ms});
        it.send(encodeReleaseRq());
        QVERIFY(it.records().empty());
        QVERIFY(!it.log->isOn());
        QCOMPARE(it.log->standing().state, TraceLog::State::TimeUp);
    }

    void sizeEndsIt_data()
    {
        QTest::addColumn<int>("records");
        QTest::addColumn<int>("bytes");
        QTest::newRow("number") << 10 << (8 << 20);
        QTest::newRow("bytes") << 1000 << 4096;
    }

    void sizeEndsIt()
    {
        QFETCH(int, records);
        QFETCH(int, bytes);
        Recording it({10min, static_cast<std::size_t>(records), bytes});
        for (int i = 0; i < 1000; ++i) {
            it.send(*encode(request()));
        }
        QCOMPARE(it.log->standing().state, TraceLog::State::TooLong);
        QVERIFY(it.records().size() <= 10);
        QVERIFY(it.records().size() > 5);
        it.log->begin({}); // what was there gives way, and numbers go on
        QVERIFY(it.records().empty());
        it.send(encodeReleaseRq());
        QVERIFY(it.records().front().number > 5);
    }
};

QTEST_GUILESS_MAIN(TestPduTrace)
#include "TestPduTrace.moc"
