#include "app/cli/SyntheticOptions.h"

#include "app/cli/Cli.h"
#include "core/config/Expectation.h"

#include <array>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using namespace dicom;

constexpr int kMostInstances = 10'000'000;

template <typename T>
using Word = std::pair<QStringView, T>;

constexpr std::array<Word<SyntheticKind>, 6> kKinds{
    {{u"ct", SyntheticKind::Ct}, {u"mr", SyntheticKind::Mr}, {u"us", SyntheticKind::UsMultiFrame},
        {u"cr", SyntheticKind::Cr}, {u"sr", SyntheticKind::Sr}, {u"tiny", SyntheticKind::Tiny}}};
constexpr std::array<Word<SyntheticText>, 6> kTexts{
    {{u"utf8", SyntheticText::Utf8}, {u"gb18030", SyntheticText::Gb18030}, {u"iso2022", SyntheticText::Iso2022Ir58},
        {u"mislabelled-gbk", SyntheticText::MislabelledGbk}, {u"mislabelled-utf8", SyntheticText::MislabelledUtf8},
        {u"ascii", SyntheticText::Ascii}}};
constexpr std::array<Word<SyntheticSyntax>, 4> kSyntaxes{
    {{u"explicit", SyntheticSyntax::ExplicitLittle}, {u"implicit", SyntheticSyntax::ImplicitLittle},
        {u"big-endian", SyntheticSyntax::ExplicitBig}, {u"deflated", SyntheticSyntax::Deflated}}};

template <typename T, std::size_t N>
std::optional<T> find(const std::array<Word<T>, N>& words, const QString& text)
{
    for (const auto& [word, value] : words) {
        if (text.compare(word, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return std::nullopt;
}

bool readCount(const QString& text, int& into)
{
    bool isNumber = false;
    into = text.toInt(&isNumber);
    return isNumber && into >= 1 && into <= kMostInstances;
}

std::optional<SyntheticSeries> readSeries(const QString& text)
{
    const auto parts = text.split(u':');
    const auto kind = find(kKinds, parts[0]);
    SyntheticSeries series;
    if (!kind || parts.size() > 3 || (parts.size() > 1 && !readCount(parts[1], series.instances))) {
        return std::nullopt;
    }
    series.kind = *kind;
    if (parts.size() > 2) {
        const auto bytes = config::sizeFromText(parts[2]);
        if (!bytes || *bytes < 1) {
            return std::nullopt;
        }
        series.instanceBytes = *bytes;
    }
    return series;
}

QString readSeriesList(const QStringList& texts, SyntheticParams& params)
{
    for (const auto& text : texts) {
        const auto series = readSeries(text);
        if (!series) {
            return Cli::tr("%1 is not KIND[:COUNT[:SIZE]].").arg(text);
        }
        params.series.append(*series);
    }
    if (params.series.isEmpty()) {
        params.series = mixedSeries();
    }
    return {};
}

QString readWords(const Arguments& arguments, SyntheticParams& params)
{
    if (arguments.has(u"text"_s)) {
        params.texts.clear();
    }
    for (const auto& name : arguments.list(u"text"_s)) {
        const auto text = find(kTexts, name);
        if (!text) {
            return Cli::tr("There is no encoding %1.").arg(name);
        }
        params.texts.append(*text);
    }
    if (arguments.has(u"syntax"_s)) {
        const auto syntax = find(kSyntaxes, arguments.value(u"syntax"_s));
        if (!syntax) {
            return Cli::tr("There is no transfer syntax %1.").arg(arguments.value(u"syntax"_s));
        }
        params.syntax = *syntax;
    }
    return {};
}

QString readCounts(const Arguments& arguments, SyntheticParams& params)
{
    const bool isGood = (!arguments.has(u"patients"_s) || readCount(arguments.value(u"patients"_s), params.patients)) &&
        (!arguments.has(u"studies"_s) || readCount(arguments.value(u"studies"_s), params.studiesPerPatient));
    if (!isGood) {
        return Cli::tr("--patients and --studies need whole numbers from 1.");
    }
    bool isNumber = true;
    if (arguments.has(u"seed"_s)) {
        params.seed = arguments.value(u"seed"_s).toULongLong(&isNumber);
    }
    return isNumber ? QString() : Cli::tr("--seed needs a whole number.");
}

} // namespace

QString readSyntheticOptions(const Arguments& arguments, SyntheticParams& params)
{
    for (const auto& wrong : {readCounts(arguments, params), readWords(arguments, params),
             readSeriesList(arguments.list(u"series"_s), params)}) {
        if (!wrong.isEmpty()) {
            return wrong;
        }
    }
    return {};
}

QList<SyntheticSeries> mixedSeries()
{
    return {{SyntheticKind::Ct, 24, 0, 0, 0, 0}, {SyntheticKind::Mr, 24, 0, 0, 0, 0},
        {SyntheticKind::UsMultiFrame, 1, 0, 0, 0, 0}, {SyntheticKind::Cr, 1, 0, 0, 0, 0},
        {SyntheticKind::Sr, 1, 0, 0, 0, 0}};
}

} // namespace radpost::cli
