#include "core/config/ConfigParser.h"

#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray kMinimal = "[[destination]]\nname = \"A\"\nhost = \"pacs\"\nae_title = \"PACS1\"\n";

} // namespace

class TestConfigParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyFileIsAllDefaults()
    {
        const auto parsed = parseConfig({});
        QVERIFY(parsed.problems.empty());
        QVERIFY(parsed.config == Config());
    }

    void everySettingIsRead()
    {
        const auto parsed = parseConfig(R"(version = 1
ae_title = "CT01"
language = "zh_CN"
theme = "dark"
when_closed = "quit"
data_folder = "/data"
scan = { threads = 3, temporary_folder = "/tmp/x" }
[send]
max_associations = 2
[ledger]
keep_days = 90
[privacy]
lock_masking = true
mask_receipts = true
[receive]
mode = "folder"
port = 2000
ae_title = "IN"
folder = "/in"
max_pdu = 32768
max_associations = 5
durability = "process"
)");
        QVERIFY(parsed.problems.empty());
        const Settings expected{{"CT01"}, u"zh_CN"_s, Theme::Dark, WhenClosed::Quit, u"/data"_s, 3, u"/tmp/x"_s, 2, 90,
            true, true, ReceiveMode::Folder, 2000, {"IN"}, u"/in"_s, 32768, 5, ReceiveDurability::Process};
        QVERIFY(parsed.config.settings == expected);
    }

    void everyMemberOfTheGatewayIsRead()
    {
        const auto parsed = parseConfig(R"([serve]
address = "10.0.0.1"
port = 104
ae_title = "GATE"
spool_folder = "/spool"
durability = "process"
duplicates = "keep-first"
access = "anyone"
learn = false
max_pdu = "64 KiB"
max_associations = 10
max_associations_per_address = 5
max_associations_per_ae_title = 3
disk_reserve = "20 GB"
quota = "1 GiB"
sop_classes = ["1.2.840.10008.5.1.4.1.1.2", "1.2.3"]
transfer_syntaxes = "1.2.840.10008.1.2"
pause = "1min"
drain = "0s"
keep = "12h"
[[listener]]
[[listener]]
address = "::1"
port = 2762
ae_title = "SAFE"
tls = { mode = "bcp195", required = false, certificate_file = "c", key_file = "k", ca_file = "a", client_certificate = "optional" }
[[peer]]
name = "CT"
ae_title = "CT1"
address = ["10.0.0.0/8", "fd00::1"]
certificate = "CN=ct1"
[[watch]]
name = "inbox"
folder = "/in"
after = "move"
moved_folder = "/done"
junk_folder = "/junk"
calling_ae_title = "FILES"
settle = "1s"
interval = "5s"
)");
        for (const auto& problem : parsed.problems) {
            qWarning() << problem.toError().detail;
        }
        QVERIFY(parsed.problems.empty());
        ServeSettings serve{u"10.0.0.1"_s, 104, {"GATE"}, u"/spool"_s, ReceiveDurability::Process,
            DuplicateRule::KeepFirst, ServeAccess::Anyone, false, 65536, 10, 5, 3, 20'000'000'000, qint64(1) << 30,
            {u"1.2.840.10008.5.1.4.1.1.2"_s, u"1.2.3"_s}, {u"1.2.840.10008.1.2"_s}, std::chrono::minutes(1),
            std::chrono::milliseconds(0), std::chrono::hours(12)};
        QVERIFY(parsed.config.settings.serve == serve);
        const WatchSettings watch{u"inbox"_s, u"/in"_s, AfterWatching::Move, u"/done"_s, u"/junk"_s, {"FILES"},
            std::chrono::seconds(1), std::chrono::seconds(5)};
        QVERIFY(parsed.config.watches == std::vector<WatchSettings>{watch});
        const ServeListener listener{
            u"::1"_s, 2762, {"SAFE"}, TlsMode::Bcp195, false, u"c"_s, u"k"_s, u"a"_s, ClientCertificate::Optional};
        QVERIFY((parsed.config.listeners == std::vector<ServeListener>{{}, listener}));
        const ServePeer peer{u"CT"_s, {"CT1"}, {u"10.0.0.0/8"_s, u"fd00::1"_s}, u"CN=ct1"_s};
        QVERIFY(parsed.config.peers == std::vector<ServePeer>{peer});
    }

    void faultsOfTheGatewayAreNamed_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QString>("key");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, const char* toml, const QString& key, ProblemKind kind) {
            QTest::newRow(name) << QByteArray(toml) << key << int(kind);
        };
        row("range", "[[peer]]\naddress = '10.0.0.0/33'", u"peer.address"_s, ProblemKind::BadValue);
        row("name for address", "[[peer]]\naddress = 'ct1.local'", u"peer.address"_s, ProblemKind::BadValue);
        row("anybody", "[[peer]]\nname = 'x'", u"peer.ae_title"_s, ProblemKind::Missing);
        row("unknown", "[[peer]]\nae_title = 'x'\ncolour = 1", u"peer.colour"_s, ProblemKind::UnknownKey);
        row("no folder", "[[watch]]\nname = 'x'", u"watch.folder"_s, ProblemKind::Missing);
        row("nowhere to move", "[[watch]]\nname = 'x'\nfolder = '/in'\nafter = 'move'", u"watch.moved_folder"_s,
            ProblemKind::Missing);
        row("one name twice", "[[watch]]\nname = 'x'\nfolder = '/a'\n[[watch]]\nname = 'X'\nfolder = '/b'",
            u"watch.name"_s, ProblemKind::DuplicateName);
        row("port, no title", "[[peer]]\naddress = '10.1.2.3'\nport = 104", u"peer.ae_title"_s, ProblemKind::Missing);
        row("port, no address", "[[peer]]\nae_title = 'x'\nport = 104", u"peer.address"_s, ProblemKind::Missing);
        row("port of a range", "[[peer]]\nae_title = 'x'\naddress = '10.0.0.0/8'\nport = 104", u"peer.address"_s,
            ProblemKind::Missing);
        row("query timeout", "[serve]\nquery_timeout = \"2h\"", u"serve.query_timeout"_s, ProblemKind::BadValue);
        row("query limit", "[serve]\nquery_limit = 0", u"serve.query_limit"_s, ProblemKind::BadValue);
        row("no table", "peer = 'x'", u"peer"_s, ProblemKind::BadValue);
        row("no array", "[listener]\nport = 1", u"listener"_s, ProblemKind::BadValue);
        row("no certificate", "[[listener]]\ntls.mode = 'bcp195'", u"listener.tls.certificate_file"_s,
            ProblemKind::Missing);
        row("no CA", "[[listener]]\ntls = { mode = 'bcp195', certificate_file = 'c', client_certificate = 'required' }",
            u"listener.tls.ca_file"_s, ProblemKind::Missing);
        row("uid", "[serve]\nsop_classes = ['CTImageStorage']", u"serve.sop_classes"_s, ProblemKind::BadValue);
        row("mixed list", "[serve]\nsop_classes = ['1.2', 3]", u"serve.sop_classes"_s, ProblemKind::BadValue);
        row("quota", "[serve]\nquota = 0", u"serve.quota"_s, ProblemKind::BadValue);
    }

    void faultsOfTheGatewayAreNamed()
    {
        QFETCH(QByteArray, toml);
        QFETCH(QString, key);
        QFETCH(int, kind);
        const auto parsed = parseConfig(toml);
        QCOMPARE(parsed.problems.size(), 1U);
        QCOMPARE(parsed.problems[0].key, key);
        QCOMPARE(int(parsed.problems[0].kind), kind);
        QVERIFY(parsed.problems[0].line > 0);
    }

    void everyMemberOfADestinationIsRead()
    {
        const auto parsed = parseConfig(R"([[destination]]
name = "主 PACS"
host = "fe80::1"
port = 2762
ae_title = " PACS1 "
calling_ae_title = "ME"
associations = 4
max_associations = 6
window = 16
max_pdu = "64 KiB"
syntax_policy = "as-is"
rate_limit = "100 Mbit/s"
hours = "22:00-06:30"
tls = { mode = "bcp195-modified", ca_file = "ca", certificate_file = "c", key_file = "k", verify_host = false }
user_identity = { kind = "username-passcode", user = "u", secret = "env:X" }
timeouts = { connect = "1.5s", tls_handshake = "2s", association = "3s", stall = "4min", response = "1h", release = "500ms" }
retry = { max_attempts = 3, first_delay = "1s", max_delay = "1d" }
)");
        for (const auto& problem : parsed.problems) {
            qWarning() << problem.toError().detail;
        }
        QCOMPARE(parsed.config.destinations.size(), 1U);
        Destination d;
        d.name = u"主 PACS"_s;
        d.host = u"fe80::1"_s;
        d.port = 2762;
        d.calledAeTitle = {"PACS1"};
        d.callingAeTitle = {"ME"};
        d.tls = {TlsMode::Bcp195Modified, u"ca"_s, u"c"_s, u"k"_s, false};
        d.userIdentity = {UserIdentityKind::UsernamePasscode, u"u"_s, u"env:X"_s};
        d.associations = 4;
        d.maxAssociations = 6;
        d.window = 16;
        d.maxPduBytes = 65536;
        d.syntaxPolicy = SyntaxPolicy::AsIsOnly;
        d.bytesPerSecond = 12'500'000;
        d.hours = HoursWindow{QTime(22, 0), QTime(6, 30)};
        d.timeouts = {1500ms, 2s, 3s, 4min, 1h, 500ms};
        d.retry = {3, 1s, 24h};
        QVERIFY(parsed.config.destinations.front() == d);
    }

    void wordsStandForZero()
    {
        const auto parsed = parseConfig(
            kMinimal + "associations = \"auto\"\nwindow = \"unlimited\"\nrate_limit = \"unlimited\"\nhours = \"\"\n");
        QVERIFY(parsed.problems.empty());
        const auto& destination = parsed.config.destinations.front();
        QCOMPARE(destination.associations, 0);
        QCOMPARE(destination.window, 0);
        QCOMPARE(destination.bytesPerSecond, 0);
        QVERIFY(!destination.hours);
    }

    void aFaultSaysWhatAndWhere_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<ProblemKind>("kind");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("key");
        const auto fault = [](const char* name, const QByteArray& toml, ProblemKind kind, int line, int column,
                               const QString& key) { QTest::newRow(name) << toml << kind << line << column << key; };
        const auto bad = ProblemKind::BadValue;
        const auto unknown = ProblemKind::UnknownKey;
        const auto syntax = ProblemKind::Syntax;
        const auto inDestination = [](const char* line) -> QByteArray { return kMinimal + line; };

        fault("not TOML", "ae_title = ", syntax, 1, 12, {});
        fault("unclosed text", "a = \"x\n", syntax, 1, 7, {});
        fault("the same key twice", "ae_title = \"A\"\nae_title = \"B\"\n", syntax, 2, 12, {});
        fault("not UTF-8", "ae_title = \"\xff\"\n", syntax, 1, 12, {});
        fault("newer version", "\nversion = 2\n", ProblemKind::NewerVersion, 2, 11, u"version"_s);
        fault("version zero", "version = 0\n", bad, 1, 11, u"version"_s);
        fault("version as text", "version = \"1\"\n", bad, 1, 11, u"version"_s);
        fault("unknown key", "colour = 1\n", unknown, 1, 10, u"colour"_s);
        fault("unknown table", "[web]\nport = 1\n", unknown, 2, 8, u"web.port"_s);
        fault("deep unknown table", "[scan.a.b]\nc = 1\n", unknown, 1, 1, u"scan.a"_s);
        fault("a table where a value belongs", "[ae_title]\nx = 1\n", unknown, 2, 5, u"ae_title.x"_s);
        fault("a value where a table belongs", "scan = 1\n", unknown, 1, 8, u"scan"_s);
        fault("AE title too long", "ae_title = \"ABCDEFGHIJKLMNOPQ\"\n", bad, 1, 12, u"ae_title"_s);
        fault("AE title of spaces", "ae_title = \"   \"\n", bad, 1, 12, u"ae_title"_s);
        fault("AE title with backslash", "ae_title = 'A\\B'\n", bad, 1, 12, u"ae_title"_s);
        fault("AE title not ASCII", "ae_title = \"影像\"\n", bad, 1, 12, u"ae_title"_s);
        fault("AE title empty", "ae_title = \"\"\n", bad, 1, 12, u"ae_title"_s);
        fault("language", "language = \"fr\"\n", bad, 1, 12, u"language"_s);
        fault("threads below", "[scan]\nthreads = 0\n", bad, 2, 11, u"scan.threads"_s);
        fault("threads above", "[scan]\nthreads = 65\n", bad, 2, 11, u"scan.threads"_s);
        fault("port zero", "receive.port = 0\n", bad, 1, 16, u"receive.port"_s);
        fault("port above", "receive.port = 65536\n", bad, 1, 16, u"receive.port"_s);
        fault("port as text", "receive.port = \"104\"\n", bad, 1, 16, u"receive.port"_s);
        fault("port as float", "receive.port = 104.0\n", bad, 1, 16, u"receive.port"_s);
        fault("durability", "receive.durability = \"some\"\n", bad, 1, 22, u"receive.durability"_s);
        fault("PDU too small", "receive.max_pdu = 100\n", bad, 1, 19, u"receive.max_pdu"_s);
        fault("PDU too large", "receive.max_pdu = \"1 GiB\"\n", bad, 1, 19, u"receive.max_pdu"_s);
        fault("size without number", "receive.max_pdu = \"MiB\"\n", bad, 1, 19, u"receive.max_pdu"_s);
        fault("control character", "data_folder = \"a\\u0007\"\n", bad, 1, 15, u"data_folder"_s);

        fault("destination as a table", "[destination]\nname = \"A\"\n", bad, 1, 1, u"destination"_s);
        fault("destination as a value", "destination = 1\n", bad, 1, 15, u"destination"_s);
        fault("destination as numbers", "destination = [1]\n", bad, 1, 15, u"destination"_s);
        fault("no name", "[[destination]]\nhost = \"h\"\nae_title = \"A\"\n", ProblemKind::Missing, 1, 1,
            u"destination.name"_s);
        fault("no host", "[[destination]]\nname = \"h\"\nae_title = \"A\"\n", ProblemKind::Missing, 1, 1,
            u"destination.host"_s);
        fault("no AE title", "[[destination]]\nname = \"h\"\nhost = \"A\"\n", ProblemKind::Missing, 1, 1,
            u"destination.ae_title"_s);
        fault("name twice", kMinimal + QByteArray(kMinimal).replace("\"A\"", "\"a\""), ProblemKind::DuplicateName, 6, 8,
            u"destination.name"_s);
        fault("name with a dash first", "[[destination]]\nname = \"-A\"\nhost = \"h\"\nae_title = \"A\"\n", bad, 2, 8,
            u"destination.name"_s);
        fault("host with space", "[[destination]]\nname = \"A\"\nhost = \"a b\"\nae_title = \"A\"\n", bad, 3, 8,
            u"destination.host"_s);
        for (const char* host : {"12345", "1.2.3", "10.1.2.3.4", "10.1.2.256", "010.1.2.3", "10.1.2.3.", "...",
                 "0x7f000001", "0xA.1.2.3", "127.0x1", "pacs.7", "10.1.2.3:104", "pacs:104", "1:2"}) {
            fault(host, QByteArray("[[destination]]\nname = \"A\"\nhost = \"") + host + "\"\nae_title = \"A\"\n", bad,
                3, 8, u"destination.host"_s);
        }
        fault("negative port", inDestination("port = -1\n"), bad, 5, 8, u"destination.port"_s);
        fault("unknown key", inDestination("prot = 1\n"), unknown, 5, 8, u"destination.prot"_s);
        fault("unknown TLS key", inDestination("tls.mod = \"off\"\n"), unknown, 5, 11, u"destination.tls.mod"_s);
        fault("TLS mode", inDestination("tls.mode = \"ssl3\"\n"), bad, 5, 12, u"destination.tls.mode"_s);
        fault("duration without unit", inDestination("timeouts.connect = \"30\"\n"), bad, 5, 20,
            u"destination.timeouts.connect"_s);
        fault("duration as number", inDestination("timeouts.connect = 30\n"), bad, 5, 20,
            u"destination.timeouts.connect"_s);
        fault("duration negative", inDestination("timeouts.connect = \"-1s\"\n"), bad, 5, 20,
            u"destination.timeouts.connect"_s);
        fault("rate without /s", inDestination("rate_limit = \"20 MiB\"\n"), bad, 5, 14, u"destination.rate_limit"_s);
        fault("rate zero", inDestination("rate_limit = \"0 MiB/s\"\n"), bad, 5, 14, u"destination.rate_limit"_s);
        fault("hours", inDestination("hours = \"25:00-06:00\"\n"), bad, 5, 9, u"destination.hours"_s);
        fault("hours of no length", inDestination("hours = \"06:00-06:00\"\n"), bad, 5, 9, u"destination.hours"_s);
        fault("a secret in clear", inDestination("user_identity.secret = \"hunter2\"\n"), bad, 5, 24,
            u"destination.user_identity.secret"_s);
        fault("identity without user", inDestination("user_identity.kind = \"username\"\n"), ProblemKind::Missing, 1, 1,
            u"destination.user_identity.user"_s);
        fault("identity without secret", inDestination("user_identity.kind = \"jwt\"\n"), ProblemKind::Missing, 1, 1,
            u"destination.user_identity.secret"_s);
        fault("certificate without key", inDestination("tls.certificate_file = \"c\"\n"), ProblemKind::Contradiction, 1,
            1, u"destination.tls.key_file"_s);
        fault("first delay above last", inDestination("retry = { first_delay = \"2s\", max_delay = \"1s\" }\n"),
            ProblemKind::Contradiction, 1, 1, u"destination.retry.first_delay"_s);
    }

    void aFaultSaysWhatAndWhere()
    {
        QFETCH(QByteArray, toml);
        QFETCH(ProblemKind, kind);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(QString, key);
        const auto parsed = parseConfig(toml, u"f.toml"_s);
        QCOMPARE(parsed.problems.size(), 1U);
        const auto& problem = parsed.problems.front();
        QCOMPARE(problem.kind, kind);
        QCOMPARE(problem.key, key);
        QCOMPARE(problem.line, line);
        QCOMPARE(problem.column, column);
        QVERIFY(!problem.detail.isEmpty());
        QCOMPARE(problem.expectation.has_value(), kind == ProblemKind::BadValue && key != u"destination");
        const auto error = problem.toError();
        QCOMPARE(error.code, kind == ProblemKind::Syntax ? ErrorCode::ConfigSyntax : ErrorCode::ConfigValue);
        QVERIFY2(error.detail.startsWith(u"f.toml:%1:%2: "_s.arg(line).arg(column)), qPrintable(error.detail));
    }

    void aSecretInClearIsNotRepeated()
    {
        const auto parsed = parseConfig(kMinimal + "user_identity.secret = \"hunter2\"\n");
        QVERIFY(!parsed.problems.front().toError().detail.contains(u"hunter2"));
    }

    void allFaultsAreReportedInTheOrderOfTheFile()
    {
        const auto parsed = parseConfig("a = 1\n[[destination]]\nport = 0\nhosts = 1\n");
        QList<int> lines;
        for (const auto& problem : parsed.problems) {
            lines.append(problem.line);
        }
        QCOMPARE(lines, QList<int>({1, 3, 4}));
    }

    void aHugeFileIsRefusedUnread()
    {
        const auto parsed = parseConfig(QByteArray((4 << 20) + 1, '\n'), u"f"_s);
        QCOMPARE(parsed.problems.size(), 1U);
        QCOMPARE(parsed.problems.front().kind, ProblemKind::Syntax);
    }

    void findIgnoresCase()
    {
        const auto parsed = parseConfig(kMinimal);
        QVERIFY(parsed.config.find(u"a") != nullptr);
        QVERIFY(parsed.config.find(u"b") == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestConfigParser)
#include "TestConfigParser.moc"
