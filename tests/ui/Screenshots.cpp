// Makes a picture of every screen and state, in both languages and both themes: radpost_screenshots FOLDER.
// scripts/screenshots.sh starts it under Xvfb.

#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include <QApplication>
#include <QDir>

#include <cstdio>

using namespace radpost::test;
using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const auto folder = QApplication::arguments().value(1);
    if (folder.isEmpty() || !QDir().mkpath(folder)) {
        std::fputs("usage: radpost_screenshots FOLDER\n", stderr);
        return 2;
    }
    const auto only = QApplication::arguments().value(2); // a page
    for (const auto& language : {u"en"_s, u"zh_CN"_s}) {
        for (const auto& theme : {u"light"_s, u"dark"_s}) {
            Studio studio({language, theme}, folder);
            if (only == u"send"_s) {
                shootSend(studio);
                continue;
            }
            shootSend(studio);
            shootDestinations(studio);
            shootSettings(studio);
            shootTroubles(studio);
        }
    }
    return 0;
}
