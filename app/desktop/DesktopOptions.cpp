#include "app/desktop/DesktopOptions.h"

#include <QCommandLineParser>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

constexpr int kUsage = 2;

// The copy that takes them over may have been started elsewhere.
QStringList absolute(const QStringList& paths)
{
    QStringList made;
    for (const auto& path : paths) {
        made.append(QFileInfo(path).absoluteFilePath());
    }
    return made;
}

} // namespace

std::variant<DesktopOptions, DesktopNotice> parseDesktopOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(DesktopOptions::tr("Sends radiology images to a PACS."));
    const QCommandLineOption help({u"h"_s, u"help"_s}, DesktopOptions::tr("Show this help."));
    const QCommandLineOption version({u"V"_s, u"version"_s}, DesktopOptions::tr("Show the version."));
    const QCommandLineOption config(
        u"config"_s, DesktopOptions::tr("Configuration file with settings and destinations."), u"FILE"_s);
    const QCommandLineOption data(u"data"_s, DesktopOptions::tr("Folder of the ledger."), u"FOLDER"_s);
    const QCommandLineOption language(u"lang"_s, DesktopOptions::tr("Language of the texts."), u"en|zh_CN"_s);
    const QCommandLineOption minimized(
        u"minimized"_s, DesktopOptions::tr("Begin in the notification area, without a window."));
    parser.addOptions({help, version, config, data, language, minimized});
    parser.addPositionalArgument(u"PATH"_s,
        DesktopOptions::tr("Folders, files, archives and DICOMDIRs to look through for sending."), u"[PATH…]"_s);
    if (!parser.parse(arguments)) {
        return DesktopNotice{parser.errorText() + u'\n', kUsage};
    }
    if (parser.isSet(help)) {
        return DesktopNotice{parser.helpText(), 0};
    }
    if (parser.isSet(version)) {
        return DesktopNotice{u"radpost-desktop " RADPOST_VERSION "\n"_s, 0};
    }
    DesktopOptions options{parser.value(config), parser.value(data), languageFromText(parser.value(language)),
        absolute(parser.positionalArguments()), parser.isSet(minimized)};
    if (parser.isSet(language) && !options.language) {
        return DesktopNotice{
            DesktopOptions::tr("There are no texts in the language %1.").arg(parser.value(language)) + u'\n', kUsage};
    }
    return options;
}

} // namespace radpost::app
