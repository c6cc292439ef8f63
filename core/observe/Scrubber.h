#pragma once

#include <QHash>
#include <QSet>
#include <QString>

namespace radpost::observe {

/// Takes known names and IDs of patients out of a text, wherever they stand as words of their own. The last line before
/// something leaves the computer, behind masking, which knows what a value is. Const calls from any thread.
///
/// ASCII words below three characters, and numbers below four digits, are no identifiers: taking them out would leave
/// no text.
class Scrubber final
{
public:
    /// As in the data set, with carets and component groups: each part, and the whole in the ways it may be written.
    void addName(const QString& personName);
    void addId(const QString& patientId);
    [[nodiscard]] bool isEmpty() const { return m_phrases.isEmpty(); }

    /// Each found one becomes redact()'s mark. Linear in the text.
    [[nodiscard]] QString scrubbed(const QString& text) const;

private:
    void add(const QString& phrase);
    [[nodiscard]] qsizetype matchAt(const QString& folded, qsizetype at, const QString& word) const;

    QSet<QString> m_phrases;                   ///< folded
    QHash<QString, QSet<qsizetype>> m_lengths; ///< of the phrases that begin with a word
};

} // namespace radpost::observe
