#include "ui/common/Theme.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

// Widgets say what they are by the property "role"; @names are replaced by the theme's colours and sizes.
constexpr QStringView kTemplate = uR"(
* { font-size: @bodyFontpx; }
QToolTip { color: @text; background: @surface; border: 1px solid @strongBorder; padding: 4px; }

QLabel[role="title"] { font-size: @titleFontpx; font-weight: 600; }
QLabel[role="heading"] { font-size: @headingFontpx; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: @mutedText; }
QLabel[role="small"] { color: @mutedText; font-size: @smallFontpx; }
QLabel[role="problem"] { color: @bad; }
QLabel[role="note"] { color: @warning; }
QLabel[role="keytip"] { background: @text; color: @window; border-radius: 4px; padding: 1px 5px; font-weight: 600;
    font-size: @smallFontpx; }
QLabel[role="good"] { color: @good; font-weight: 600; }

QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 8px; }
QFrame[role="well"] { background: @window; border: none; border-radius: 6px; }
QFrame[role="stage"] { background: @surface; border: 1px solid @border; border-radius: 6px; }
QFrame[role="stage"]:focus { border: 2px solid @accent; }
QFrame[role="line"] { background: @border; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="banner-info"] { background: @accentSoft; border: none; border-left: 4px solid @accent; }
QFrame[role="banner-good"] { background: @goodSoft; border: none; border-left: 4px solid @good; }
QFrame[role="banner-warning"] { background: @warningSoft; border: none; border-left: 4px solid @warning; }
QFrame[role="banner-bad"] { background: @badSoft; border: none; border-left: 4px solid @bad; }

QWidget[role="rail"] { background: @surface; border: none; border-right: 1px solid @border; }
QWidget[role="strip"] { background: @surface; border: none; border-top: 1px solid @border; }
QToolButton[role="rail"] { border: none; border-radius: 8px; padding: 8px 4px; color: @mutedText; background: transparent;
    font-size: @smallFontpx; }
QToolButton[role="rail"]:hover { background: @hover; color: @text; }
QToolButton[role="rail"]:checked { background: @accentSoft; color: @accent; font-weight: 600; }
QToolButton[role="rail"]:focus { border: 2px solid @accent; padding: 6px 2px; }

QPushButton, QToolButton[role="button"] { background: @surface; color: @text; border: 1px solid @strongBorder;
    border-radius: 6px; padding: 0 12px; min-height: 30px; }
QPushButton:hover, QToolButton[role="button"]:hover { background: @hover; }
QPushButton:pressed { background: @accentSoft; }
QPushButton:focus { border: 2px solid @accent; padding: 0 11px; min-height: 28px; }
QPushButton:disabled { color: @mutedText; border-color: @border; }
QPushButton::menu-indicator { image: url(:/icons/@downIcon); width: 16px; height: 16px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 6px; }
QPushButton[menu="true"] { padding: 0 28px 0 12px; }
QPushButton[menu="true"]:focus { padding: 0 27px 0 11px; }
QPushButton[role="primary"] { background: @accent; color: @onAccent; border: 1px solid @accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[role="primary"]:focus { border: 2px solid @text; padding: 0 11px; }
QPushButton[role="primary"]:disabled { background: @hover; color: @mutedText; border-color: @border; }
QPushButton[role="plain"], QToolButton[role="plain"] { background: transparent; border: 1px solid transparent;
    border-radius: 6px; padding: 0 8px; min-height: 30px; }
QPushButton[role="plain-warning"] { background: @warningSoft; color: @warning; border: 1px solid transparent;
    font-weight: 600; padding: 0 8px; }
QPushButton[role="plain-warning"]:focus { border: 2px solid @accent; padding: 0 7px; }
QPushButton[role="plain"]:hover, QToolButton[role="plain"]:hover { background: @hover; }
QPushButton[role="plain"]:focus, QToolButton[role="plain"]:focus { border: 2px solid @accent; padding: 0 7px;
    min-height: 28px; }
QToolButton[role="plain"]::menu-indicator { image: none; }
QPushButton[role="fold"] { background: transparent; border: 1px solid transparent; border-radius: 6px; text-align: left;
    font-weight: 600; padding: 0 4px; min-height: 30px; }
QPushButton[role="fold"]:hover { background: @hover; }
QPushButton[role="fold"]:focus { border: 2px solid @accent; padding: 0 3px; min-height: 28px; }

QPushButton[role="segment"] { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 0 12px; min-height: 30px; color: @mutedText; }
QPushButton[role="segment"]:hover { background: @hover; color: @text; }
QPushButton[role="segment"]:checked { background: @accentSoft; color: @accent; font-weight: 600; }
QPushButton[role="segment"]:focus { border: 2px solid @accent; padding: 0 11px; min-height: 28px; }

QLineEdit, QComboBox { background: @surface; color: @text; border: 1px solid @strongBorder; border-radius: 6px;
    padding: 0 8px; min-height: 30px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QComboBox:focus { border: 2px solid @accent; padding: 0 7px; min-height: 28px; }
QLineEdit[state="bad"] { border: 2px solid @bad; padding: 0 7px; min-height: 28px; }
QLineEdit:disabled, QComboBox:disabled { color: @mutedText; background: @window; border-color: @border; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/icons/@downIcon); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: @surface; color: @text; border: 1px solid @strongBorder;
    selection-background-color: @accentSoft; selection-color: @text; outline: none; }
QCheckBox { spacing: 8px; min-height: 30px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @strongBorder; border-radius: 4px;
    background: @surface; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/@checkIcon); }
QCheckBox::indicator:focus { border: 2px solid @accent; }

QTextBrowser[role="paper"] { background: #ffffff; color: #111111; border: 1px solid @border; border-radius: 8px;
    padding: 16px; }
QPlainTextEdit, QListWidget { background: @surface; color: @text; border: 1px solid @strongBorder; border-radius: 6px;
    padding: 4px; selection-background-color: @accent; selection-color: @onAccent; }
QPlainTextEdit:focus, QListWidget:focus { border: 2px solid @accent; padding: 3px; }
QListWidget { selection-background-color: @accentSoft; selection-color: @text; outline: none; }
QListWidget::indicator { width: 14px; height: 14px; border: 1px solid @strongBorder; border-radius: 4px;
    background: @surface; }
QListWidget::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/@checkIcon); }
QDateEdit { background: @surface; color: @text; border: 1px solid @strongBorder; border-radius: 6px; padding: 0 8px;
    min-height: 30px; }
QDateEdit:focus { border: 2px solid @accent; padding: 0 7px; min-height: 28px; }
QDateEdit::drop-down { border: none; width: 24px; }
QDateEdit::down-arrow { image: url(:/icons/@downIcon); width: 16px; height: 16px; }
QMenu { background: @surface; color: @text; border: 1px solid @strongBorder; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 8px; border-radius: 4px; }
QMenu::item:selected { background: @accentSoft; color: @text; }
QMenu::item:disabled { color: @mutedText; }
QMenu::separator { height: 1px; background: @border; margin: 4px; }
QFrame[role="drop"] { background: @surface; border: 1px dashed @strongBorder; border-radius: 8px; }
QFrame[role="drop-over"] { background: @accentSoft; border: 1px dashed @accent; border-radius: 8px; }
QTreeView { background: @surface; color: @text; border: 1px solid @border; border-radius: 6px; outline: none;
    selection-background-color: @accentSoft; selection-color: @text; }
QTreeView:focus { border-color: @accent; }
QTreeView::item { min-height: 26px; }
QTreeView::item:hover { background: @hover; }
QTreeView::item:selected { background: @accentSoft; color: @text; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url(:/icons/@rightIcon); }
QTreeView::branch:has-children:open { image: url(:/icons/@downIcon); }
QTreeView::indicator { width: 14px; height: 14px; border: 1px solid @strongBorder; border-radius: 4px;
    background: @surface; }
QTreeView::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/@checkIcon); }
QTreeView::indicator:indeterminate { background: @accent; border-color: @accent;
    image: url(:/icons/@partialIcon); }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @mutedText; border: none; border-bottom: 1px solid @border;
    padding: 4px 6px; }
QSplitter::handle { background: transparent; width: 8px; height: 8px; }
QSplitter::handle:hover { background: @border; }
QSlider { min-height: 24px; }
QSlider::groove:horizontal { background: @strongBorder; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: @accent; border: 2px solid @surface; width: 12px; height: 12px; margin: -6px 0;
    border-radius: 8px; }
QSlider::handle:horizontal:focus { border-color: @text; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="content"] { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: @strongBorder; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: @strongBorder; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; width: 0; height: 0; }
)";

QHash<QString, QString> tokens(const ThemeColors& colors)
{
    const bool isDark = colors.text.lightness() > colors.window.lightness();
    return {{u"window"_s, colors.window.name()}, {u"surface"_s, colors.surface.name()},
        {u"hover"_s, colors.hover.name()}, {u"border"_s, colors.border.name()},
        {u"strongBorder"_s, colors.strongBorder.name()}, {u"text"_s, colors.text.name()},
        {u"mutedText"_s, colors.mutedText.name()}, {u"accent"_s, colors.accent.name()},
        {u"accentHover"_s, colors.accentHover.name()}, {u"onAccent"_s, colors.onAccent.name()},
        {u"accentSoft"_s, colors.accentSoft.name()}, {u"good"_s, colors.good.name()},
        {u"warning"_s, colors.warning.name()}, {u"bad"_s, colors.bad.name()}, {u"goodSoft"_s, colors.goodSoft.name()},
        {u"warningSoft"_s, colors.warningSoft.name()}, {u"badSoft"_s, colors.badSoft.name()},
        {u"smallFontpx"_s, u"%1px"_s.arg(metrics::kSmallFont)}, {u"bodyFontpx"_s, u"%1px"_s.arg(metrics::kBodyFont)},
        {u"headingFontpx"_s, u"%1px"_s.arg(metrics::kHeadingFont)},
        {u"titleFontpx"_s, u"%1px"_s.arg(metrics::kTitleFont)},
        {u"downIcon"_s, isDark ? u"down-on-dark.svg"_s : u"down.svg"_s},
        {u"rightIcon"_s, isDark ? u"right-on-dark.svg"_s : u"right.svg"_s},
        {u"partialIcon"_s, isDark ? u"partial.svg"_s : u"partial-on-accent.svg"_s},
        {u"checkIcon"_s, isDark ? u"passed.svg"_s : u"passed-on-accent.svg"_s}};
}

bool isNamePart(QChar c)
{
    return c.isLetter();
}

} // namespace

QString styleSheetOf(const ThemeColors& colors)
{
    const auto values = tokens(colors);
    QString sheet;
    for (qsizetype at = 0; at < kTemplate.size();) {
        if (kTemplate[at] != u'@') {
            sheet += kTemplate[at++];
            continue;
        }
        qsizetype end = at + 1;
        while (end < kTemplate.size() && isNamePart(kTemplate[end])) {
            ++end;
        }
        const auto name = kTemplate.sliced(at + 1, end - at - 1).toString();
        Q_ASSERT(values.contains(name)); // the template is ours, not data from outside
        sheet += values.value(name);
        at = end;
    }
    return sheet;
}

} // namespace radpost::ui
