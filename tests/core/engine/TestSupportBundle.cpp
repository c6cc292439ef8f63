#include "tests/core/engine/EngineFixture.h"
#include "tests/support/FakeScp.h"

#include "core/dicom/SyntheticStudy.h"
#include "core/engine/SupportBundle.h"
#include "core/observe/Journal.h"
#include "core/observe/Log.h"
#include "core/scan/ArchiveReader.h"
#include "core/store/Ledger.h"
#include "core/store/SpoolRepository.h"

#include <QTest>

#include <array>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

const auto kPasscode = "open-sesame-42"_ba;
const auto kUser = "radiology-gateway"_ba;
const auto kKey = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG\n-----END PRIVATE KEY-----\n"_ba;

QHash<QString, QByteArray> entriesOf(const QString& path)
{
    QHash<QString, QByteArray> entries;
    auto reader = scan::ArchiveReader::openFile(path);
    for (auto member = reader->next(); member && *member; member = reader->next()) {
        QByteArray bytes;
        std::array<std::byte, 4096> buffer{};
        for (auto count = reader->read(buffer); count && *count > 0; count = reader->read(buffer)) {
            bytes.append(reinterpret_cast<const char*>(buffer.data()), static_cast<qsizetype>(*count));
        }
        entries.insert((*member)->name, bytes);
    }
    return entries;
}

/// Enters an instance of Quirin Zzyzx into the index of the spool.
void receive(const QString& ledgerPath)
{
    const auto ledger = store::Ledger::open({.path = ledgerPath});
    QVERIFY(ledger);
    auto& writer = (*ledger)->writer();
    store::SpoolSeries series;
    series.patientName = u"Zzyzx^Quirin"_s;
    series.patientId = u"SPOOL-77"_s;
    store::NewSpoolInstance instance;
    instance.id = writer.nextSpoolId();
    instance.series = std::make_shared<store::SpoolSeries>(series);
    instance.contextId = writer.contextId({{"1.2.840.10008.5.1.4.1.1.2"}, {"1.2.840.10008.1.2"}});
    instance.sopInstanceUid.value = "1.1";
    QVERIFY(writer.run([&](store::WriteSession& session) {
        return session.spool.add(instance, store::DuplicatePolicy::KeepBoth).map([](const auto&) {});
    }));
}

/// A ledger with patients, a log that speaks of them, and destinations with every kind of secret.
struct Hospital
{
    Hospital()
    {
        dicom::SyntheticParams made;
        made.folder = fixture.source();
        made.patients = 3;
        made.series = {{dicom::SyntheticKind::Tiny, 2, 0, 0}};
        made.texts = {dicom::SyntheticText::Utf8, dicom::SyntheticText::Gb18030, dicom::SyntheticText::Ascii};
        QVERIFY(dicom::makeSyntheticStudies(made, {}));
        writeSecrets();
        params.file = fixture.path(u"support.zip"_s);
        params.program = u"radpost 0.0.0"_s;
        params.logFolder = fixture.path(u"log"_s);
        params.readme = {u"README.txt"_s, u"what is in it\n"_s};
        params.config.destinations = {secretive()};
        params.config.settings.dataFolder = QDir::homePath() + u"/radpost-data"_s;
    }

    void writeSecrets() const
    {
        qputenv("RADPOST_TEST_PASSCODE", kPasscode);
        QFile key(fixture.path(u"key.pem"_s));
        QVERIFY(key.open(QIODevice::WriteOnly) && key.write(kKey) == kKey.size());
    }

    [[nodiscard]] config::Destination secretive() const
    {
        auto made = EngineFixture::destination(104);
        made.userIdentity = {
            config::UserIdentityKind::UsernamePasscode, QString::fromLatin1(kUser), u"env:RADPOST_TEST_PASSCODE"_s};
        made.tls.mode = config::TlsMode::Bcp195;
        made.tls.keyFile = fixture.path(u"key.pem"_s);
        made.tls.certificateFile = fixture.path(u"cert.pem"_s);
        return made;
    }

    /// Sends it all to a peer that refuses everything with a comment of its own.
    void send(Engine& engine)
    {
        const auto sent = engine.send(fixture.request({EngineFixture::destination(pacs.port())}));
        QVERIFY(sent);
        QVERIFY(engine.waitUntilAtRest(fixture.limit()));
        QVERIFY(engine.forEachPatient([this](const QString& name, const QString& id) {
            for (const auto& group : name.split(u'=', Qt::SkipEmptyParts)) {
                identifiers += {group, QString(group).remove(u'^'), QString(group).replace(u'^', u' ')};
                identifiers += group.split(u'^', Qt::SkipEmptyParts);
            }
            identifiers.append(id);
        }));
        // As the README says: nobody is known by the surname 王 or Li alone.
        identifiers.removeIf([](const QString& one) { return one.size() < (one[0].unicode() < 0x80 ? 3 : 2); });
        QVERIFY(identifiers.size() > 5);
    }

    /// The log of a program that took no care.
    void writeLog() const
    {
        observe::JournalParams files;
        files.files.folder = params.logFolder;
        observe::Journal journal(files);
        journal.takeLog(observe::LogLevel::Info);
        qCInfo(observe::lcNet) << "a line to find";
        for (const auto& identifier : identifiers) {
            qCWarning(observe::lcNet).noquote() << "about" << identifier << "again";
            qCWarning(observe::lcNet) << QString(u"/in/"_s + identifier + u"/1.dcm"_s);
        }
    }

    EngineFixture fixture;
    FakeScp pacs{[](FakePeer& peer, int) {
        if (peer.accept()) {
            peer.serve(0xA900);
        }
    }};
    SupportBundleParams params;
    QStringList identifiers;
};

} // namespace

class TestSupportBundle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itHoldsWhatSupportNeeds()
    {
        Hospital it;
        const auto engine = it.fixture.open();
        it.send(*engine);
        it.writeLog();
        it.params.more = {{u"trace.txt"_s, u"a trace"_s}};
        const auto facts = writeSupportBundle(it.params, engine.get(), {});
        QVERIFY(facts);
        QVERIFY(!facts->ledgerError);
        QCOMPARE(facts->bytes, QFileInfo(it.params.file).size());
        const auto entries = entriesOf(it.params.file);
        QCOMPARE(QStringList(entries.keys()).size(), facts->entries.size());
        QCOMPARE(entries[u"README.txt"_s], "what is in it\n"_ba);
        QCOMPARE(entries[u"trace.txt"_s], "a trace"_ba);
        QVERIFY(entries[u"versions.txt"_s].contains("radpost 0.0.0") && entries[u"versions.txt"_s].contains("DCMTK 3"));
        QVERIFY(entries[u"versions.txt"_s].contains("OpenSSL"));
        QVERIFY(entries[u"destinations.toml"_s].contains("PACS"));
        QVERIFY(entries[u"settings.toml"_s].contains("~/radpost-data"));
        QVERIFY2(entries[u"ledger.txt"_s].contains("rejected: 6"), entries[u"ledger.txt"_s].constData());
        QVERIFY(entries[u"ledger.txt"_s].contains("0xa900: 6"));
        QVERIFY(entries[u"schema.sql"_s].contains("CREATE TABLE deliveries"));
        QVERIFY(entries[u"log/radpost.log"_s].contains("a line to find"));
    }

    void noSecretAndNoPatientIsInAnyEntry()
    {
        Hospital it;
        const auto engine = it.fixture.open();
        it.send(*engine);
        it.writeLog();
        it.params.more = {{u"trace.txt"_s, u"about "_s + it.identifiers.join(u", "_s)}};
        QVERIFY(writeSupportBundle(it.params, engine.get(), {}));
        const auto entries = entriesOf(it.params.file);
        QVERIFY(entries.size() > 7);
        for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
            for (const auto& secret : {kPasscode, kUser, "RADPOST_TEST_PASSCODE"_ba, "PRIVATE KEY"_ba,
                     "MIIEvQIBADANBgkqhkiG"_ba, it.fixture.path(QString()).toUtf8()}) {
                QVERIFY2(!entry->contains(secret), qPrintable(entry.key() + u": "_s + QString::fromUtf8(secret)));
            }
            for (const auto& identifier : std::as_const(it.identifiers)) {
                QVERIFY2(!QString::fromUtf8(*entry).contains(identifier, Qt::CaseInsensitive),
                    qPrintable(entry.key() + u": "_s + identifier));
            }
        }
    }

    void aPatientOnlyTheSpoolKnowsIsInNoEntry()
    {
        Hospital it;
        it.params.config.settings.serve.spoolFolder = QDir::homePath() + u"/radpost-spool"_s;
        receive(it.fixture.params().dataFolder + u"/ledger.sqlite"_s);
        QVERIFY(QDir().mkpath(it.params.logFolder));
        QFile log(it.params.logFolder + u"/radpost.log"_s);
        QVERIFY(log.open(QIODevice::WriteOnly));
        // What is taken of a log begins within the name.
        const QByteArray line = QByteArray(1000, 'x') + " Zzyzx^Quirin SPOOL-77\n";
        QByteArray rest = "uirin\n";
        while (rest.size() + line.size() <= 8 << 20) {
            rest += line;
        }
        rest += QByteArray((8 << 20) - rest.size(), '\n');
        QVERIFY(log.write("about Zzyzx^Q" + rest) > 0);
        log.close();
        const auto engine = it.fixture.open();
        QVERIFY(writeSupportBundle(it.params, engine.get(), {}));
        const auto entries = entriesOf(it.params.file);
        QVERIFY(entries[u"log/radpost.log"_s].contains("xxx"));
        QVERIFY(entries[u"settings.toml"_s].contains("~/radpost-spool"));
        for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
            for (const auto& identifier : {"Zzyzx"_ba, "uirin"_ba, "SPOOL-77"_ba}) {
                QVERIFY2(
                    !entry->contains(identifier), qPrintable(entry.key() + u": "_s + QString::fromLatin1(identifier)));
            }
        }
    }

    void withoutALedgerItSaysSo()
    {
        Hospital it;
        const auto facts = writeSupportBundle(it.params, nullptr, {});
        QVERIFY(facts && facts->ledgerError);
        QVERIFY(entriesOf(it.params.file)[u"ledger.txt"_s].startsWith("Not read: "));
    }

    void besideAProgramThatSendsItReads()
    {
        Hospital it;
        const auto sending = it.fixture.open();
        it.send(*sending);
        auto params = it.fixture.params();
        params.access = LedgerAccess::ReadOnly;
        const auto looking = Engine::open(params);
        QVERIFY(looking);
        const auto facts = writeSupportBundle(it.params, looking->get(), {});
        QVERIFY(facts && !facts->ledgerError);
    }

    void whatIsCancelledOrCannotBeWrittenLeavesNothing()
    {
        Hospital it;
        CancelSource cancelled;
        cancelled.cancel();
        QCOMPARE(writeSupportBundle(it.params, nullptr, cancelled.token()).error().code, ErrorCode::Cancelled);
        QVERIFY(!QFileInfo::exists(it.params.file));
        it.params.file = it.fixture.path(u"no/such/folder.zip"_s);
        QCOMPARE(writeSupportBundle(it.params, nullptr, {}).error().code, ErrorCode::FileWriteFailed);
    }
};

QTEST_GUILESS_MAIN(TestSupportBundle)
#include "TestSupportBundle.moc"
