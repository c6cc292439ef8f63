#pragma once

#include <QLocale>
#include <QString>
#include <QTranslator>

#include <memory>
#include <optional>

namespace radpost::app {

enum class Language { English, Chinese };

/// "en", "zh", "zh_CN", "zh-CN", … ; nothing for what we have no texts in.
[[nodiscard]] std::optional<Language> languageFromText(QStringView text);

/// Of the environment; English when it is neither.
[[nodiscard]] Language systemLanguage();

/// Of this thread: that of its ScopedLanguage, else what LanguageSwitch::set() said last. Any thread.
[[nodiscard]] Language spokenLanguage();

/// How spokenLanguage() writes numbers and dates; QLocale() is for the GUI thread alone, which switches it. Any thread.
[[nodiscard]] QLocale spokenLocale();

/// Makes tr() speak one language and its way to write numbers and dates the default. Needs the application object; call
/// set() again to switch: widgets hear of it by QEvent::LanguageChange. One object for the life of the program.
class LanguageSwitch final
{
public:
    LanguageSwitch();
    ~LanguageSwitch();
    Q_DISABLE_COPY_MOVE(LanguageSwitch)

    void set(Language language);
    [[nodiscard]] Language current() const;

    /// The texts of a library, asked after our own. Blocks on the disk. @return false when there is no such catalogue.
    bool alsoUse(Language language, const QString& file);

private:
    class Catalogues;
    std::unique_ptr<Catalogues> m_catalogues;
    bool m_isInstalled = false;
};

/// While it lives, tr() on this thread speaks @p language and nobody hears of a change: for a text in both languages.
class ScopedLanguage final
{
public:
    explicit ScopedLanguage(Language language);
    ~ScopedLanguage();
    Q_DISABLE_COPY_MOVE(ScopedLanguage)

private:
    std::optional<Language> m_before;
};

} // namespace radpost::app
