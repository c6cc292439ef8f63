// Makes the data of the bench: make_set FOLDER ct|mr|tiny|big COUNT

#include "core/dicom/SyntheticStudy.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

using namespace radpost;
using namespace radpost::dicom;

namespace {

constexpr qint64 kBigBytes = qint64(2) << 30;

QList<SyntheticSeries> seriesOf(std::string_view set, int count)
{
    SyntheticSeries series;
    series.instances = count;
    if (set == "ct") {
        series.kind = SyntheticKind::Ct;
    } else if (set == "mr") {
        series.kind = SyntheticKind::Mr;
    } else if (set == "tiny") {
        series.kind = SyntheticKind::Tiny;
    } else if (set == "big") {
        series = {SyntheticKind::UsMultiFrame, count, 768, 1024, 0, kBigBytes};
    } else {
        return {};
    }
    return {series};
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::fprintf(stderr, "usage: make_set FOLDER ct|mr|tiny|big COUNT\n");
        return 2;
    }
    const int count = std::atoi(argv[3]);
    SyntheticParams params;
    params.folder = QString::fromLocal8Bit(argv[1]);
    // A series of some hundred instances is what a scanner makes.
    params.patients = count > 500 ? count / 500 : 1;
    params.series = seriesOf(argv[2], count / params.patients);
    const auto made = makeSyntheticStudies(params, {});
    if (!made) {
        std::fprintf(stderr, "%s\n", qPrintable(made.error().detail));
        return 1;
    }
    std::printf(
        "%lld instances %lld bytes\n", static_cast<long long>(made->instances), static_cast<long long>(made->bytes));
    return 0;
}
