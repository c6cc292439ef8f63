#include "core/config/ConfigParser.h"
#include "core/config/ConfigText.h"
#include "core/config/DestinationAddress.h"

#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray kFile = R"(# what we are
ae_title = "CT01" # on the label

# the old archive
[[destination]]
name = "OLD"
host = "old"
ae_title = "OLD"
[destination.tls]
mode = "bcp195" # since May

# the new one
[[destination]]
name = "NEW"
host = "new"
ae_title = "NEW"

# how we receive
[receive]
port = 2000
)";

Destination destination(const QString& name)
{
    Destination d;
    d.name = name;
    d.host = u"h"_s;
    d.calledAeTitle = {"AE"};
    return d;
}

} // namespace

class TestConfigText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreNotWritten()
    {
        QCOMPARE(destinationToToml(destination(u"A"_s)),
            "[[destination]]\nname = \"A\"\nhost = \"h\"\nport = 104\nae_title = \"AE\"\n"_ba);
    }

    void everythingComesBackFromTheFile()
    {
        auto d = destination(u"引号 \" and \\"_s);
        d.callingAeTitle = {"ME"};
        d.associations = 2;
        d.window = 4;
        d.maxPduBytes = 70000;
        d.bytesPerSecond = 1234567;
        d.hours = HoursWindow{QTime(1, 2), QTime(3, 4)};
        d.tls = {TlsMode::Bcp195, u"C:\\ca.pem"_s, u"c"_s, u"k"_s, false};
        d.userIdentity = {UserIdentityKind::Jwt, {}, u"file:/x"_s};
        d.timeouts.connect = 1234ms;
        d.retry.maxAttempts = 2;
        const auto parsed = parseConfig(destinationsToToml({d, destination(u"B"_s)}));
        QVERIFY(parsed.problems.empty());
        QVERIFY(parsed.config.destinations.front() == d);
        QCOMPARE(parsed.config.destinations.size(), 2U);
    }

    // Jobs keep their destination in this form, also one that was written out on the command line.
    void anAddressCanStandForAName()
    {
        const QString host = QString(253, u'h');
        const auto address = parseAddress(QString(u"tls://ABCDEFGHIJKLMNOP@"_s + host + u":65535"_s));
        QVERIFY(address.has_value());
        const auto parsed = parseConfig(destinationsToToml({*address}));
        QVERIFY(parsed.problems.empty());
        QVERIFY(parsed.config.destinations.front() == *address);
    }

    void addingKeepsEveryByteThatWasThere()
    {
        const auto edited = addDestination(kFile, destination(u"A"_s));
        QVERIFY(edited);
        QVERIFY(edited->startsWith(kFile));
        QCOMPARE(parseConfig(*edited).config.destinations.size(), 3U);
    }

    void addingToNothingWritesTheVersion()
    {
        QVERIFY(addDestination({}, destination(u"A"_s))->startsWith("version = 1\n"));
    }

    void addingANameTwiceIsRefused()
    {
        QCOMPARE(addDestination(kFile, destination(u"old"_s)).error().code, ErrorCode::DestinationDuplicate);
    }

    void removingTakesTheBlockAndItsTablesButNoOtherComment()
    {
        const auto edited = removeDestination(kFile, u"old"_s);
        QVERIFY(edited);
        QVERIFY(!edited->contains("OLD"));
        QVERIFY(!edited->contains("bcp195"));
        for (const char* kept : {"# what we are", "# on the label", "# the new one", "# how we receive"}) {
            QVERIFY2(edited->contains(kept), kept);
        }
    }

    void peersAreAddedAtTheEndAndSurviveTheRemovalOfADestination()
    {
        ServePeer peer;
        peer.name = u"CT in room 3"_s;
        peer.aeTitle = AeTitle{"CT3"};
        peer.addresses = QStringList{u"10.1.0.0/16"_s, u"::1"_s};
        const auto edited = addPeer(kFile, peer);
        QVERIFY(edited);
        QVERIFY(edited->startsWith(kFile));
        QVERIFY(parseConfig(*edited).config.peers == std::vector<ServePeer>{peer});
        const auto removed = removeDestination(*edited, u"old"_s);
        QVERIFY(removed);
        QVERIFY(parseConfig(*removed).config.peers == std::vector<ServePeer>{peer});
    }

    void commentsOfTheNextTableStayAlsoBeyondABlankLine()
    {
        const QByteArray toml = "[[peer]]\nae_title = \"A\"\n# of A\nname = \"a\"\n\n# what follows\n\n# in two parts\n"
                                "\n[[peer]]\nae_title = \"B\"\n";
        const auto removed = removePeer(toml, 0);
        QVERIFY(removed);
        QVERIFY2(removed->contains("# what follows\n\n# in two parts\n"), removed->constData());
        QVERIFY(!removed->contains("# of A"));
    }

    void grantingTouchesNothingButTheRights()
    {
        const QByteArray toml =
            "[[peer]]\nae_title = \"A\" # by the door\n# asked for by radiology\nquery = false # not yet\n"
            "\n# the next\n\n[[peer]]\nae_title = \"B\"\n";
        auto peer = parseConfig(toml).config.peers[0];
        peer.mayQuery = true;
        peer.mayRetrieve = true;
        const auto replaced = replacePeer(toml, 0, peer);
        QVERIFY(replaced);
        QVERIFY(parseConfig(*replaced).config.peers[0] == peer);
        for (const char* kept : {"# by the door", "# asked for by radiology", "# not yet", "# the next\n\n"}) {
            QVERIFY2(replaced->contains(kept), replaced->constData());
        }
        peer.mayQuery = false; // and back
        const auto taken = replacePeer(*replaced, 0, peer);
        QVERIFY(taken && parseConfig(*taken).config.peers[0] == peer);
    }

    void peersAreReplacedAndRemovedOneByOne()
    {
        const QByteArray toml =
            "# who\n[[peer]]\nname = \"A\" # first\nae_title = \"A\"\n\n# the other\n[[peer]]\nae_title = \"B\"\n"
            "\n[serve]\nport = 104\n";
        auto peer = parseConfig(toml).config.peers[1];
        peer.mayQuery = true;
        const auto replaced = replacePeer(toml, 1, peer);
        QVERIFY(replaced);
        QVERIFY(parseConfig(*replaced).config.peers[1] == peer);
        QVERIFY(replaced->contains("# first") && replaced->contains("# the other") && replaced->contains("port = 104"));
        const auto removed = removePeer(*replaced, 0);
        QVERIFY(removed);
        QVERIFY(parseConfig(*removed).config.peers == std::vector<ServePeer>{peer});
        QVERIFY(removed->startsWith("# who\n# the other\n"));
        QCOMPARE(removePeer(toml, 2).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(removePeer("peer = [{ ae_title = \"B\" }]\n", 0).error().code, ErrorCode::Unsupported);
    }

    void replacingLeavesTheNeighboursAlone()
    {
        const auto edited = replaceDestination(kFile, u"NEW"_s, destination(u"NEWER"_s));
        QVERIFY(edited);
        const auto config = parseConfig(*edited).config;
        QVERIFY(config.find(u"newer") != nullptr);
        QVERIFY(config.find(u"OLD") != nullptr);
        QCOMPARE(config.settings.receivePort, quint16(2000));
        QVERIFY(edited->contains("\n# how we receive\n[receive]"));
    }

    void replacingCannotTakeTheNameOfAnother()
    {
        QCOMPARE(
            replaceDestination(kFile, u"NEW"_s, destination(u"old"_s)).error().code, ErrorCode::DestinationDuplicate);
    }

    void aNameThatIsNotThereIsAnError()
    {
        QCOMPARE(removeDestination(kFile, u"X"_s).error().code, ErrorCode::DestinationNotFound);
        QCOMPARE(replaceDestination(kFile, u"X"_s, destination(u"X"_s)).error().code, ErrorCode::DestinationNotFound);
    }

    void aFileThatCannotBeEditedSafelyIsRefused_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::newRow("inline") << "destination = [{name=\"OLD\",host=\"h\",ae_title=\"A\"}]\n"_ba;
        QTest::newRow("a part after another table")
            << "[[destination]]\nname=\"OLD\"\nhost=\"h\"\nae_title=\"A\"\n[scan]\nthreads=1\n[destination.tls]\n"
               "mode=\"bcp195\"\n"_ba;
    }

    void aFileThatCannotBeEditedSafelyIsRefused()
    {
        QFETCH(QByteArray, toml);
        QVERIFY(parseConfig(toml).problems.empty());
        QCOMPARE(removeDestination(toml, u"OLD"_s).error().code, ErrorCode::Unsupported);
    }

    void aBadFileIsNotEdited()
    {
        QCOMPARE(addDestination("x = ", destination(u"A"_s)).error().code, ErrorCode::ConfigSyntax);
        QCOMPARE(removeDestination("x = 1", u"A"_s).error().code, ErrorCode::ConfigValue);
    }
};

QTEST_GUILESS_MAIN(TestConfigText)
#include "TestConfigText.moc"
