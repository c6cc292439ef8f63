#pragma once

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

/// Installs the catalogue of @p language and makes its way to write numbers and dates the default. Needs the
/// application object; call again to switch. One object for the life of the program.
class LanguageSwitch final
{
public:
    LanguageSwitch() = default;
    ~LanguageSwitch();
    Q_DISABLE_COPY_MOVE(LanguageSwitch)

    void set(Language language);
    [[nodiscard]] Language current() const { return m_language; }

private:
    Language m_language = Language::English;
    std::unique_ptr<QTranslator> m_translator;
};

} // namespace radpost::app
