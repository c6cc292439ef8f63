#include "app/common/Language.h"

#include <QCoreApplication>
#include <QEvent>

#include <array>
#include <atomic>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

thread_local std::optional<Language> t_scoped;
std::atomic<Language> s_spoken{Language::English}; // of all threads: workers write texts while the GUI thread switches

QLocale localeOf(Language language)
{
    return language == Language::Chinese ? QLocale(QLocale::Chinese, QLocale::China)
                                         : QLocale(QLocale::English, QLocale::UnitedStates);
}

std::unique_ptr<QTranslator> loaded(const QString& file)
{
    auto catalogue = std::make_unique<QTranslator>();
    return catalogue->load(file) ? std::move(catalogue) : nullptr;
}

} // namespace

/// The one translator that is installed; it asks the catalogues of the language that this thread speaks.
class LanguageSwitch::Catalogues final : public QTranslator
{
public:
    Catalogues()
    {
        add(Language::English, u":/i18n/radpost_en.qm"_s);
        add(Language::Chinese, u":/i18n/radpost_zh_CN.qm"_s);
    }

    bool add(Language language, const QString& file)
    {
        auto catalogue = loaded(file);
        const bool isThere = catalogue != nullptr;
        if (isThere) {
            m_byLanguage[static_cast<size_t>(language)].push_back(std::move(catalogue));
        }
        return isThere;
    }

    [[nodiscard]] bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* text, const char* note, int n) const override
    {
        for (const auto& catalogue : m_byLanguage[static_cast<size_t>(spokenLanguage())]) {
            const auto translated = catalogue->translate(context, text, note, n);
            if (!translated.isNull()) {
                return translated;
            }
        }
        return {};
    }

private:
    std::array<std::vector<std::unique_ptr<QTranslator>>, 2> m_byLanguage;
};

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

Language spokenLanguage()
{
    return t_scoped.value_or(s_spoken.load());
}

QLocale spokenLocale()
{
    return localeOf(spokenLanguage());
}

LanguageSwitch::LanguageSwitch()
    : m_catalogues(std::make_unique<Catalogues>())
{
}

LanguageSwitch::~LanguageSwitch()
{
    if (m_isInstalled) {
        QCoreApplication::removeTranslator(m_catalogues.get());
    }
}

void LanguageSwitch::set(Language language)
{
    s_spoken = language;
    QLocale::setDefault(localeOf(language)); // for widgets
    if (!m_isInstalled) {
        m_isInstalled = QCoreApplication::installTranslator(m_catalogues.get()); // tells everybody
        return;
    }
    QEvent change(QEvent::LanguageChange);
    QCoreApplication::sendEvent(QCoreApplication::instance(), &change);
}

Language LanguageSwitch::current() const
{
    return s_spoken;
}

bool LanguageSwitch::alsoUse(Language language, const QString& file)
{
    return m_catalogues->add(language, file);
}

ScopedLanguage::ScopedLanguage(Language language)
    : m_before(std::exchange(t_scoped, language))
{
}

ScopedLanguage::~ScopedLanguage()
{
    t_scoped = m_before;
}

} // namespace radpost::app
