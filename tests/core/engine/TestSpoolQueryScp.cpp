#include "core/dicom/SyntheticStudy.h"
#include "core/engine/AuditTrail.h"
#include "core/engine/LocalAddresses.h"
#include "core/engine/QueryClient.h"
#include "core/engine/SpoolServer.h"
#include "core/net/Acceptor.h"
#include "core/net/Listener.h"
#include "core/net/QueryScu.h"
#include "tests/core/engine/StoreClient.h"
#include "tests/integration/ArchivePeers.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <future>
#include <mutex>
#include <semaphore>

#include <dlfcn.h>
#include <pthread.h>

using namespace radpost;
using namespace radpost::test;
namespace tag = radpost::dicom::tag;
using engine::AnsweredQuery;
using engine::FindParams;
using engine::QueryClient;
using engine::QueryLevel;
using engine::QueryModel;
using engine::RetrieveParams;

#ifdef Q_OS_LINUX
namespace {
std::atomic<bool> isOutOfThreads{false};
}

/// The system's, unless it is out of threads.
extern "C" int pthread_create(
    pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*), void* argument) noexcept
{
    if (isOutOfThreads) {
        return EAGAIN;
    }
    static const auto real = reinterpret_cast<decltype(&pthread_create)>(::dlsym(RTLD_NEXT, "pthread_create"));
    return real(thread, attributes, start, argument);
}
#endif

namespace {

const QByteArray kStudyFind = "1.2.840.10008.5.1.4.1.2.2.1";
const QByteArray kStudyMove = "1.2.840.10008.5.1.4.1.2.2.2";
const QByteArray kStudyGet = "1.2.840.10008.5.1.4.1.2.2.3";
const QByteArray kExplicit = "1.2.840.10008.1.2.1";
const QByteArray kImplicit = "1.2.840.10008.1.2";

/// A gateway on a free port of the loopback.
struct Gateway
{
    Gateway()
    {
        params.dataFolder = folder.filePath(u"data"_s);
        params.settings.port = 0;
        params.settings.address = u"127.0.0.1"_s;
        params.settings.durability = config::ReceiveDurability::Process;
        params.settings.diskReserveBytes = 0;
        params.aeTitle = AeTitle{"GATE"};
        params.onQuery = [this](const AnsweredQuery& query) {
            const std::lock_guard lock(mutex);
            answered.push_back(query);
        };
    }

    quint16 start()
    {
        server.reset();
        auto opened = engine::SpoolServer::open(params);
        if (!opened || !(*opened)->start()) {
            qFatal("%s", qPrintable(opened ? u"cannot listen"_s : opened.error().detail));
        }
        server = std::move(*opened);
        return port();
    }

    quint16 port() const { return server->ports().front().port; }

    std::vector<AnsweredQuery> told()
    {
        const std::lock_guard lock(mutex);
        return answered;
    }

    /// A node that C-MOVE may send to.
    void addTarget(const QByteArray& aeTitle, quint16 targetPort)
    {
        config::Destination target;
        target.name = QString::fromLatin1(aeTitle);
        target.host = u"127.0.0.1"_s;
        target.port = targetPort;
        target.calledAeTitle = AeTitle{aeTitle};
        params.destinations.push_back(target);
    }

    /// Two patients, a CT series of three and an SR each.
    std::vector<Sample> fill()
    {
        dicom::SyntheticParams wanted;
        wanted.folder = folder.filePath(u"studies"_s);
        wanted.patients = 2;
        wanted.series = {{dicom::SyntheticKind::Tiny, 3}, {dicom::SyntheticKind::Sr, 1}};
        wanted.texts = {dicom::SyntheticText::Gb18030, dicom::SyntheticText::Utf8};
        if (!dicom::makeSyntheticStudies(wanted, {})) {
            qFatal("no studies");
        }
        auto samples = readSamples(wanted.folder);
        if (deliver(port(), samples) != static_cast<int>(samples.size())) {
            qFatal("not all arrived");
        }
        return samples;
    }

    QTemporaryDir folder;
    engine::SpoolServerParams params;
    std::mutex mutex;
    std::vector<AnsweredQuery> answered;
    std::unique_ptr<engine::SpoolServer> server; // its threads use the above
};

QueryClient clientOf(quint16 port)
{
    config::Destination destination;
    destination.host = u"127.0.0.1"_s;
    destination.port = port;
    destination.calledAeTitle = AeTitle{"GATE"};
    return {destination, AeTitle{"ASKER"}};
}

std::vector<dicom::Identifier> ask(quint16 port, const FindParams& params, Result<engine::FindSummary>* end = nullptr)
{
    std::vector<dicom::Identifier> matches;
    auto summary = clientOf(port).find(params, [&](const auto& match) { matches.push_back(match); }, {});
    if (end != nullptr) {
        *end = std::move(summary);
    }
    return matches;
}

FindParams studies(std::initializer_list<std::pair<quint32, QString>> keys = {})
{
    FindParams params;
    params.keys.set(tag::kStudyInstanceUid);
    params.keys.set(tag::kPatientName);
    for (const auto& [key, value] : keys) {
        params.keys.set(key, value);
    }
    return params;
}

RetrieveParams study(const QString& uid)
{
    RetrieveParams params;
    params.keys.set(tag::kStudyInstanceUid, uid);
    return params;
}

QString studyOf(const Sample& sample)
{
    return sample.header.studyInstanceUid.toString();
}

QByteArrayList dataSets(const std::vector<Sample>& samples, const QString& study = {})
{
    QByteArrayList sets;
    for (const auto& sample : samples) {
        if (study.isEmpty() || studyOf(sample) == study) {
            sets.append(sample.dataSet());
        }
    }
    std::sort(sets.begin(), sets.end());
    return sets;
}

/// Where C-MOVE sends to: keeps commands and data sets, answers as it is told.
class Node final : public net::StoreHandler
{
public:
    explicit Node(std::function<net::AnsweredContext(const net::ProposedContext&)> choose = {})
    {
        net::AcceptorSettings settings;
        settings.address = u"127.0.0.1"_s;
        settings.port = 0;
        settings.chooseContext = std::move(choose);
        settings.opened = [this](const net::PeerInfo&) { ++associations; };
        m_acceptor = std::make_unique<net::Acceptor>(settings, this);
        if (!m_acceptor->start()) {
            qFatal("cannot listen");
        }
    }

    std::unique_ptr<net::StoreSink> begin(
        const net::CommandSet& request, const net::AcceptedContext& context, const net::PeerInfo& peer) override
    {
        const std::lock_guard lock(mutex);
        commands.push_back(request);
        syntaxes.push_back(context.transferSyntaxUid);
        callingAeTitle = peer.callingAeTitle;
        return std::make_unique<Sink>(*this);
    }

    [[nodiscard]] quint16 port() const { return m_acceptor->port(); }

    std::function<quint16(int)> answer = [](int) { return quint16(0); }; ///< to the n-th instance, from 1
    std::mutex mutex;
    std::vector<net::CommandSet> commands;
    std::vector<TransferSyntaxUid> syntaxes;
    QByteArrayList dataSets;
    QByteArray callingAeTitle;
    std::atomic<int> associations{0};

private:
    class Sink final : public net::StoreSink
    {
    public:
        explicit Sink(Node& node)
            : m_node(node)
        {
        }
        void write(std::span<const net::ConstBytes> parts) override
        {
            for (const auto part : parts) {
                m_bytes += net::toByteArray(part);
            }
        }
        net::StoreReply finish() override
        {
            int number = 0;
            {
                const std::lock_guard lock(m_node.mutex);
                m_node.dataSets.append(m_bytes);
                number = static_cast<int>(m_node.dataSets.size());
            }
            return {m_node.answer(number)};
        }

    private:
        Node& m_node;
        QByteArray m_bytes;
    };

    std::unique_ptr<net::Acceptor> m_acceptor;
};

/// A request byte by byte, and what came of it.
struct Raw
{
    explicit Raw(quint16 port, const QByteArray& sopClass, const QByteArray& extended = {})
    {
        auto request = requestFor({{1, {sopClass}, {{kExplicit}}}});
        request.calledAeTitle = "GATE";
        if (!extended.isEmpty()) {
            request.user.extended.push_back({sopClass, extended});
        }
        if (auto opened = associate(port, request)) {
            association = std::move(*opened);
        }
    }

    class Listener final : public net::QueryListener
    {
    public:
        QList<dicom::Identifier> matches;
        std::vector<net::SubOperations> counts;
        std::function<void()> onResponse = [] {};

        void match(net::ConstBytes identifier) override
        {
            matches.append(*dicom::decodeIdentifier(identifier, {kExplicit}));
            onResponse();
        }
        void progress(const net::SubOperations& said) override
        {
            counts.push_back(said);
            onResponse();
        }
    };

    Result<net::QueryEnd> run(net::DimseCommand command, const QByteArray& identifier, const QByteArray& to = {})
    {
        net::QueryScu scu(*association, nullptr, 30s);
        return scu.run({command, 1, net::asBytes(identifier), {to}}, listener, stop.token(), cancel.token());
    }

    Result<net::QueryEnd> run(net::DimseCommand command, const dicom::Identifier& identifier, const QByteArray& to = {})
    {
        return run(command, *dicom::encodeIdentifier(identifier, {kExplicit}), to);
    }

    /// Says one thing; what it is answered with is for heard().
    bool say(net::CommandSet command, const QByteArray& dataSet = {})
    {
        command.commandDataSetType = dataSet.isEmpty() ? net::kNoDataSet : net::kHasDataSet;
        net::Bytes encoded;
        net::encodeCommand(command, encoded);
        return association->sendMessage(1, encoded, net::asBytes(dataSet), {}).has_value();
    }

    bool sayRequest(net::DimseCommand kind, const dicom::Identifier& identifier, const QByteArray& to = {})
    {
        net::CommandSet command;
        command.commandField = static_cast<quint16>(kind);
        command.messageId = 7;
        command.priority = 0;
        command.affectedSopClassUid = association->context(1)->sopClassUid.value;
        command.moveDestination = to;
        return say(command, *dicom::encodeIdentifier(identifier, {kExplicit}));
    }

    bool sayCancel(quint16 messageId = 7)
    {
        net::CommandSet command;
        command.commandField = static_cast<quint16>(net::DimseCommand::CCancelRq);
        command.messageIdBeingRespondedTo = messageId;
        return say(command);
    }

    /// The next command; its data set, if any, is passed over.
    std::optional<net::CommandSet> heard()
    {
        for (;;) {
            const auto said = association->next(Deadline(30s), {});
            if (!said || !*said) {
                return std::nullopt;
            }
            if ((*said)->kind == net::Incoming::Kind::Command) {
                return *net::decodeCommand((*said)->bytes);
            }
        }
    }

    /// Passes over pending responses. @return the final one and how many there were before it.
    std::pair<net::CommandSet, int> heardFinal()
    {
        for (int pending = 0;; ++pending) {
            const auto response = heard();
            if (!response || !net::isPending(*response->status)) {
                return {response.value_or(net::CommandSet()), pending};
            }
        }
    }

    std::unique_ptr<net::Association> association;
    Listener listener;
    CancelSource stop;
    CancelSource cancel;
};

dicom::Identifier identifier(const QString& level, std::initializer_list<std::pair<quint32, QString>> keys = {})
{
    dicom::Identifier made;
    made.set(tag::kQueryRetrieveLevel, level);
    for (const auto& [key, value] : keys) {
        made.set(key, value);
    }
    return made;
}

} // namespace

class TestSpoolQueryScp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLevelIsAnswered()
    {
        Gateway f;
        f.start();
        const auto samples = f.fill();
        const auto uid = studyOf(samples.front());
        FindParams patients{QueryModel::PatientRoot, QueryLevel::Patient, {}, 0};
        for (const auto key : {tag::kPatientId, tag::kPatientName, tag::kNumberOfPatientStudies, 0x00201204U}) {
            patients.keys.set(key);
        }
        const auto persons = ask(f.port(), patients);
        QCOMPARE(persons.size(), 2U);
        QCOMPARE(persons.front().value(tag::kNumberOfPatientStudies), u"1"_s);
        QCOMPARE(persons.front().value(0x00201204), u"4"_s);

        const auto found = ask(f.port(),
            studies({{tag::kStudyInstanceUid, uid}, {tag::kModalitiesInStudy, {}}, {tag::kNumberOfStudySeries, {}},
                {tag::kNumberOfStudyInstances, {}}, {0x00080062, {}}, {tag::kInstanceAvailability, {}}}));
        QCOMPARE(found.size(), 1U);
        const auto& match = found.front();
        QCOMPARE(match.value(tag::kModalitiesInStudy), u"OT\\SR"_s);
        QCOMPARE(match.value(tag::kNumberOfStudySeries), u"2"_s);
        QCOMPARE(match.value(tag::kNumberOfStudyInstances), u"4"_s);
        QCOMPARE(match.value(0x00080062).split(u'\\').size(), 2);
        QCOMPARE(match.value(tag::kRetrieveAeTitle), u"GATE"_s);
        QCOMPARE(match.value(tag::kInstanceAvailability), u"ONLINE"_s);
        QCOMPARE(match.value(tag::kSpecificCharacterSet), u"ISO_IR 192"_s);

        FindParams series{QueryModel::StudyRoot, QueryLevel::Series, {}, 0};
        series.keys.set(tag::kStudyInstanceUid, uid);
        series.keys.set(tag::kSeriesInstanceUid);
        series.keys.set(tag::kModality, u"SR"_s);
        series.keys.set(tag::kNumberOfSeriesInstances);
        const auto reports = ask(f.port(), series);
        QCOMPARE(reports.size(), 1U);
        QCOMPARE(reports.front().value(tag::kNumberOfSeriesInstances), u"1"_s);

        FindParams images{QueryModel::StudyRoot, QueryLevel::Image, {}, 0};
        images.keys.set(tag::kStudyInstanceUid, uid);
        images.keys.set(tag::kSeriesInstanceUid, reports.front().value(tag::kSeriesInstanceUid));
        for (const auto key :
            {tag::kSopInstanceUid, tag::kSopClassUid, tag::kInstanceNumber, 0x00280010U, 0x00083002U}) {
            images.keys.set(key);
        }
        const auto instances = ask(f.port(), images);
        QCOMPARE(instances.size(), 1U);
        QCOMPARE(instances.front().value(tag::kSopClassUid), u"1.2.840.10008.5.1.4.1.1.88.11"_s);
        QCOMPARE(instances.front().value(0x00280010), QString()); // a report has no rows
        QCOMPARE(instances.front().value(0x00083002), QString::fromLatin1(kExplicit));
        const auto told = f.told();
        QCOMPARE(told.size(), 4U);
        QCOMPARE(told.back().level, u"IMAGE"_s);
        QCOMPARE(told.back().matches, 1);
        QCOMPARE(told.back().callingAeTitle, u"ASKER"_s);
    }

    void namesAreFoundInTheirOwnLetters()
    {
        Gateway f;
        f.start();
        f.fill();
        for (const auto& match : ask(f.port(), studies())) {
            const auto name = match.value(tag::kPatientName);
            const auto ideographic = name.section(u'=', 1, 1);
            QVERIFY2(!ideographic.isEmpty(), qPrintable(name));
            const QString family = ideographic.section(u'^', 0, 0);
            const auto hasThisOne = [&](const QString& key) {
                const auto found = ask(f.port(), studies({{tag::kPatientName, key}}));
                return std::any_of(found.begin(), found.end(), [&](const auto& other) {
                    return other.value(tag::kStudyInstanceUid) == match.value(tag::kStudyInstanceUid);
                });
            };
            QVERIFY(hasThisOne(family + u'*'));
            QVERIFY(hasThisOne(u'*' + ideographic.right(1)));
            QVERIFY(hasThisOne(name));
            QVERIFY(hasThisOne(name.section(u'=', 0, 0).toLower()));
            QVERIFY(hasThisOne(name.left(2).toUpper() + u'*'));
            QVERIFY(!hasThisOne(u"龘*"_s));
        }
    }

    void questionsInGb18030AreUnderstood()
    {
        Gateway f;
        f.start();
        f.fill();
        const auto all = ask(f.port(), studies());
        const auto family = all.front().value(tag::kPatientName).section(u'=', 1, 1).section(u'^', 0, 0);
        Raw raw(f.port(), kStudyFind);
        const auto end = raw.run(net::DimseCommand::CFindRq,
            identifier(
                u"STUDY"_s, {{tag::kSpecificCharacterSet, u"GB18030"_s}, {tag::kPatientName, QString(family + u'*')}}));
        QVERIFY(end && end->isSuccess());
        QVERIFY(!raw.listener.matches.isEmpty());
        QVERIFY(raw.listener.matches.first().value(tag::kPatientName).contains(family));
    }

    void whatIsMissingIsNamed_data()
    {
        QTest::addColumn<QByteArray>("sopClass");
        QTest::addColumn<int>("command");
        QTest::addColumn<dicom::Identifier>("asked");
        QTest::addColumn<QString>("offending");
        const int find = int(net::DimseCommand::CFindRq);
        const int move = int(net::DimseCommand::CMoveRq);
        const QByteArray patientFind = "1.2.840.10008.5.1.4.1.2.1.1";
        const auto uid = u"1.2"_s;
        QTest::newRow("no level") << kStudyFind << find << identifier(u""_s) << u"(0008,0052)"_s;
        QTest::newRow("unknown level") << kStudyFind << find << identifier(u"FILM"_s) << u"(0008,0052)"_s;
        QTest::newRow("patient in study root") << kStudyFind << find << identifier(u"PATIENT"_s) << u"(0008,0052)"_s;
        QTest::newRow("series of no study") << kStudyFind << find << identifier(u"SERIES"_s) << u"(0020,000D)"_s;
        QTest::newRow("series of any study")
            << kStudyFind << find << identifier(u"SERIES"_s, {{tag::kStudyInstanceUid, u"*"_s}}) << u"(0020,000D)"_s;
        QTest::newRow("series of two studies")
            << kStudyFind << find << identifier(u"SERIES"_s, {{tag::kStudyInstanceUid, u"1.2\\1.3"_s}})
            << u"(0020,000D)"_s;
        QTest::newRow("image of no series")
            << kStudyFind << find << identifier(u"IMAGE"_s, {{tag::kStudyInstanceUid, uid}}) << u"(0020,000E)"_s;
        QTest::newRow("study of no patient") << patientFind << find << identifier(u"STUDY"_s) << u"(0010,0020)"_s;
        QTest::newRow("no date") << kStudyFind << find << identifier(u"STUDY"_s, {{tag::kStudyDate, u"20269"_s}})
                                 << u"(0008,0020)"_s;
        QTest::newRow("move of nothing") << kStudyMove << move << identifier(u"STUDY"_s) << u"(0020,000D)"_s;
        QTest::newRow("move of everything")
            << kStudyMove << move << identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, u"*"_s}}) << u"(0020,000D)"_s;
    }

    void whatIsMissingIsNamed()
    {
        QFETCH(QByteArray, sopClass);
        QFETCH(int, command);
        QFETCH(dicom::Identifier, asked);
        Gateway f;
        Raw raw(f.start(), sopClass);
        const auto end = raw.run(static_cast<net::DimseCommand>(command), asked, "ANY");
        QVERIFY(end);
        QCOMPARE(end->status, quint16(0xA900));
        QTEST(end->offendingElement, "offending");
        QVERIFY(!end->errorComment.isEmpty());
    }

    void relationalQueriesAreAnsweredWhereTheyAreAgreedOn()
    {
        Gateway f;
        f.start();
        f.fill();
        Raw raw(f.port(), kStudyFind, QByteArray("\1\1\1", 3));
        QCOMPARE(raw.association->accepted().user.extended.front().information, QByteArray("\1\1\0", 3));
        const auto end = raw.run(net::DimseCommand::CFindRq, identifier(u"IMAGE"_s, {{tag::kSopInstanceUid, {}}}));
        QVERIFY(end && end->isSuccess());
        QCOMPARE(raw.listener.matches.size(), 8);
    }

    void aDelimiterAloneAsksForAll_data()
    {
        QTest::addColumn<quint32>("key");
        QTest::newRow("PN") << tag::kPatientName;
        QTest::newRow("UI") << tag::kStudyInstanceUid;
        QTest::newRow("DA") << tag::kStudyDate;
        QTest::newRow("TM") << tag::kStudyTime;
        QTest::newRow("LO") << tag::kStudyDescription;
        QTest::newRow("CS of the series") << tag::kModalitiesInStudy;
    }

    void aDelimiterAloneAsksForAll()
    {
        QFETCH(quint32, key);
        Gateway f;
        f.start();
        f.fill();
        Raw raw(f.port(), kStudyFind);
        const auto end = raw.run(net::DimseCommand::CFindRq, identifier(u"STUDY"_s, {{key, u"\\"_s}}));
        QVERIFY(end && end->isSuccess());
        QCOMPARE(raw.listener.matches.size(), 2);
    }

    void unsupportedKeysAreNeitherMatchedNorReturned()
    {
        Gateway f;
        f.start();
        f.fill();
        Raw raw(f.port(), kStudyFind);
        auto asked =
            identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, {}}, {0x00101010, u"099Y"_s}, {tag::kModality, u"MR"_s}});
        asked.ensureItem(0x00081110).set(0x00081150, u"1.2"_s);
        const auto end = raw.run(net::DimseCommand::CFindRq, asked);
        QVERIFY(end && end->isSuccess());
        QCOMPARE(raw.listener.matches.size(), 2);
        const auto& match = raw.listener.matches.first();
        QVERIFY(!match.contains(0x00101010)); // PS3.4 C.2.2.1.3
        QVERIFY(!match.contains(tag::kModality));
        QVERIFY(!match.contains(0x00081110));
        DataSetBuilder withPrivate(dicom::kExplicitLittleEndian);
        withPrivate.add(0x00080052U, "CS", "STUDY ").add(0x00090010U, "LO", "ACME").add(0x00091001U, "LO", "x ");
        const auto again = raw.run(net::DimseCommand::CFindRq, withPrivate.bytes());
        QVERIFY(again && again->isSuccess());
        QCOMPARE(raw.listener.matches.size(), 4);
        QVERIFY(!raw.listener.matches.last().contains(0x00091001));
    }

    void aKeyThatIsNotMatchedIsSaidToBe_data()
    {
        QTest::addColumn<quint32>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<quint16>("status");
        const quint16 all = 0xFF00;
        const quint16 notAll = 0xFF01;
        QTest::newRow("matched") << tag::kPatientName << u"*"_s << all;
        QTest::newRow("sum, asked for") << tag::kNumberOfStudyInstances << QString() << all;
        QTest::newRow("sum, with a value") << tag::kNumberOfStudyInstances << u"4711"_s << notAll;
        QTest::newRow("modalities") << tag::kModalitiesInStudy << u"SR"_s << all;
        QTest::newRow("availability, asked for") << tag::kInstanceAvailability << QString() << all;
        QTest::newRow("availability, with a value") << tag::kInstanceAvailability << u"NEARLINE"_s << notAll;
        QTest::newRow("retrieve AE title, asked for") << tag::kRetrieveAeTitle << u"*"_s << all;
        QTest::newRow("retrieve AE title, with a value") << tag::kRetrieveAeTitle << u"OTHER"_s << notAll;
        QTest::newRow("unknown") << 0x00101010U << QString() << notAll;
    }

    void aKeyThatIsNotMatchedIsSaidToBe()
    {
        QFETCH(quint32, key);
        QFETCH(QString, value);
        Gateway f;
        f.start();
        f.fill();
        Raw raw(f.port(), kStudyFind);
        QVERIFY(raw.sayRequest(net::DimseCommand::CFindRq, identifier(u"STUDY"_s, {{key, value}})));
        const auto first = raw.heard();
        QVERIFY(first && first->status);
        QTEST(*first->status, "status");
    }

    void aLimitSaysThatThereIsMore()
    {
        Gateway f;
        f.params.settings.queryLimit = 1;
        f.start();
        f.fill();
        Result<engine::FindSummary> end;
        QCOMPARE(ask(f.port(), studies(), &end).size(), 1U);
        QVERIFY(end && !end->isComplete);
        QCOMPARE(f.told().back().status, quint16(0xA700)); // B000 is no status of C-FIND
        const auto uid = ask(f.port(), studies()).front().value(tag::kStudyInstanceUid);
        QCOMPARE(ask(f.port(), studies({{tag::kStudyInstanceUid, uid}}), &end).size(), 1U);
        QVERIFY(end && end->isComplete); // as many as the limit is not too many
    }

    void aQueryIsAuditedWithWhatCameOfIt()
    {
        Gateway f;
        engine::AuditTrailParams wanted;
        wanted.dataFolder = f.folder.filePath(u"trail"_s);
        wanted.aeTitle = u"GATE"_s;
        const auto trail = engine::AuditTrail::open(wanted);
        QVERIFY(trail);
        f.params.audit = trail->get();
        f.params.settings.queryLimit = 1;
        f.start();
        f.fill();
        ask(f.port(), studies({{tag::kPatientName, u"nobody at all"_s}}));
        ask(f.port(), studies());
        // As long as a request can be, and its message longer than the trail takes.
        auto padded = *dicom::encodeIdentifier(identifier(u"STUDY"_s, {{tag::kPatientName, u"nobody"_s}}), {kExplicit});
        padded += QByteArray::fromHex("29000110") + "UN" + QByteArray(2, '\0') + QByteArray::fromHex("70170c00") +
            QByteArray(0x0C1770, '\0');
        QVERIFY(Raw(f.port(), kStudyFind).run(net::DimseCommand::CFindRq, padded));
        f.server.reset();
        (*trail)->stop(0ms);
        QByteArrayList outcomes;
        QDirIterator files(wanted.dataFolder, {u"audit-*.log"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            for (const auto& line : file.readAll().split('\n')) {
                constexpr QByteArrayView kOutcome = "EventOutcomeIndicator=\"";
                if (line.contains("csd-code=\"110112\"")) { // Query (PS3.15 A.5.3.10)
                    outcomes.append(line.mid(line.indexOf(kOutcome) + kOutcome.size(), 1));
                }
            }
        }
        QCOMPARE(outcomes, (QByteArrayList{"0", "4", "0"})); // none found, cut by the limit, none found
    }

    void aQueryEndsWhenThePeerCancels()
    {
        Gateway f;
        f.params.settings.queryLimit = 0;
        f.start();
        StoreClient modality;
        QVERIFY(modality.open(f.port()));
        for (int i = 0; i < 400; ++i) {
            const QByteArray uid = "1.9." + QByteArray::number(i);
            QCOMPARE(modality.store(uid, ctImage(uid, 'x', 2)), std::optional<quint16>(0));
        }
        Raw raw(f.port(), kStudyFind, QByteArray("\1", 1));
        QVERIFY(raw.sayRequest(
            net::DimseCommand::CFindRq, identifier(u"IMAGE"_s, {{tag::kSopInstanceUid, {}}, {tag::kPatientName, {}}})));
        QVERIFY(raw.sayCancel(8)); // of nothing
        QVERIFY(raw.sayCancel());
        const auto [final, pending] = raw.heardFinal();
        QCOMPARE(final.status, std::optional<quint16>(0xFE00));
        QCOMPARE(final.messageIdBeingRespondedTo, std::optional<quint16>(7));
        QVERIFY2(pending < 400, qPrintable(QString::number(pending)));
        QCOMPARE(f.told().size(), 1U);
        QCOMPARE(f.told().front().matches, pending);
        QVERIFY(raw.sayCancel()); // too late, and no harm
        const auto again = raw.run(net::DimseCommand::CFindRq, identifier(u"STUDY"_s));
        QVERIFY(again && again->isSuccess());
    }

    void anythingButCancelDuringAQueryEndsTheAssociation()
    {
        Gateway f;
        Node node;
        std::binary_semaphore goOn{0};
        node.answer = [&goOn](int) { return goOn.try_acquire_for(30s) ? quint16(0) : quint16(0x0110); };
        f.addTarget("NODE", node.port());
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        const auto asked = identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}});
        QVERIFY(raw.sayRequest(net::DimseCommand::CMoveRq, asked, "NODE"));
        QVERIFY(raw.sayRequest(net::DimseCommand::CMoveRq, asked, "NODE"));
        goOn.release();
        while (raw.heard()) {
        }
        QVERIFY(!raw.association->isOpen());
        QTRY_COMPARE(f.told().size(), 1U);
        QVERIFY(f.told().front().isBroken);
        goOn.release();
    }

    void hostileIdentifiersAreRefusedAndNothingElseHappens_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<quint16>("expected");
        QTest::newRow("garbage") << QByteArray("this is no data set at all, whatever it says")
                                 << quint16(net::kStatusUnableToProcess);
        QTest::newRow("cut") << QByteArray("\x08\x00\x52\x00"
                                           "CS\x06\x00STU",
                                    11)
                             << quint16(net::kStatusUnableToProcess);
        QTest::newRow("a length beyond the end")
            << QByteArray("\x08\x00\x52\x00UN\x00\x00\xff\xff\xff\x7f", 12) << quint16(net::kStatusUnableToProcess);
        QTest::newRow("without end") << QByteArray(2 << 20, '\0') << quint16(net::kStatusOutOfResources);
    }

    void hostileIdentifiersAreRefusedAndNothingElseHappens()
    {
        QFETCH(QByteArray, bytes);
        Gateway f;
        Raw raw(f.start(), kStudyFind);
        const auto end = raw.run(net::DimseCommand::CFindRq, bytes);
        QVERIFY2(end, qPrintable(end ? QString() : end.error().detail));
        QTEST(end->status, "expected");
        const auto again = raw.run(net::DimseCommand::CFindRq, identifier(u"STUDY"_s)); // on the same association
        QVERIFY(again && again->isSuccess());
    }

    void getBringsAStudyBitForBit()
    {
        Gateway f;
        f.start();
        const auto samples = f.fill();
        const auto uid = studyOf(samples.front());
        const auto folder = f.folder.filePath(u"got"_s);
        std::vector<engine::RetrieveCounts> counts;
        const auto note = [&](const engine::RetrieveCounts& said) { counts.push_back(said); };
        const auto summary = clientOf(f.port()).get(study(uid), folder, note, {});
        QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().detail));
        QVERIFY(summary->isComplete());
        QCOMPARE(summary->received, 4);
        QCOMPARE(dataSets(readSamples(folder)), dataSets(samples, uid));
        QCOMPARE(counts.size(), 4U); // a response for each
        QCOMPARE(counts.front().remaining, 3);
        QCOMPARE(counts.back().completed, 4);
        QCOMPARE(f.told().back().word(), u"get");
        QCOMPARE(f.told().back().completed, 4);
    }

    void moveSendsToTheNodeThatIsNamedAndSaysWhoAsked()
    {
        Gateway f;
        Node node;
        f.addTarget("NODE", node.port());
        f.start();
        const auto samples = f.fill();
        const auto uid = studyOf(samples.front());
        Raw raw(f.port(), kStudyMove);
        const auto end =
            raw.run(net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE");
        QVERIFY(end);
        QCOMPARE(end->status, quint16(0));
        QCOMPARE(end->counts, (net::SubOperations{std::nullopt, 4, 0, 0}));
        QCOMPARE(raw.listener.counts.size(), 4U);
        QCOMPARE(raw.listener.counts.at(1), (net::SubOperations{2, 2, 0, 0}));
        std::sort(node.dataSets.begin(), node.dataSets.end());
        QCOMPARE(node.dataSets, dataSets(samples, uid));
        QCOMPARE(node.associations.load(), 1);
        QCOMPARE(node.callingAeTitle, QByteArray("GATE"));
        for (const auto& command : node.commands) {
            QCOMPARE(command.moveOriginatorAeTitle, QByteArray("RADPOST"));
            QCOMPARE(command.moveOriginatorMessageId, std::optional<quint16>(1));
        }
        QCOMPARE(f.told().back().destination, u"NODE"_s);
    }

    void peersWithAPortAreDestinationsToo()
    {
        Gateway f;
        const Node node;
        f.params.peers = {{u"workstation"_s, AeTitle{"WORK"}, {u"127.0.0.1"_s}, {}, false, false, node.port()}};
        f.start();
        const auto uid = studyOf(f.fill().front());
        const auto summary = clientOf(f.port()).move(study(uid), AeTitle{"WORK"}, {}, {});
        QVERIFY(summary && summary->isComplete());
        const auto nobody = clientOf(f.port()).move(study(uid), AeTitle{"NOBODY"}, {}, {});
        QVERIFY(!nobody);
        QCOMPARE(nobody.error().dimseStatus, std::optional<quint16>(0xA801));
        f.server->reload(f.params.settings, {}, {});
        QVERIFY(!clientOf(f.port()).move(study(uid), AeTitle{"WORK"}, {}, {}));
    }

    void aTitleOfTwoNodesIsNoDestination()
    {
        Gateway f;
        Node first;
        Node second;
        f.addTarget("NODE", first.port());
        f.addTarget("NODE", second.port());
        f.addTarget("TWICE", first.port());
        f.addTarget("TWICE", first.port());
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        const auto asked = identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}});
        const auto refused = raw.run(net::DimseCommand::CMoveRq, asked, "NODE");
        QVERIFY(refused);
        QCOMPARE(refused->status, quint16(0xA801));
        QVERIFY2(refused->errorComment.contains(u"several"), qPrintable(refused->errorComment));
        QCOMPARE(first.associations + second.associations, 0);
        const auto sent = raw.run(net::DimseCommand::CMoveRq, asked, "TWICE"); // both names lead to the same node
        QVERIFY(sent && sent->isSuccess());
        QCOMPARE(first.dataSets.size(), 4);
    }

    void studyRootRetrievesWhateverThePatientIdSays()
    {
        Gateway f;
        Node node;
        f.addTarget("NODE", node.port());
        f.start();
        const auto uid = studyOf(f.fill().front());
        const auto asked =
            identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}, {tag::kPatientId, u"of somebody else"_s}});
        Raw raw(f.port(), kStudyMove);
        const auto end = raw.run(net::DimseCommand::CMoveRq, asked, "NODE");
        QVERIFY(end && end->isSuccess());
        QCOMPARE(end->counts.completed, std::optional<quint16>(4));
        Raw patientRoot(f.port(), "1.2.840.10008.5.1.4.1.2.1.2");
        const auto none = patientRoot.run(net::DimseCommand::CMoveRq, asked, "NODE");
        QVERIFY(none && none->isSuccess());
        QCOMPARE(none->counts.completed, std::optional<quint16>(0)); // there it is a key
    }

    void noUniqueKeyOfARetrievalHasWildcards()
    {
        Gateway f;
        f.start();
        Raw raw(f.port(), kStudyMove, QByteArray("\1", 1)); // relational: keys above may be missing
        const auto end = raw.run(net::DimseCommand::CMoveRq,
            identifier(u"SERIES"_s, {{tag::kStudyInstanceUid, u"1.2*"_s}, {tag::kSeriesInstanceUid, u"1.2.3"_s}}),
            "ANY");
        QVERIFY(end);
        QCOMPARE(end->status, quint16(0xA900));
        QCOMPARE(end->offendingElement, u"(0020,000D)"_s);
    }

    void failuresEndWhenThePeerCancels()
    {
        Gateway f;
        std::binary_semaphore isAsked{0};
        std::binary_semaphore goOn{0};
        bool isFirst = true;
        Node node([&](const net::ProposedContext& context) {
            if (std::exchange(isFirst, false)) {
                isAsked.release();
                std::ignore = goOn.try_acquire_for(30s);
            }
            return net::AnsweredContext{context.id, net::kContextAbstractSyntaxNotSupported, {}};
        });
        f.addTarget("NODE", node.port());
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        QVERIFY(raw.sayRequest(
            net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE"));
        QVERIFY(isAsked.try_acquire_for(30s));
        QVERIFY(raw.sayCancel());
        goOn.release();
        const auto [final, pending] = raw.heardFinal();
        QCOMPARE(final.status, std::optional<quint16>(0xFE00));
        QCOMPARE(final.remainingSuboperations, std::optional<quint16>(4));
        QCOMPARE(final.failedSuboperations, std::optional<quint16>(0));
    }

    void whoGetsMayNotStoreWhatIsNotTaken()
    {
        Gateway f;
        f.params.settings.transferSyntaxUids = QStringList{QString::fromLatin1(kImplicit)};
        f.start();
        auto request = requestFor({{1, {kStudyGet}, {{kExplicit}}}, {3, {kCtImageStorage}, {{kExplicit}}}});
        request.user.roles = {{kCtImageStorage, true, true}};
        const auto association = associate(f.port(), request);
        QVERIFY(association);
        const std::vector<net::RoleSelection> granted{{kCtImageStorage, false, true}};
        QCOMPARE((*association)->accepted().user.roles, granted);
        net::CommandSet command;
        command.commandField = static_cast<quint16>(net::DimseCommand::CStoreRq);
        command.commandDataSetType = net::kHasDataSet;
        command.messageId = 1;
        command.priority = 0;
        command.affectedSopClassUid = kCtImageStorage;
        command.affectedSopInstanceUid = "1.9.1";
        net::Bytes encoded;
        net::encodeCommand(command, encoded);
        const auto bytes = ctImage("1.9.1");
        QVERIFY((*association)->sendMessage(3, encoded, net::asBytes(bytes), {}));
        const auto said = (*association)->next(Deadline(30s), {});
        QVERIFY(said && *said);
        QCOMPARE(net::decodeCommand((*said)->bytes)->status, std::optional<quint16>(0x0122));
        QVERIFY(ask(f.port(), studies()).empty());
    }

    void theLastWordIsTrue_data()
    {
        QTest::addColumn<QList<quint16>>("answers"); ///< of the node; what follows is 0000
        QTest::addColumn<quint16>("status");
        QTest::addColumn<int>("failed");
        QTest::addColumn<int>("warning");
        QTest::newRow("all") << QList<quint16>{} << quint16(0) << 0 << 0;
        QTest::newRow("some fail") << QList<quint16>{0xA700, 0xC000} << quint16(0xB000) << 2 << 0;
        QTest::newRow("a warning") << QList<quint16>{0xB000} << quint16(0xB000) << 0 << 1;
        QTest::newRow("all fail") << QList<quint16>{0x0122, 0x0122, 0x0122, 0x0122} << quint16(0xA702) << 4 << 0;
    }

    void theLastWordIsTrue()
    {
        QFETCH(QList<quint16>, answers);
        QFETCH(int, failed);
        QFETCH(int, warning);
        Gateway f;
        Node node;
        node.answer = [&answers](int number) { return answers.value(number - 1); };
        f.addTarget("NODE", node.port());
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        const auto end =
            raw.run(net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE");
        QVERIFY(end);
        QTEST(end->status, "status");
        QCOMPARE(int(*end->counts.failed), failed);
        QCOMPARE(int(*end->counts.warning), warning);
        QCOMPARE(int(*end->counts.completed), 4 - failed - warning);
        QCOMPARE(end->errorComment.isEmpty(), failed == 0);
        const auto list = dicom::decodeIdentifier(net::asBytes(end->identifier), {kExplicit});
        QVERIFY(list);
        const auto uids = list->value(tag::kFailedSopInstanceUidList).split(u'\\', Qt::SkipEmptyParts);
        QCOMPARE(uids.size(), failed);
        for (int i = 0; i < failed; ++i) {
            QCOMPARE(uids.at(i).toLatin1(), node.commands.at(static_cast<std::size_t>(i)).affectedSopInstanceUid);
        }
    }

    void aNodeThatIsNotThereFailsThemAll()
    {
        Gateway f;
        f.addTarget("NODE", freePort());
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        const auto end =
            raw.run(net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE");
        QVERIFY(end);
        QCOMPARE(end->status, quint16(0xA702));
        QCOMPARE(end->counts.failed, std::optional<quint16>(4));
        const auto list = dicom::decodeIdentifier(net::asBytes(end->identifier), {kExplicit});
        QCOMPARE(list->value(tag::kFailedSopInstanceUidList).split(u'\\').size(), 4);
    }

    void nothingThereIsASuccess()
    {
        Gateway f;
        f.addTarget("NODE", freePort());
        Raw raw(f.start(), kStudyMove);
        const auto end =
            raw.run(net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, u"9.9"_s}}), "NODE");
        QVERIFY(end);
        QCOMPARE(end->status, quint16(0));
        QCOMPARE(end->counts, (net::SubOperations{std::nullopt, 0, 0, 0}));
    }

    void aFileThatIsGoneIsAFailure()
    {
        Gateway f;
        const Node node;
        f.addTarget("NODE", node.port());
        f.start();
        const auto uid = studyOf(f.fill().front());
        QTRY_VERIFY(!f.server->isChecking());
        QDirIterator files(f.server->spoolFolder(), {u"*.dcm"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QVERIFY(QFile::remove(files.next()));
        }
        Raw raw(f.port(), kStudyMove);
        const auto end =
            raw.run(net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE");
        QVERIFY(end);
        QCOMPARE(end->status, quint16(0xA702));
        QCOMPARE(end->counts.failed, std::optional<quint16>(4));
        const auto list = dicom::decodeIdentifier(net::asBytes(end->identifier), {kExplicit});
        QCOMPARE(list->value(tag::kFailedSopInstanceUidList).split(u'\\').size(), 4);
    }

    void aMoveEndsWhenThePeerCancels()
    {
        Gateway f;
        Node node;
        std::binary_semaphore isSecondHere{0};
        std::binary_semaphore goOn{0};
        node.answer = [&](int number) {
            if (number == 2) {
                isSecondHere.release();
            }
            return number < 2 || goOn.try_acquire_for(30s) ? quint16(0) : quint16(0x0110);
        };
        f.addTarget("NODE", node.port());
        f.params.destinations.front().window = 1;
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        QVERIFY(raw.sayRequest(
            net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE"));
        QCOMPARE(raw.heard()->completedSuboperations, std::optional<quint16>(1));
        QVERIFY(isSecondHere.try_acquire_for(30s));
        QVERIFY(raw.sayCancel());
        goOn.release();
        const auto [final, pending] = raw.heardFinal();
        QCOMPARE(final.status, std::optional<quint16>(0xFE00));
        QCOMPARE(final.completedSuboperations, std::optional<quint16>(2));
        QCOMPARE(final.remainingSuboperations, std::optional<quint16>(2));
        QCOMPARE(node.dataSets.size(), 2);
    }

    void aMoveIsToldOfWhileItsDestinationIsSilent()
    {
        Gateway f;
        Node node;
        std::counting_semaphore<8> goOn{0};
        node.answer = [&goOn](int) { return goOn.try_acquire_for(30s) ? quint16(0) : quint16(0x0110); };
        f.addTarget("NODE", node.port());
        f.params.destinations.front().window = 1;
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        QVERIFY(raw.sayRequest(
            net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE"));
        for (int i = 0; i < 2; ++i) { // nothing has arrived, and it is said again
            const auto pending = raw.heard();
            QVERIFY(pending && net::isPending(*pending->status));
            QCOMPARE(pending->remainingSuboperations, std::optional<quint16>(4));
            QCOMPARE(pending->completedSuboperations, std::optional<quint16>(0));
        }
        goOn.release(4);
        const auto [final, pending] = raw.heardFinal();
        QCOMPARE(final.status, std::optional<quint16>(0));
        QCOMPARE(final.completedSuboperations, std::optional<quint16>(4));
    }

    void aCancelledMoveWithASilentDestinationDoesNotKeepTheGatewayFromItsEnd()
    {
        Gateway f;
        Node node;
        std::counting_semaphore<8> goOn{0};
        node.answer = [&goOn](int) { return goOn.try_acquire_for(30s) ? quint16(0) : quint16(0x0110); };
        f.addTarget("NODE", node.port());
        f.params.destinations.front().window = 1;
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        QVERIFY(raw.sayRequest(
            net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE"));
        QVERIFY(net::isPending(*raw.heard()->status));
        QVERIFY(raw.sayCancel());
        while (raw.association->awaitInput(Deadline(3s), {}).value_or(false)) { // until it is heard
            QVERIFY(raw.heard());
        }
        auto stopping = std::async(std::launch::async, [&f] { f.server->stop(); });
        const bool isOver = stopping.wait_for(15s) == std::future_status::ready;
        goOn.release(4);
        QVERIFY(isOver);
    }

    void aMoveForWhichThereIsNoThreadFails()
    {
#ifdef Q_OS_LINUX
        Gateway f;
        const Node node;
        f.addTarget("NODE", node.port());
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        isOutOfThreads = true;
        const bool isSaid =
            raw.sayRequest(net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE");
        const auto [final, pending] = raw.heardFinal();
        isOutOfThreads = false;
        QVERIFY(isSaid);
        QCOMPARE(final.status, std::optional<quint16>(0xA702));
        QVERIFY(ask(f.port(), studies()).size() == 2); // the gateway is there
#endif
    }

    void aMoveThatCannotConnectYetMayBeCancelled()
    {
        Gateway f;
        const auto silent = net::Listener::open(u"127.0.0.1"_s, 0); // the system connects, and nobody answers
        QVERIFY(silent);
        f.addTarget("NODE", (*silent)->port());
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        QVERIFY(raw.sayRequest(
            net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE"));
        QVERIFY(net::isPending(*raw.heard()->status));
        QVERIFY(raw.sayCancel());
        const auto [final, pending] = raw.heardFinal();
        QCOMPARE(final.status, std::optional<quint16>(0xFE00));
    }

    void aMoveOutsideTheHoursOfItsDestinationIsRefused()
    {
        Gateway f;
        const Node node;
        f.addTarget("NODE", node.port());
        const auto now = QTime::currentTime();
        f.params.destinations.front().hours = config::HoursWindow{now.addSecs(2 * 3600), now.addSecs(3 * 3600)};
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        QVERIFY(raw.sayRequest(
            net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE"));
        const auto [final, pending] = raw.heardFinal();
        QCOMPARE(final.status, std::optional<quint16>(0xA702));
        QVERIFY2(final.errorComment.contains("hours"), final.errorComment.constData());
        QCOMPARE(node.associations.load(), 0);
    }

    void aMoveKeepsToTheRateOfItsDestination()
    {
        Gateway f;
        Node node;
        f.addTarget("NODE", node.port());
        f.params.destinations.front().bytesPerSecond = 8192;
        f.start();
        const auto samples = f.fill();
        const auto uid = studyOf(samples.front());
        Raw raw(f.port(), kStudyMove);
        QElapsedTimer elapsed;
        elapsed.start();
        const auto end =
            raw.run(net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE");
        QVERIFY(end && end->isSuccess());
        QCOMPARE(node.dataSets.size(), 4);
        // What came last does not count: it leaves as soon as there is anything in the bucket.
        qint64 bytes = -8192 / 4;
        for (const auto& set : node.dataSets.first(3)) {
            bytes += set.size();
        }
        QVERIFY2(elapsed.elapsed() >= bytes * 1000 / 8192, qPrintable(QString::number(elapsed.elapsed())));
    }

    void aSearchThatTakesTooLongEndsWithItsReason()
    {
        Gateway f;
        const Node node;
        f.addTarget("NODE", node.port());
        f.params.settings.queryTimeout = 0ms; // below what the configuration allows
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw finding(f.port(), kStudyFind);
        const auto found = finding.run(net::DimseCommand::CFindRq, identifier(u"STUDY"_s));
        QCOMPARE(found->status, quint16(0xA700));
        QVERIFY(finding.listener.matches.isEmpty());
        Raw moving(f.port(), kStudyMove);
        QVERIFY(moving.sayRequest(
            net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE"));
        const auto [final, pending] = moving.heardFinal();
        QCOMPARE(final.status, std::optional<quint16>(0xA701));
        QVERIFY2(final.errorComment.contains("narrow"), final.errorComment.constData());
    }

    void aGetEndsWhenThePeerCancels()
    {
        Gateway f;
        f.start();
        const auto samples = f.fill();
        auto request =
            requestFor({{1, {kStudyGet}, {{kExplicit}}}, {3, samples.front().header.sopClassUid, {{kExplicit}}}});
        request.user.roles = {{samples.front().header.sopClassUid.value, false, true}};
        Raw raw(f.port(), kStudyGet);
        raw.association = *associate(f.port(), request);
        QCOMPARE(raw.association->accepted().user.roles, request.user.roles);
        QVERIFY(raw.sayRequest(
            net::DimseCommand::CGetRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, studyOf(samples.front())}})));
        const auto store = raw.heard();
        QVERIFY(store && store->is(net::DimseCommand::CStoreRq));
        QVERIFY(raw.sayCancel()); // before the answer to the instance
        net::Bytes encoded;
        net::encodeCommand(net::responseTo(*store, 0), encoded);
        QVERIFY(raw.association->sendMessage(3, encoded, {}, {}));
        const auto [final, pending] = raw.heardFinal();
        QCOMPARE(final.status, std::optional<quint16>(0xFE00));
        QCOMPARE(final.completedSuboperations, std::optional<quint16>(1));
        QCOMPARE(final.remainingSuboperations, std::optional<quint16>(3));
    }

    void whatHasNoContextFailsAlone()
    {
        Gateway f;
        f.start();
        const auto samples = f.fill();
        const auto& first = samples.front().header.sopClassUid; // of three; there is an SR beside them
        auto request = requestFor({{1, {kStudyGet}, {{kExplicit}}}, {3, first, {{kExplicit}}}});
        request.user.roles = {{first.value, false, true}};
        Raw raw(f.port(), kStudyGet);
        raw.association = *associate(f.port(), request);
        QVERIFY(raw.sayRequest(
            net::DimseCommand::CGetRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, studyOf(samples.front())}})));
        int stored = 0;
        auto said = raw.heard();
        for (; said && (said->is(net::DimseCommand::CStoreRq) || net::isPending(*said->status)); said = raw.heard()) {
            if (said->is(net::DimseCommand::CStoreRq)) {
                net::Bytes encoded;
                net::encodeCommand(net::responseTo(*said, 0), encoded);
                QVERIFY(raw.association->sendMessage(3, encoded, {}, {}));
                ++stored;
            }
        }
        QCOMPARE(stored, 3);
        QVERIFY(said);
        QCOMPARE(said->status, std::optional<quint16>(0xB000));
        QCOMPARE(said->failedSuboperations, std::optional<quint16>(1));
        QVERIFY(!said->errorComment.isEmpty());
    }

    void aPeerThatDiesEndsItsMove()
    {
        Gateway f;
        Node node;
        Raw* asking = nullptr;
        std::binary_semaphore isDead{0};
        node.answer = [&](int number) -> quint16 {
            if (number == 1) {
                asking->cancel.cancel(); // its association breaks
                std::ignore = isDead.try_acquire_for(30s);
            }
            return 0;
        };
        f.addTarget("NODE", node.port());
        f.start();
        const auto uid = studyOf(f.fill().front());
        Raw raw(f.port(), kStudyMove);
        asking = &raw;
        QVERIFY(!raw.run(net::DimseCommand::CMoveRq, identifier(u"STUDY"_s, {{tag::kStudyInstanceUid, uid}}), "NODE"));
        raw.association.reset();
        isDead.release();
        QTRY_COMPARE(f.told().size(), 1U);
        const auto told = f.told().front();
        QVERIFY(told.isBroken);
        QCOMPARE(told.matches, 4);
        QCOMPARE(told.completed, 1);
        QCOMPARE(told.completed + told.failed, 4); // what was under way is not lost
        QTRY_COMPARE(f.server->counts().associations, 0);
        QVERIFY(ask(f.port(), studies()).size() == 2);
    }

    void whatThePeerTakesOnlyUncompressedIsConverted()
    {
        Gateway f;
        Node node([](const net::ProposedContext& context) -> net::AnsweredContext {
            const auto& offered = context.transferSyntaxes;
            const bool isTaken =
                std::find(offered.begin(), offered.end(), TransferSyntaxUid{kImplicit}) != offered.end();
            return isTaken ? net::AnsweredContext{context.id, 0, {kImplicit}} : net::AnsweredContext{context.id, 4, {}};
        });
        f.addTarget("NODE", node.port());
        f.start();
        const auto uid = studyOf(f.fill().front());
        const auto summary = clientOf(f.port()).move(study(uid), AeTitle{"NODE"}, {}, {});
        QVERIFY(summary && summary->isComplete());
        QCOMPARE(node.syntaxes.size(), 4U);
        for (const auto& syntax : node.syntaxes) {
            QCOMPARE(syntax.value, kImplicit);
        }
        QDirIterator copies(f.params.dataFolder + u"/conversions"_s, QDir::Files);
        QVERIFY(!copies.hasNext());
    }

    void moreContextsThanOneAssociationHasAreSplit()
    {
        Gateway f;
        Node node;
        f.addTarget("NODE", node.port());
        f.start();
        constexpr int kClasses = 70; // two contexts each
        StoreClient::Wish wish;
        wish.contexts.clear();
        for (int i = 0; i < kClasses; ++i) {
            wish.contexts.push_back({quint8(2 * i + 1), {"1.2.3.777." + QByteArray::number(i)}, {{kImplicit}}});
        }
        StoreClient modality;
        QVERIFY(modality.open(f.port(), wish));
        for (int i = 0; i < kClasses; ++i) {
            const QByteArray uid = "1.9." + QByteArray::number(i);
            DataSetBuilder set(dicom::kImplicitLittleEndian);
            set.add(0x00080016U, "UI", wish.contexts[std::size_t(i)].sopClassUid.value).add(0x00080018U, "UI", uid);
            set.add(0x0020000DU, "UI", "1.2.3").add(0x0020000EU, "UI", "1.2.3.4");
            QCOMPARE(modality.storeIn(wish.contexts[std::size_t(i)], uid, set.bytes()), std::optional<quint16>(0));
        }
        const auto summary = clientOf(f.port()).move(study(u"1.2.3"_s), AeTitle{"NODE"}, {}, {});
        QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().detail));
        QVERIFY(summary->isComplete());
        QCOMPARE(node.dataSets.size(), kClasses);
        QCOMPARE(node.associations.load(), 2);
    }

    void rightsAreGivenByName()
    {
        const auto addresses = engine::localAddresses();
        if (addresses.isEmpty()) {
            QSKIP("this machine has no address but the loopback's");
        }
        Gateway f;
        f.params.settings.address.clear();
        config::ServePeer peer{u"asker"_s, AeTitle{"ASKER"}, {addresses.first()}, {}, false, false, 0};
        f.params.peers = {peer};
        f.start();
        f.fill();
        config::Destination destination;
        destination.host = addresses.first();
        destination.port = f.port();
        destination.calledAeTitle = AeTitle{"GATE"};
        QueryClient client(destination, AeTitle{"ASKER"});
        const auto find = [&] { return client.find(studies(), [](const auto&) {}, {}); };
        const auto get = [&] { return client.get(study(u"1.2"_s), f.folder.filePath(u"x"_s), {}, {}); };
        QVERIFY(!find()); // it may store, no more
        QCOMPARE(find().error().code, ErrorCode::ServiceNotOffered);
        peer.mayQuery = true;
        f.server->reload(f.params.settings, {peer}, {});
        QVERIFY(find());
        QCOMPARE(get().error().code, ErrorCode::ServiceNotOffered);
        peer.mayRetrieve = true;
        f.server->reload(f.params.settings, {peer}, {});
        QVERIFY(get());
        f.params.settings.access = config::ServeAccess::Anyone; // to send
        f.server->reload(f.params.settings, {}, {});
        QVERIFY(!find());
    }

    void anAssociationThatLostItsRightIsNotServedFurther()
    {
        const auto addresses = engine::localAddresses();
        if (addresses.isEmpty()) {
            QSKIP("this machine has no address but the loopback's");
        }
        Gateway f;
        f.params.settings.address.clear();
        f.params.peers = {{u"asker"_s, AeTitle{"RADPOST"}, {addresses.first()}, {}, true, false, 0}};
        f.start();
        auto request = requestFor({{1, {kStudyFind}, {{kExplicit}}}});
        auto socket = net::Socket::connect(addresses.first(), f.port(), Deadline(30s), {});
        QVERIFY(socket);
        net::Association association(std::move(*socket), net::Role::Requestor);
        QVERIFY(association.request(request, {}));
        f.server->reload(f.params.settings, {}, {});
        Raw::Listener listener;
        net::QueryScu scu(association);
        const auto bytes = *dicom::encodeIdentifier(identifier(u"STUDY"_s), {kExplicit});
        const auto end = scu.run({net::DimseCommand::CFindRq, 1, net::asBytes(bytes), {}}, listener, {}, {});
        QVERIFY(end);
        QCOMPARE(end->status, quint16(0x0124));
    }
};

Q_DECLARE_METATYPE(radpost::dicom::Identifier)

QTEST_GUILESS_MAIN(TestSpoolQueryScp)
#include "TestSpoolQueryScp.moc"
