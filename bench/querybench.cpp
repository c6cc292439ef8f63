// How fast the gateway answers C-FIND out of a large index, over the loopback. querybench [INSTANCES] [FOLDER] fills an
// index with studies of 250 instances, and prints for each query the time to its first and to its last match.
#include "core/engine/QueryClasses.h"
#include "core/engine/SpoolQueryScp.h"
#include "core/net/QueryScu.h"
#include "core/net/Socket.h"
#include "core/net/implementation.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "core/store/LedgerWriter.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

#include <chrono>
#include <cstdio>
#include <sys/resource.h>

using namespace radpost;
using namespace Qt::StringLiterals;
namespace tag = radpost::dicom::tag;

namespace {

constexpr int kPerSeries = 125;
constexpr int kSeries = 2;
constexpr int kStudiesOfPatient = 2;
const QByteArray kExplicit = "1.2.840.10008.1.2.1";

double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

std::shared_ptr<store::SpoolSeries> makeSeries(int study, int series)
{
    static const QStringList kFamilies{u"Wang=王"_s, u"Li=李"_s, u"Zhang=张"_s, u"Liu=刘"_s, u"Chen=陈"_s};
    const int patient = study / kStudiesOfPatient;
    const auto family = kFamilies.at(patient % kFamilies.size());
    auto made = std::make_shared<store::SpoolSeries>();
    made->patientName = u"%1^No%2=%3^%2"_s.arg(family.section(u'=', 0, 0)).arg(patient).arg(family.section(u'=', 1));
    made->patientId = u"P%1"_s.arg(patient, 7, 10, QChar(u'0'));
    made->patientBirthDate = u"19700101"_s;
    made->studyInstanceUid = u"1.2.826.0.1.3680043.8.498.4578784190.%1"_s.arg(study);
    made->studyDate = QDate(2020, 1, 1).addDays(study % 2000).toString(u"yyyyMMdd"_s);
    made->studyTime = u"101500"_s;
    made->accessionNumber = u"A%1"_s.arg(study);
    made->studyDescription = u"Thorax"_s;
    made->seriesInstanceUid = made->studyInstanceUid + u'.' + QString::number(series);
    made->modality = series == 0 ? u"CT"_s : study % 10 == 0 ? u"PT"_s : u"MR"_s;
    return made;
}

Result<> fill(store::Ledger& ledger, int instances)
{
    auto& writer = ledger.writer();
    const auto context = writer.contextId({{"1.2.840.10008.5.1.4.1.1.2"}, {kExplicit}});
    int made = 0;
    for (int study = 0; made < instances; ++study) {
        auto done = writer.run([&](store::WriteSession& session) -> Result<> {
            for (int series = 0; series < kSeries; ++series) {
                const auto described = makeSeries(study, series);
                for (int i = 0; i < kPerSeries; ++i, ++made) {
                    store::NewSpoolInstance instance;
                    instance.id = writer.nextSpoolId();
                    instance.series = described;
                    instance.contextId = context;
                    instance.sopInstanceUid.value =
                        described->seriesInstanceUid.toLatin1() + '.' + QByteArray::number(i);
                    instance.digest = u"00112233445566778899aabbccddeeff"_s;
                    instance.instanceNumber = QString::number(i);
                    if (auto added = session.spool.add(instance, store::DuplicatePolicy::KeepBoth); !added) {
                        return fail(added.error());
                    }
                }
            }
            return {};
        });
        if (!done) {
            return done;
        }
    }
    return {};
}

class Watch final : public net::QueryListener
{
public:
    double first = 0;
    int matches = 0;
    void match(net::ConstBytes /*identifier*/) override { first = matches++ == 0 ? now() : first; }
};

struct Question
{
    const char* name;
    QString level;
    std::vector<std::pair<quint32, QString>> keys;
};

void ask(quint16 port, const Question& question)
{
    const auto uid = engine::queryClassOf("1.2.840.10008.5.1.4.1.2.2.1")->uid.toByteArray();
    net::AssociateRq request;
    request.calledAeTitle = "GATE";
    request.callingAeTitle = "BENCH";
    request.applicationContext = net::kDicomApplicationContext.toByteArray();
    request.contexts = {{1, {uid}, {{kExplicit}}}};
    request.user.maxLength = 131072;
    request.user.implementationClassUid = net::kImplementationClassUid.toByteArray();
    auto socket = net::Socket::connect(u"127.0.0.1"_s, port, Deadline(std::chrono::seconds(10)), {});
    net::Association association(*std::move(socket), net::Role::Requestor);
    if (!association.request(request, {})) {
        std::puts("no association");
        return;
    }
    dicom::Identifier identifier;
    identifier.set(tag::kQueryRetrieveLevel, question.level);
    for (const auto key : {tag::kPatientName, tag::kPatientId, tag::kStudyInstanceUid, tag::kStudyDate}) {
        identifier.set(key);
    }
    for (const auto& [key, value] : question.keys) {
        identifier.set(key, value);
    }
    const auto bytes = *dicom::encodeIdentifier(identifier, {kExplicit});
    Watch watch;
    net::QueryScu scu(association);
    const double begun = now();
    const auto end = scu.run({net::DimseCommand::CFindRq, 1, net::asBytes(bytes), {}}, watch, {}, {});
    const double ended = now();
    std::printf("%-36s %7.1f ms to the first, %8.1f ms to the last of %6d matches, status %04x\n", question.name,
        (watch.matches > 0 ? watch.first : ended) - begun, ended - begun, watch.matches, end ? end->status : 0xDEAD);
    std::ignore = association.release({});
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const int instances = argc > 1 ? QByteArray(argv[1]).toInt() : 1'000'000;
    const QTemporaryDir temporary(argc > 2 ? QString::fromLocal8Bit(argv[2]) + u"/querybench-XXXXXX"_s
                                           : QDir::tempPath() + u"/querybench-XXXXXX"_s);
    auto ledger = store::Ledger::open(
        {.path = temporary.filePath(u"ledger.sqlite"_s), .durability = store::LedgerDurability::Process});
    if (!ledger || !fill(**ledger, instances)) {
        std::puts("cannot fill the index");
        return 1;
    }
    const spool::SpoolFolder folder(temporary.filePath(u"spool"_s));
    config::ServeSettings serve;
    serve.queryLimit = 0;
    engine::SpoolQueryScp scp({ledger->get(), &folder, temporary.filePath(u"copies"_s), {}});
    scp.configure(std::make_shared<engine::AccessPolicy>(serve, std::vector<config::ServePeer>()), {});
    net::AcceptorSettings settings;
    settings.address = u"127.0.0.1"_s;
    settings.port = 0;
    scp.connectTo(settings);
    net::Acceptor acceptor(settings, nullptr);
    if (!acceptor.start()) {
        return 1;
    }
    std::printf("%d instances; %.0f MB so far\n", instances, peakMegabytes());
    const auto studyUid = makeSeries(instances / 500, 0)->studyInstanceUid;
    const std::vector<Question> questions{{"study, by UID", u"STUDY"_s, {{tag::kStudyInstanceUid, studyUid}}},
        {"study, by patient ID", u"STUDY"_s, {{tag::kPatientId, u"P0000777"_s}}},
        {"study, by accession number", u"STUDY"_s, {{tag::kAccessionNumber, u"A999"_s}}},
        {"study, name begins with", u"STUDY"_s, {{tag::kPatientName, u"wang^no77*"_s}}},
        {"study, one letter that many have", u"STUDY"_s, {{tag::kPatientName, u"L*"_s}}},
        {"study, family name", u"STUDY"_s, {{tag::kPatientName, u"WANG*"_s}}},
        {"study, family name in Chinese", u"STUDY"_s, {{tag::kPatientName, u"王*"_s}}},
        {"study, name in Chinese, nobody", u"STUDY"_s, {{tag::kPatientName, u"龘*"_s}}},
        {"study, name ends with", u"STUDY"_s, {{tag::kPatientName, u"*No1999"_s}}},
        {"study, one day", u"STUDY"_s, {{tag::kStudyDate, u"20210301"_s}}},
        {"study, a month, with counts", u"STUDY"_s,
            {{tag::kStudyDate, u"20210301-20210331"_s}, {tag::kNumberOfStudyInstances, {}},
                {tag::kNumberOfStudySeries, {}}, {tag::kModalitiesInStudy, {}}}},
        {"study, all dates", u"STUDY"_s, {{tag::kStudyDate, u"19000101-"_s}}},
        {"study, modality in study", u"STUDY"_s, {{tag::kModalitiesInStudy, u"PT"_s}}},
        {"study, modality that nobody has", u"STUDY"_s, {{tag::kModalitiesInStudy, u"US"_s}}},
        {"study, description wildcard", u"STUDY"_s, {{tag::kStudyDescription, u"*no such*"_s}}},
        {"study, everything", u"STUDY"_s, {}},
        {"study, everything, with counts", u"STUDY"_s,
            {{tag::kNumberOfStudyInstances, {}}, {tag::kNumberOfStudySeries, {}}, {tag::kModalitiesInStudy, {}}}},
        {"series of a study", u"SERIES"_s,
            {{tag::kStudyInstanceUid, studyUid}, {tag::kSeriesInstanceUid, {}}, {tag::kNumberOfSeriesInstances, {}}}},
        {"images of a series", u"IMAGE"_s,
            {{tag::kStudyInstanceUid, studyUid}, {tag::kSeriesInstanceUid, QString(studyUid + u".0"_s)},
                {tag::kSopInstanceUid, {}}}}};
    for (const auto& question : questions) {
        ask(acceptor.port(), question);
    }
    std::printf("%.0f MB at the peak\n", peakMegabytes());
    acceptor.stop();
    return 0;
}
