#include "core/engine/ProofAsker.h"

#include "core/dicom/Identifier.h"
#include "core/engine/QueryClient.h"
#include "core/net/Acceptor.h"
#include "core/net/QueryOperation.h"

#include <QTest>

#include <atomic>
#include <mutex>

using namespace radpost;
using namespace radpost::engine;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace tag = dicom::tag;

namespace {

const StudyInstanceUid kStudy{"2.25.1"};
const SeriesInstanceUid kSeries{"2.25.1.7"};
const SopClassUid kCt{"1.2.840.10008.5.1.4.1.1.2"};

dicom::Identifier match(const QByteArray& study, const QByteArray& series, const QByteArray& instance)
{
    dicom::Identifier made;
    made.set(tag::kStudyInstanceUid, QString::fromLatin1(study));
    made.set(tag::kSeriesInstanceUid, QString::fromLatin1(series));
    made.set(tag::kSopInstanceUid, QString::fromLatin1(instance));
    made.set(tag::kSopClassUid, kCt.toString());
    return made;
}

/// Says what a test tells it to say to each C-FIND.
class Archive final : public net::FindHandler
{
public:
    Archive()
        : m_acceptor(settings(), nullptr)
    {
        if (!m_acceptor.start()) {
            qFatal("no port");
        }
    }
    ~Archive() override { m_acceptor.stop(); }
    Q_DISABLE_COPY_MOVE(Archive)

    std::vector<dicom::Identifier> matches;
    quint16 status = net::kStatusSuccess;
    std::atomic<int> asked = 0;

    [[nodiscard]] Result<ProofAsker::Instances> ask(
        const StudyInstanceUid& study = kStudy, const SeriesInstanceUid& series = kSeries)
    {
        config::Destination destination;
        destination.host = u"127.0.0.1"_s;
        destination.port = m_acceptor.port();
        destination.calledAeTitle = {"PACS"};
        return DimseProofAsker({"RADPOST"}, [] { return 1s; }).instances(destination, study, series, {});
    }

    Result<net::QueryReply> find(const net::QueryCall& call, net::QueryOperation& operation) override
    {
        ++asked;
        for (const auto& found : matches) {
            net::QueryReply reply;
            reply.status = net::kStatusPending;
            reply.identifier = *dicom::encodeIdentifier(found, call.context.transferSyntaxUid);
            if (auto said = operation.respond(reply); !said) {
                return fail(said.error());
            }
        }
        net::QueryReply end;
        end.status = status;
        return end;
    }

private:
    net::AcceptorSettings settings()
    {
        net::AcceptorSettings made;
        made.address = u"127.0.0.1"_s;
        made.port = 0;
        made.find = this;
        return made;
    }
    net::Acceptor m_acceptor;
};

} // namespace

/// What a destination answers to a query for proof, over the wire.
class TestProofAsker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsOfAnotherSeriesIsNotCounted()
    {
        Archive archive;
        archive.matches = {match("2.25.1", "2.25.1.7", "2.25.1.7.1"), match("2.25.1", "2.25.1.8", "2.25.1.8.1"),
            match("2.25.2", "2.25.1.7", "2.25.2.7.1"), match("", "", "2.25.1.7.2")};
        const auto found = archive.ask();
        QVERIFY(found);
        QCOMPARE(found->size(), 2);
        QVERIFY(found->contains({"2.25.1.7.1"}));
        QVERIFY(found->contains({"2.25.1.7.2"})); // a destination that does not send the keys back
    }

    void withoutAUidNobodyIsAsked()
    {
        Archive archive;
        archive.matches = {match("2.25.1", "2.25.1.7", "2.25.1.7.1")};
        QVERIFY(archive.ask(kStudy, {}).value().isEmpty());
        QVERIFY(archive.ask({}, kSeries).value().isEmpty());
        QCOMPARE(archive.asked.load(), 0);
    }

    void whatMayPassIsAskedAgain_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("mayPass");
        QTest::newRow("out of resources") << 0xA700 << true;
        QTest::newRow("unable to process") << 0xC001 << true;
        QTest::newRow("processing failure") << 0x0110 << true;
        QTest::newRow("cancelled by the peer") << 0xFE00 << true;
        QTest::newRow("identifier does not match the class") << 0xA900 << false;
        QTest::newRow("no such class") << 0x0122 << false;
        QTest::newRow("not authorised") << 0x0124 << false;
    }
    void whatMayPassIsAskedAgain()
    {
        QFETCH(int, status);
        QFETCH(bool, mayPass);
        Archive archive;
        archive.status = static_cast<quint16>(status);
        const auto found = archive.ask();
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::QueryFailed);
        QCOMPARE(found.error().retry == Retry::Later, mayPass);
    }
};

QTEST_GUILESS_MAIN(TestProofAsker)
#include "TestProofAsker.moc"
