#include "ui/common/Icons.h"
#include "ui/common/StatusDot.h"
#include "ui/common/Theme.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTest>
#include <QWidget>
#include <QWindow>

using namespace radpost;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(QColor ThemeColors::*)

namespace {

constexpr double kForText = 4.5; // WCAG 2.1, 1.4.3
constexpr double kForShapes = 3; // WCAG 2.1, 1.4.11

bool hasColor(const QImage& image, const QColor& color)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == color) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextCanBeRead_data()
    {
        using C = ThemeColors;
        QTest::addColumn<QColor C::*>("ink");
        QTest::addColumn<QColor C::*>("paper");
        QTest::addColumn<double>("wanted");
        const auto row = [](const char* name, QColor C::*ink, QColor C::*paper, double wanted) {
            QTest::newRow(name) << ink << paper << wanted;
        };
        row("text on window", &C::text, &C::window, kForText);
        row("text on card", &C::text, &C::surface, kForText);
        row("text on hover", &C::text, &C::hover, kForText);
        row("muted on window", &C::mutedText, &C::window, kForText);
        row("muted on card", &C::mutedText, &C::surface, kForText);
        row("muted on hover", &C::mutedText, &C::hover, kForText);
        row("on accent", &C::onAccent, &C::accent, kForText);
        row("on accent, hovered", &C::onAccent, &C::accentHover, kForText);
        row("accent on its soft ground", &C::accent, &C::accentSoft, kForText);
        row("accent on card", &C::accent, &C::surface, kForText);
        row("bad on card", &C::bad, &C::surface, kForText);
        row("warning on card", &C::warning, &C::surface, kForText);
        row("good on card", &C::good, &C::surface, kForText);
        row("text on bad", &C::text, &C::badSoft, kForText);
        row("text on warning", &C::text, &C::warningSoft, kForText);
        row("text on good", &C::text, &C::goodSoft, kForText);
        row("muted on bad", &C::mutedText, &C::badSoft, kForText);
        row("muted on warning", &C::mutedText, &C::warningSoft, kForText);
        row("muted on good", &C::mutedText, &C::goodSoft, kForText);
        row("muted on info", &C::mutedText, &C::accentSoft, kForText);
        row("good on bad ground", &C::good, &C::badSoft, kForText);
        row("badge", &C::surface, &C::bad, kForText);
        row("border of fields", &C::strongBorder, &C::surface, kForShapes);
        row("border of fields on window", &C::strongBorder, &C::window, kForShapes);
        row("focus", &C::accent, &C::window, kForShapes);
    }

    void everyTextCanBeRead()
    {
        QFETCH(QColor ThemeColors::*, ink);
        QFETCH(QColor ThemeColors::*, paper);
        QFETCH(double, wanted);
        for (const auto appearance : {Appearance::Light, Appearance::Dark}) {
            const auto& colors = colorsOf(appearance);
            const auto ratio = contrastRatio(colors.*ink, colors.*paper);
            QVERIFY2(ratio >= wanted,
                qPrintable(u"%1: %2"_s.arg(appearance == Appearance::Light ? u"light"_s : u"dark"_s).arg(ratio)));
        }
    }

    void contrastIsThatOfTheStandard()
    {
        QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
        QVERIFY(qAbs(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
    }

    void theStyleSheetHasNoNameLeft()
    {
        for (const auto appearance : {Appearance::Light, Appearance::Dark}) {
            QVERIFY(!styleSheetOf(colorsOf(appearance)).contains(u'@'));
        }
    }

    void everyIconIsDrawnInTheColourOfTheTheme()
    {
        Theme theme(*qApp);
        for (const auto choice : {config::Theme::Light, config::Theme::Dark}) {
            theme.set(choice);
            QCOMPARE(appearanceOf(QApplication::palette()), theme.appearance());
            for (const auto& file : QDir(u":/icons"_s).entryList({u"*.svg"_s})) {
                const auto name = file.chopped(4);
                if (name == u"logo" || name.contains(u"-on-")) {
                    continue;
                }
                const auto image = icon(name).pixmap(40, 40).toImage();
                QVERIFY2(hasColor(image, currentColors().text), qPrintable(name));
            }
        }
        QVERIFY(!logo().pixmap(64, 64).isNull());
    }

    void everyStatusHasAShapeOfItsOwn()
    {
        QList<QImage> shapes;
        for (const auto status : {Status::Unknown, Status::Busy, Status::Good, Status::Warning, Status::Bad}) {
            const auto shape = statusPixmap(status, 16, 1).toImage().convertToFormat(QImage::Format_Alpha8);
            QVERIFY(!shapes.contains(shape));
            shapes.append(shape);
        }
    }

    void systemFollowsThePlatform()
    {
        QApplication::setPalette(paletteOf(colorsOf(Appearance::Dark)));
        Theme theme(*qApp);
        theme.set(config::Theme::Light);
        theme.set(config::Theme::System);
        QCOMPARE(theme.appearance(), Appearance::Dark);
    }

    void systemFollowsAChangeOfThePlatform()
    {
        auto platform = Appearance::Light;
        QApplication::setPalette(paletteOf(colorsOf(platform)));
        Theme theme(*qApp, [&platform] { return paletteOf(colorsOf(platform)); });
        theme.set(config::Theme::System);
        QWidget window;
        window.show();
        const auto change = [&](Appearance to) {
            platform = to;
            QEvent event(QEvent::ThemeChange); // as QGuiApplication tells each window
            QCoreApplication::sendEvent(window.windowHandle(), &event);
        };
        change(Appearance::Dark);
        QTRY_COMPARE(theme.appearance(), Appearance::Dark);
        QCOMPARE(appearanceOf(window.palette()), Appearance::Dark);

        theme.set(config::Theme::Dark); // chosen: the platform is not asked, but not forgotten either
        change(Appearance::Light);
        QCoreApplication::processEvents();
        QCOMPARE(theme.appearance(), Appearance::Dark);
        theme.set(config::Theme::System);
        QCOMPARE(theme.appearance(), Appearance::Light);
    }

    void thePlatformsPaletteIsFoundBehindOurs()
    {
        QApplication::setPalette(QPalette());
        const auto platform = appearanceOf(QGuiApplication::palette());
        const auto other = platform == Appearance::Light ? Appearance::Dark : Appearance::Light;
        QApplication::setPalette(paletteOf(colorsOf(other)));
        Theme theme(*qApp); // takes that for the platform's, until told of a change
        theme.set(config::Theme::System);
        QCOMPARE(theme.appearance(), other);
        QWidget window;
        window.show();
        QEvent event(QEvent::ThemeChange);
        QCoreApplication::sendEvent(window.windowHandle(), &event);
        QTRY_COMPARE(theme.appearance(), platform);
        QCOMPARE(appearanceOf(QApplication::palette()), platform);
    }
};

QTEST_MAIN(TestTheme)
#include "TestTheme.moc"
