#include "core/observe/LogEntry.h"

#include "core/observe/Redact.h"

namespace radpost::observe {

namespace {

QString factText(const LogFact& fact, Masking masking)
{
    if (masking == Masking::Off) {
        return fact.value;
    }
    return fact.isPatient ? redact(fact.value) : maskedText(fact.value);
}

} // namespace

QString withValues(const QString& pattern, const QStringList& values)
{
    QString made;
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        const int digit = pattern[at] == u'%' && at + 1 < pattern.size() ? pattern[at + 1].digitValue() : -1;
        if (digit >= 1 && digit <= values.size()) {
            made += values[digit - 1];
            ++at;
        } else {
            made += pattern[at];
        }
    }
    return made;
}

QStringList factValues(const LogEntry& entry, Masking masking)
{
    QStringList values;
    for (const auto& fact : entry.facts) {
        values.append(factText(fact, masking));
    }
    return values;
}

QString entryText(const LogEntry& entry, Masking masking)
{
    if (entry.event == LogEvent::Line) {
        return masking == Masking::On ? maskedText(entry.text) : entry.text;
    }
    return withValues(entry.text, factValues(entry, masking));
}

} // namespace radpost::observe
