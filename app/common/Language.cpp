#include "app/common/Language.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace radpost::app {

std::optional<Language> languageFromText(QStringView text)
{
    const auto word = text.left(2);
    if (word.compare(u"zh", Qt::CaseInsensitive) == 0) {
        return Language::Chinese;
    }
    if (word.compare(u"en", Qt::CaseInsensitive) == 0) {
        return Language::English;
    }
    return std::nullopt;
}

Language systemLanguage()
{
    return QLocale::system().language() == QLocale::Chinese ? Language::Chinese : Language::English;
}

LanguageSwitch::~LanguageSwitch()
{
    if (m_translator) {
        QCoreApplication::removeTranslator(m_translator.get());
    }
}

void LanguageSwitch::set(Language language)
{
    if (m_translator) {
        QCoreApplication::removeTranslator(m_translator.get());
    }
    m_language = language;
    const bool isChinese = language == Language::Chinese;
    QLocale::setDefault(
        isChinese ? QLocale(QLocale::Chinese, QLocale::China) : QLocale(QLocale::English, QLocale::UnitedStates));
    m_translator = std::make_unique<QTranslator>();
    if (m_translator->load(isChinese ? u":/i18n/radpost_zh_CN.qm"_s : u":/i18n/radpost_en.qm"_s)) {
        QCoreApplication::installTranslator(m_translator.get());
    }
}

} // namespace radpost::app
