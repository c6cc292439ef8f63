#include "ui/main/keyletters.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

// Those under the fingers first, for texts without a letter of their own.
constexpr QStringView kLetters = u"ASDFGHJKLQWERTYUIOPZXCVBNM";

/// First letters of words, then the rest.
QString wishes(const QString& text)
{
    static const QRegularExpression begin(u"(?<![A-Z])[A-Z]"_s);
    const auto upper = text.toUpper();
    QString firsts;
    for (auto found = begin.globalMatch(upper); found.hasNext();) {
        firsts += found.next().captured();
    }
    return firsts + upper;
}

QString take(QStringView candidates, QSet<QChar>& taken)
{
    const auto free = std::find_if(
        candidates.begin(), candidates.end(), [&taken](QChar c) { return kLetters.contains(c) && !taken.contains(c); });
    if (free == candidates.end()) {
        return {};
    }
    taken.insert(*free);
    return *free;
}

} // namespace

QStringList keyLetters(const QStringList& texts, const QStringList& taken)
{
    QSet<QChar> given;
    for (const auto& key : taken) {
        given.insert(key.front());
    }
    QStringList keys;
    for (const auto& text : texts) {
        keys.append(take(wishes(text), given));
    }
    for (auto& key : keys) {
        if (key.isEmpty()) {
            key = take(kLetters, given);
        }
    }
    return keys;
}

} // namespace radpost::ui
