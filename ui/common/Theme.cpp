#include "ui/common/Theme.h"

#include <QApplication>
#include <QEvent>
#include <QFont>
#include <QFontDatabase>
#include <QStyleFactory>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const ThemeColors kLight{
    .window = QColor(0xf4, 0xf6, 0xf7),
    .surface = QColor(0xff, 0xff, 0xff),
    .hover = QColor(0xe9, 0xee, 0xf0),
    .border = QColor(0xd8, 0xde, 0xe1),
    .strongBorder = QColor(0x7e, 0x8b, 0x91),
    .text = QColor(0x1b, 0x23, 0x27),
    .mutedText = QColor(0x52, 0x5f, 0x66),
    .accent = QColor(0x0b, 0x6e, 0x75),
    .accentHover = QColor(0x08, 0x59, 0x5f),
    .onAccent = QColor(0xff, 0xff, 0xff),
    .accentSoft = QColor(0xdd, 0xee, 0xef),
    .good = QColor(0x1a, 0x74, 0x38),
    .warning = QColor(0x84, 0x55, 0x00),
    .bad = QColor(0xb0, 0x24, 0x1c),
    .goodSoft = QColor(0xe4, 0xf3, 0xe8),
    .warningSoft = QColor(0xfc, 0xf0, 0xd7),
    .badSoft = QColor(0xfb, 0xe7, 0xe5),
};

const ThemeColors kDark{
    .window = QColor(0x14, 0x18, 0x1b),
    .surface = QColor(0x1d, 0x23, 0x27),
    .hover = QColor(0x2a, 0x32, 0x37),
    .border = QColor(0x33, 0x3c, 0x41),
    .strongBorder = QColor(0x72, 0x80, 0x87),
    .text = QColor(0xe6, 0xeb, 0xed),
    .mutedText = QColor(0xa3, 0xaf, 0xb5),
    .accent = QColor(0x4f, 0xc3, 0xc7),
    .accentHover = QColor(0x74, 0xd5, 0xd8),
    .onAccent = QColor(0x05, 0x26, 0x28),
    .accentSoft = QColor(0x16, 0x3a, 0x3d),
    .good = QColor(0x72, 0xd0, 0x91),
    .warning = QColor(0xe8, 0xb7, 0x55),
    .bad = QColor(0xff, 0x8f, 0x86),
    .goodSoft = QColor(0x17, 0x30, 0x1f),
    .warningSoft = QColor(0x35, 0x2a, 0x10),
    .badSoft = QColor(0x3b, 0x1e, 0x1c),
};

// WCAG 2.1, relative luminance.
double luminance(const QColor& color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

// The platform's own font, with one for Chinese behind it, so that no screen falls back to another country's shapes.
QFont applicationFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    font.setFamilies({font.family(), u"Noto Sans CJK SC"_s, u"Microsoft YaHei"_s, u"PingFang SC"_s});
    font.setPixelSize(metrics::kBodyFont);
    return font;
}

// Qt 6.4 has no other public way to the platform's palette: ours is taken away for a moment.
QPalette unsetPalette()
{
    QApplication::setPalette(QPalette());
    return QGuiApplication::palette();
}

} // namespace

const ThemeColors& colorsOf(Appearance appearance)
{
    return appearance == Appearance::Dark ? kDark : kLight;
}

Appearance appearanceOf(const QPalette& palette)
{
    const bool isDark = palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
    return isDark ? Appearance::Dark : Appearance::Light;
}

const ThemeColors& currentColors()
{
    return colorsOf(appearanceOf(QGuiApplication::palette()));
}

double contrastRatio(const QColor& one, const QColor& other)
{
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

QPalette paletteOf(const ThemeColors& colors)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.surface);
    palette.setColor(QPalette::AlternateBase, colors.window);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.mutedText);
    palette.setColor(QPalette::Button, colors.surface);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.onAccent);
    palette.setColor(QPalette::Highlight, colors.accent);
    palette.setColor(QPalette::HighlightedText, colors.onAccent);
    palette.setColor(QPalette::ToolTipBase, colors.surface);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    palette.setColor(QPalette::Mid, colors.border);
    palette.setColor(QPalette::Dark, colors.strongBorder);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, colors.mutedText);
    }
    return palette;
}

Theme::Theme(QApplication& application, std::function<QPalette()> platformPalette)
    : m_application(application)
    , m_platformPalette(platformPalette ? std::move(platformPalette) : unsetPalette)
    , m_system(appearanceOf(QGuiApplication::palette()))
    , m_appearance(m_system)
{
    // Each window is told of the change; one look afterwards is enough.
    m_follow.setSingleShot(true);
    m_follow.setInterval(0);
    connect(&m_follow, &QTimer::timeout, this, &Theme::followPlatform);
    application.installEventFilter(this);
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setFont(applicationFont());
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ThemeChange) {
        m_follow.start();
    }
    return QObject::eventFilter(watched, event);
}

void Theme::followPlatform()
{
    m_system = appearanceOf(m_platformPalette());
    set(m_theme);
}

void Theme::set(config::Theme theme)
{
    m_theme = theme;
    m_appearance = theme == config::Theme::System ? m_system
        : theme == config::Theme::Dark            ? Appearance::Dark
                                                  : Appearance::Light;
    const auto& colors = colorsOf(m_appearance);
    QApplication::setPalette(paletteOf(colors));
    m_application.setStyleSheet(styleSheetOf(colors));
}

} // namespace radpost::ui
