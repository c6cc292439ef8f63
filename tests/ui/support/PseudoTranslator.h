#pragma once

#include <QTranslator>

namespace radpost::test {

/// A language that nobody speaks: every text with accents on its letters and longer by 40 per cent, in the direction
/// that is asked for. What is shown without accents was not translated; what fits in it fits in a wordy language.
class PseudoTranslator final : public QTranslator
{
public:
    explicit PseudoTranslator(Qt::LayoutDirection direction);

    [[nodiscard]] bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char* note, int n) const override;

    /// Markers of arguments and tags stay as they are.
    [[nodiscard]] static QString pseudo(const QString& text);
    [[nodiscard]] static bool isAccented(QChar c);

private:
    Qt::LayoutDirection m_direction;
    QTranslator m_english; // plurals
};

} // namespace radpost::test
