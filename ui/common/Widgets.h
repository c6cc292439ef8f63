#pragma once

#include <QIcon>
#include <QString>

#include <functional>
#include <initializer_list>

class QAbstractItemModel;
class QFrame;
class QLabel;
class QPushButton;
class QScrollArea;
class QToolButton;
class QTreeView;
class QVBoxLayout;
class QWidget;

/// Small parts of every page. Their look comes from the property "role", by the one style sheet (StyleSheet.cpp).
namespace radpost::ui {

/// Sets the role of a widget and lets it be painted anew; cheap when nothing changes.
void setRole(QWidget& widget, const QString& role);

/// Calls @p apply now and whenever the language has changed. Texts are set nowhere else, so none is forgotten.
void onLanguage(QWidget& widget, std::function<void()> apply);

/// @p role: "title", "heading", "strong", "muted", "small", "problem", "note", "good" or empty.
[[nodiscard]] QLabel* makeLabel(const QString& role, QWidget* parent = nullptr);

/// Broken into lines, and can be selected for copying.
[[nodiscard]] QLabel* makeText(const QString& role, QWidget* parent = nullptr);

/// The one filled button of a page.
[[nodiscard]] QPushButton* makePrimaryButton(const QString& iconName, QWidget* parent = nullptr);
[[nodiscard]] QPushButton* makeButton(const QString& iconName, QWidget* parent = nullptr);
[[nodiscard]] QPushButton* makePlainButton(const QString& iconName, QWidget* parent = nullptr);
/// For setMenu(): it has room for the arrow.
[[nodiscard]] QPushButton* makeMenuButton(const QString& iconName, QWidget* parent = nullptr);

/// For buttons and menus: an ampersand in @p text is shown and makes no mnemonic.
[[nodiscard]] QString literalText(const QString& text);

/// An icon alone; give it a tool tip and an accessible name by setIconText().
[[nodiscard]] QToolButton* makeIconButton(const QString& iconName, QWidget* parent = nullptr);
void setIconText(QToolButton& button, const QString& text);

[[nodiscard]] QFrame* makeFrame(const QString& role, QWidget* parent = nullptr);

/// The layout of a card, with its margins.
[[nodiscard]] QVBoxLayout* makeCardColumn(QWidget& card, int spacing);

/// What stands beside the work of a page, and scrolls by itself.
[[nodiscard]] QScrollArea* makeSide(int width, std::initializer_list<QWidget*> parts);

/// Rows of one height, which take the focus as a whole; texts are cut at their end.
[[nodiscard]] QTreeView* makeTable(QAbstractItemModel& model, std::initializer_list<int> widths);

} // namespace radpost::ui
