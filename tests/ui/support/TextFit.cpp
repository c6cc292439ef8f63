#include "tests/ui/support/TextFit.h"

#include "ui/common/ElidedLabel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace radpost::test {

namespace {

/// A text, what it needs, and what it has; in pixels.
struct Fit
{
    QString text;
    QSize needed;
    QSize room;
    /// One pixel is what styles round by.
    [[nodiscard]] bool isCut() const { return needed.width() > room.width() + 1 || needed.height() > room.height(); }
};

Fit fitOf(const QLabel& label)
{
    if (qobject_cast<const ui::ElidedLabel*>(&label) != nullptr) {
        return {label.text(), label.minimumSizeHint(), label.size()}; // its tool tip says the rest
    }
    const bool breaks = label.wordWrap();
    const QSize needed = breaks ? QSize(0, label.heightForWidth(label.width())) : label.sizeHint();
    return {label.text(), needed, label.size()};
}

Fit fitOf(const QAbstractButton& button)
{
    const auto* tool = qobject_cast<const QToolButton*>(&button);
    const bool hasText = tool == nullptr || tool->toolButtonStyle() != Qt::ToolButtonIconOnly;
    return {hasText ? button.text() : QString(), {button.sizeHint().width(), 0}, button.size()};
}

Fit fitOf(const QComboBox& box)
{
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.editable = box.isEditable();
    const auto room = box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
    return {box.currentText(), {box.fontMetrics().horizontalAdvance(box.currentText()), 0}, room.size()};
}

Fit fitOf(const QLineEdit& line)
{
    const int frame = line.height() / 2; // what style sheet, cursor and action leave no room for
    const bool isTold = line.toolTip() == line.placeholderText(); // a hint that is said elsewhere too
    const auto text = line.text().isEmpty() && !isTold ? line.placeholderText() : QString();
    return {text, {line.fontMetrics().horizontalAdvance(text), 0}, line.size() - QSize(frame, 0)};
}

QList<Fit> fitsOf(const QHeaderView& header)
{
    QList<Fit> fits;
    for (int section = 0; section < header.count(); ++section) {
        const auto text = header.model()->headerData(section, header.orientation()).toString();
        if (!header.isSectionHidden(section) && header.orientation() == Qt::Horizontal) {
            fits.append({text, {header.fontMetrics().horizontalAdvance(text), 0},
                QSize(header.sectionSize(section), header.height())});
        }
    }
    return fits;
}

QList<Fit> fitsOf(const QWidget& widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        return {fitOf(*label)};
    }
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) {
        return {fitOf(*button)};
    }
    if (const auto* box = qobject_cast<const QComboBox*>(&widget)) {
        return {fitOf(*box)};
    }
    if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) {
        return {fitOf(*line)};
    }
    if (const auto* header = qobject_cast<const QHeaderView*>(&widget)) {
        return fitsOf(*header);
    }
    return {};
}

/// The nearest widget above that may hold more than it shows.
const QAbstractScrollArea* scrolledBy(const QWidget& widget)
{
    for (const auto* above = widget.parentWidget(); above != nullptr; above = above->parentWidget()) {
        if (const auto* area = qobject_cast<const QAbstractScrollArea*>(above)) {
            return area;
        }
    }
    return nullptr;
}

/// Some of it lies outside of what holds it. Up and down may be scrolled to, sideways nothing is.
bool isOutside(const QWidget& widget)
{
    const auto* area = scrolledBy(widget);
    if (qobject_cast<const QAbstractItemView*>(area) != nullptr) {
        return false;
    }
    for (const auto* above = widget.parentWidget(); above != nullptr && !above->isWindow();
         above = above->parentWidget()) {
        const QRect place(widget.mapTo(above, QPoint()), widget.size());
        const auto room = above->rect();
        const bool isSideways = place.left() < room.left() || place.right() > room.right();
        const bool isScrolled = area != nullptr && (above == area || above == area->viewport());
        if (isSideways || (!isScrolled && area == nullptr && !room.contains(place))) {
            return true;
        }
    }
    return false;
}

QString pathOf(const QWidget& widget)
{
    QStringList path;
    for (const auto* at = &widget; at != nullptr && path.size() < 4; at = at->parentWidget()) {
        path.prepend(QString::fromLatin1(at->metaObject()->className()).section(u':', -1));
    }
    return path.join(u'>');
}

} // namespace

QStringList cutTexts(const QWidget& window)
{
    QStringList found;
    for (const auto* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible()) {
            continue;
        }
        for (const auto& fit : fitsOf(*widget)) {
            if (fit.text.isEmpty()) {
                continue;
            }
            if (fit.isCut()) {
                found.append(u"%1: \"%2\" needs %3x%4 and has %5x%6"_s.arg(pathOf(*widget), fit.text)
                                 .arg(fit.needed.width())
                                 .arg(fit.needed.height())
                                 .arg(fit.room.width())
                                 .arg(fit.room.height()));
            } else if (isOutside(*widget)) {
                found.append(u"%1: \"%2\" lies outside"_s.arg(pathOf(*widget), fit.text));
            }
        }
    }
    return found;
}

} // namespace radpost::test
