#include "ui/doctor/AdministratorText.h"

#include "app/common/DoctorText.h"
#include "app/common/Language.h"
#include "ui/doctor/DoctorRun.h"

namespace radpost::ui {

namespace {

QString textIn(app::Language language, const DoctorRun& run)
{
    const app::ScopedLanguage speaking(language);
    return app::administratorLines(run.destination(), run.callingAeTitle(), run.report()).join(u'\n');
}

} // namespace

QString administratorText(const DoctorRun& run)
{
    const auto chinese = textIn(app::Language::Chinese, run);
    const auto english = textIn(app::Language::English, run);
    return english.isEmpty() ? QString() : QString(chinese + QStringLiteral("\n\n") + english + u'\n');
}

QString administratorText(
    const config::Destination& destination, const AeTitle& callingAeTitle, const Error& error, const QDateTime& when)
{
    const auto linesIn = [&](app::Language language) {
        const app::ScopedLanguage speaking(language);
        return app::administratorLines(destination, callingAeTitle, error, when).join(u'\n');
    };
    return linesIn(app::Language::Chinese) + QStringLiteral("\n\n") + linesIn(app::Language::English) + u'\n';
}

} // namespace radpost::ui
