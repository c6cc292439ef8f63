#include "core/config/RulesText.h"
#include "core/route/RuleBook.h"

#include <cstdlib>

using namespace radpost;
using namespace Qt::StringLiterals;

namespace {

route::InstanceFacts factsFor(const route::RuleBook& book)
{
    route::InstanceFacts facts;
    facts.callingAeTitle = {"CT1"};
    facts.peerAddress = u"10.1.2.3"_s;
    facts.modality = u"CT"_s;
    facts.studyDescription = u"HEAD aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"_s;
    facts.studyInstanceUid = {"1.2.3"};
    dicom::FoundAttribute found;
    found.isPresent = found.hasContent = true;
    found.values = QStringList{u"20240229"_s, u"王^小东"_s, u"1.5"_s};
    facts.attributes = dicom::AttributeSet(book.attributes().size(), found);
    return facts;
}

} // namespace

// What is read without a fault must come back unchanged from what we write, and be evaluated in bounded time; an edit
// must say what was wanted.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray toml(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const QStringList destinations{u"PACS"_s, u"BACKUP"_s, u"AI"_s};
    const auto loaded = route::loadRules(toml, {}, destinations);
    if (!loaded.book) {
        return 0;
    }
    const auto& rules = loaded.book->rules();
    route::EvaluateOptions options;
    options.explains = true;
    static_cast<void>(loaded.book->evaluate(factsFor(*loaded.book), {}, options));
    const auto again = config::parseRules(config::rulesToToml(rules), {}, {});
    if (!again.problems.empty() || again.rules != rules) {
        std::abort();
    }
    auto fewer = rules;
    if (!fewer.rules.empty()) {
        fewer.rules.erase(fewer.rules.begin());
    }
    const auto edited = config::changeRules(toml, fewer);
    if (edited && !config::isWholeConfig(toml) && config::parseRules(*edited, {}, {}).rules != fewer) {
        std::abort();
    }
    return 0;
}
