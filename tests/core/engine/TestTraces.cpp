#include "tests/core/engine/EngineFixture.h"
#include "tests/support/FakeScp.h"

#include "core/dicom/SyntheticStudy.h"
#include "core/engine/Diagnosis.h"
#include "core/engine/Preflight.h"
#include "core/engine/QueryClient.h"

#include <QTest>

#include <algorithm>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

template <typename Content>
qint64 count(const std::vector<net::TraceRecord>& records)
{
    return std::count_if(records.begin(), records.end(),
        [](const auto& record) { return std::holds_alternative<Content>(record.content); });
}

std::vector<net::TraceRecord> recordsOf(Traces& traces)
{
    return traces.log(u"pacs"_s)->from(0, 10'000); // by name, whatever its case
}

qint64 commands(const std::vector<net::TraceRecord>& records, net::DimseCommand command)
{
    return std::count_if(records.begin(), records.end(), [command](const auto& record) {
        const auto* said = std::get_if<net::TraceCommand>(&record.content);
        return said != nullptr && said->command.is(command);
    });
}

} // namespace

class TestTraces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aQueryIsRecorded()
    {
        const FakeScp pacs([](FakePeer& peer, int) {
            if (peer.accept()) {
                peer.serve();
            }
        });
        Traces traces;
        traces.log(u"PACS"_s)->begin({});
        config::Destination to;
        to.name = u"PACS"_s;
        to.host = u"127.0.0.1"_s;
        to.port = pacs.port();
        to.calledAeTitle = {"PACS1"};
        FindParams params;
        params.keys.set(dicom::tag::kPatientName, u"WANG*"_s);
        QVERIFY(QueryClient(to, AeTitle{"RADPOST"}, &traces).find(params, [](const dicom::Identifier&) {}, {}));
        const auto records = recordsOf(traces);
        QCOMPARE(count<net::AssociateRq>(records), 1);
        QCOMPARE(commands(records, net::DimseCommand::CFindRq), 1);
        QCOMPARE(commands(records, net::DimseCommand::CFindRsp), 1);
        const auto before = records.size();
        QVERIFY(QueryClient(to, AeTitle{"RADPOST"}).find(params, [](const dicom::Identifier&) {}, {}));
        QCOMPARE(recordsOf(traces).size(), before); // nobody asked for it
    }

    void init()
    {
        m_fixture = std::make_unique<EngineFixture>();
        dicom::SyntheticParams made;
        made.folder = m_fixture->source();
        made.series = {{dicom::SyntheticKind::Ct, 3, 128, 128}};
        QVERIFY(dicom::makeSyntheticStudies(made, {}));
    }

    void aJobIsRecordedToTheLastByte()
    {
        const auto server = m_fixture->startServer();
        const auto traces = std::make_shared<Traces>();
        traces->log(u"PACS"_s)->begin({});
        auto params = m_fixture->params();
        params.traces = traces;
        auto engine = Engine::open(params);
        QVERIFY(engine);
        QVERIFY((*engine)->send(m_fixture->request({EngineFixture::destination(server->port())})));
        QVERIFY((*engine)->waitUntilAtRest(m_fixture->limit()));
        engine->reset(); // releases what is open
        const auto records = recordsOf(*traces);
        QCOMPARE(count<net::AssociateRq>(records), count<net::TraceAccepted>(records));
        QVERIFY(count<net::AssociateRq>(records) >= 1);
        QCOMPARE(commands(records, net::DimseCommand::CStoreRq), 3);
        QCOMPARE(commands(records, net::DimseCommand::CStoreRsp), 3);
        QVERIFY(count<net::TraceRelease>(records) >= 2);
        qint64 sent = 0;
        for (const auto& record : records) {
            const auto* data = std::get_if<net::TraceData>(&record.content);
            sent += data != nullptr ? data->bytes : 0;
        }
        qint64 expected = 0;
        for (const auto& path : filesBelow(m_fixture->received())) {
            expected += dataSet(path).size();
        }
        QVERIFY(expected > 0);
        QCOMPARE(sent, expected);
        QCOMPARE(count<net::TraceFault>(records), 0);
    }

    void anExaminationAndACheckAreRecordedToo()
    {
        const auto server = m_fixture->startServer();
        Traces traces;
        const auto to = EngineFixture::destination(server->port());
        QVERIFY(diagnose(to, {"RADPOST"}, usualContexts(), {}, traces, m_fixture->limit()));
        QVERIFY(recordsOf(traces).empty()); // off
        traces.log(u"PACS"_s)->begin({});
        QVERIFY(diagnose(to, {"RADPOST"}, usualContexts(), {}, traces, m_fixture->limit()));
        const auto records = recordsOf(traces);
        QCOMPARE(commands(records, net::DimseCommand::CEchoRq), 5);
        QCOMPARE(commands(records, net::DimseCommand::CEchoRsp), 5);
        const auto accepted = std::find_if(records.begin(), records.end(),
            [](const auto& record) { return std::holds_alternative<net::TraceAccepted>(record.content); });
        QVERIFY(accepted != records.end());
        QVERIFY(!std::get<net::TraceAccepted>(accepted->content).proposed.empty());
        traces.log(u"PACS"_s)->begin({});
        PatientNode patient;
        patient.studies.emplace_back().series.emplace_back().contexts = usualContexts();
        QVERIFY(preflight({patient}, to, {"RADPOST"}, traces, m_fixture->limit()));
        QVERIFY(count<net::TraceAccepted>(recordsOf(traces)) >= 1);
    }

    void aRejectionAnAbortAndANonsenseAreTold()
    {
        const FakeScp pacs([](FakePeer& peer, int connection) {
            switch (connection) {
            case 0:
                if (peer.readRequest()) {
                    peer.reject(1, 1, 7);
                }
                peer.drain();
                break;
            case 1:
                if (peer.accept()) {
                    (void)peer.readMessage();
                    peer.abort(2, 1);
                    peer.drain();
                }
                break;
            default:
                if (peer.readRequest()) {
                    peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
                    peer.drain();
                }
            }
        });
        Traces traces;
        const auto to = EngineFixture::destination(pacs.port());
        const auto examine = [&] {
            traces.log(u"PACS"_s)->begin({});
            (void)diagnose(to, {"RADPOST"}, {}, {}, traces, m_fixture->limit());
            return recordsOf(traces);
        };
        QCOMPARE(count<net::AssociateRj>(examine()), 1);
        QCOMPARE(count<net::Abort>(examine()), 1);
        const auto nonsense = examine();
        QCOMPARE(count<net::TraceFault>(nonsense), 1);
        QCOMPARE(count<net::TraceClosed>(nonsense), 1);
    }

private:
    std::unique_ptr<EngineFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestTraces)
#include "TestTraces.moc"
