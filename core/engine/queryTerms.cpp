#include "core/engine/queryTerms.h"

#include "core/dicom/AttributePath.h"

#include <algorithm>

namespace radpost::engine {

namespace {

using dicom::KeyMatch;
using store::SpoolColumn;
using store::SpoolTerm;

bool isAscii(const QString& text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

/// What every value has to begin with; a name may end where the pattern still has a delimiter.
QString literalBeginning(const QString& pattern, bool isName)
{
    const bool hasWildcards = pattern.contains(u'*') || pattern.contains(u'?');
    const auto isEnd = [&](QChar c) { return c == u'*' || c == u'?' || (isName && hasWildcards && c == u'^'); };
    auto end = std::find_if(pattern.begin(), pattern.end(), isEnd);
    auto beginning = pattern.left(end - pattern.begin());
    while (isName && (beginning.endsWith(u'^') || beginning.endsWith(u' '))) {
        beginning.chop(1);
    }
    return beginning;
}

SpoolTerm beginsWith(SpoolColumn column, const QString& beginning)
{
    static constexpr char32_t kLast = 0x10FFFF;
    return {column, SpoolTerm::Test::Between, {beginning, QString(beginning + QString::fromUcs4(&kLast, 1))}};
}

/// For any group of a name, and for names that end before the pattern does.
QString loosePattern(QString group)
{
    while (group.endsWith(u'^') || group.endsWith(u' ')) {
        group.chop(1);
    }
    group.replace(u'^', u'*');
    return store::likePattern(u'*' + group + u'*');
}

/// Of a key with names or wildcards.
QList<SpoolTerm> patternsOf(SpoolColumn column, const QStringList& values, bool isName)
{
    QList<SpoolTerm> terms;
    // What is in ASCII only is looked for in the alphabetic group, which comes first and has an index.
    const bool isFirstGroup = !isName || (isAscii(values.first()) && !values.first().contains(u'='));
    if (values.size() == 1 && isFirstGroup) {
        const auto beginning = literalBeginning(values.first(), isName);
        if (!beginning.isEmpty()) {
            terms.append(beginsWith(column, beginning));
        }
    }
    QStringList patterns;
    for (const auto& value : values) {
        const bool hasGroups = isName && value.contains(u'=');
        patterns.append(
            isName ? loosePattern(hasGroups ? value.section(u'=', 0, 0) : value) : store::likePattern(value));
    }
    terms.append({column, SpoolTerm::Test::Like, patterns});
    return terms;
}

} // namespace

QList<SpoolTerm> termsOf(quint32 tag, SpoolColumn column, const KeyMatch& match)
{
    const auto vr = dicom::dictionaryVr(tag);
    if (match.isUniversal() || vr == "TM" || vr == "IS" || vr == "US") {
        return {};
    }
    if (match.kind() == KeyMatch::Kind::Range) {
        return {{column, SpoolTerm::Test::Between, {match.from(), match.to()}}};
    }
    const bool isName = vr == "PN";
    if (!isName && !match.hasWildcards()) {
        return {{column, SpoolTerm::Test::AnyOf, match.values()}};
    }
    return patternsOf(column, match.values(), isName);
}

} // namespace radpost::engine
