// Makes a picture of every screen and state, in both languages and both themes: radpost_screenshots FOLDER
// [PAGE].
// scripts/screenshots.sh starts it under Xvfb.

#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include <QApplication>
#include <QDir>

#include <array>
#include <cstdio>

using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

struct Scenes
{
    QString page;
    void (*shoot)(Studio&);
};

const std::array kScenes{
    Scenes{u"firststart"_s, shootFirstStart},
    Scenes{u"send"_s, shootSend},
    Scenes{u"activity"_s, shootActivity},
    Scenes{u"query"_s, shootQuery},
    Scenes{u"receive"_s, shootReceive},
    Scenes{u"rules"_s, shootRules},
    Scenes{u"destinations"_s, shootDestinations},
    Scenes{u"log"_s, shootLog},
    Scenes{u"preview"_s, shootPreview},
    Scenes{u"settings"_s, shootSettings},
    Scenes{u"shell"_s, shootShell},
    Scenes{u"troubles"_s, shootTroubles},
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const auto folder = QApplication::arguments().value(1);
    if (folder.isEmpty() || !QDir().mkpath(folder)) {
        std::fputs("usage: radpost_screenshots FOLDER [PAGE]\n", stderr);
        return 2;
    }
    const auto only = QApplication::arguments().value(2);
    for (const auto& language : {u"en"_s, u"zh_CN"_s}) {
        for (const auto& theme : {u"light"_s, u"dark"_s}) {
            Studio studio({language, theme}, folder);
            for (const auto& scenes : kScenes) {
                if (only.isEmpty() || only == scenes.page) {
                    scenes.shoot(studio);
                }
            }
        }
    }
    return 0;
}
