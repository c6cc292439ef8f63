// What rules cost. routebench [RULES] [INSTANCES] [FILE]: builds so many rules, each with a condition of five tests
// (one a regular expression, one on the patient's name), evaluates so many instances, none of which is dropped early,
// and prints the CPU time per instance; with FILE also what reading the attributes of that file costs.
#include "core/dicom/HeaderReader.h"
#include "core/route/RuleBook.h"

#include <QByteArray>
#include <QString>

#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace radpost;
using namespace Qt::StringLiterals;

namespace {

/// CPU time, so that what else the computer does costs nothing.
class Stopwatch final
{
public:
    [[nodiscard]] double microseconds(int count) const
    {
        return static_cast<double>(std::clock() - m_begin) * 1e6 / CLOCKS_PER_SEC / count;
    }

private:
    std::clock_t m_begin = std::clock();
};

QByteArray rulesText(int count)
{
    QByteArray toml;
    for (int i = 0; i < count; ++i) {
        const QByteArray number = QByteArray::number(i);
        toml += "[[rule]]\nname = \"rule " + number + "\"\nsend = \"D" + QByteArray::number(i % 5) +
            "\"\n[rule.when]\nany = [\n  { all = [{ modality = [\"CT\", \"MR\"] }, { address = \"10.0.0.0/8\" }, "
            "{ attribute = \"StudyDescription\", regex = '^(HEAD|THORAX|ABDOMEN) +routine " +
            number + "$', ignore_case = true }] },\n  { attribute = \"PatientName\", contains = \"Nobody" + number +
            "\", ignore_case = true },\n  { attribute = \"SliceThickness\", from = " + QByteArray::number(100 + i) +
            " },\n]\n";
    }
    return toml;
}

route::InstanceFacts factsOfBench(const route::RuleBook& book, int number)
{
    route::InstanceFacts facts;
    facts.callingAeTitle = {"CT1"};
    facts.peerAddress = u"10.1.2.3"_s;
    facts.modality = u"CT"_s;
    facts.studyDescription = u"Head  Routine %1"_s.arg(number % 200);
    facts.studyInstanceUid = {"1.2.3." + QByteArray::number(number / 500)};
    facts.attributes = dicom::AttributeSet();
    for (const auto& path : book.attributes()) {
        dicom::FoundAttribute found;
        found.isPresent = found.hasContent = true;
        found.vr = path.vr;
        found.values = QStringList(path.vr == "PN" ? u"Wang^XiaoDong=王^小东"_s
                : path.vr == "DS"                  ? u"1.25"_s
                                                   : facts.studyDescription);
        facts.attributes->push_back(std::move(found));
    }
    return facts;
}

void benchReading(const QString& file, const route::RuleBook& book)
{
    constexpr int kRounds = 5000;
    dicom::HeaderReader headers;
    dicom::AttributeReader attributes(book.attributes());
    const auto header = headers.readFile(file);
    if (!header) {
        std::fprintf(stderr, "%s: %s\n", qPrintable(file), qPrintable(header.error().detail));
        return;
    }
    const Stopwatch watch;
    qsizetype values = 0;
    for (int i = 0; i < kRounds; ++i) {
        const auto found = attributes.readFile(file, *header);
        values += found ? found->front().values.size() : 0;
    }
    std::printf("read attributes of a file    %8.2f us an instance (%lld values)\n", watch.microseconds(kRounds),
        static_cast<long long>(values));
}

} // namespace

int main(int argc, char** argv)
{
    const int ruleCount = argc > 1 ? std::atoi(argv[1]) : 100;
    const int instances = argc > 2 ? std::atoi(argv[2]) : 10'000;
    const QStringList destinations{u"D0"_s, u"D1"_s, u"D2"_s, u"D3"_s, u"D4"_s};
    const Stopwatch loading;
    const auto loaded = route::loadRules(rulesText(ruleCount), u"bench"_s, destinations);
    if (!loaded.book) {
        std::fprintf(stderr, "%s\n", qPrintable(loaded.problems.front().toError().detail));
        return 1;
    }
    std::printf("load %d rules               %8.2f ms\n", ruleCount, loading.microseconds(1) / 1000);
    for (const bool explains : {false, true}) {
        route::EvaluateOptions options;
        options.explains = explains;
        qint64 deliveries = 0;
        const Stopwatch watch;
        for (int i = 0; i < instances; ++i) {
            deliveries += static_cast<qint64>(
                loaded.book->evaluate(factsOfBench(*loaded.book, i), {}, options).deliveries.size());
        }
        std::printf("%s             %8.2f us an instance (%lld deliveries)\n",
            explains ? "evaluate, explained" : "evaluate           ", watch.microseconds(instances),
            static_cast<long long>(deliveries));
    }
    if (argc > 3) {
        benchReading(QString::fromLocal8Bit(argv[3]), *loaded.book);
    }
    return 0;
}
