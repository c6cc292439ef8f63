#include "ui/common/Widgets.h"

#include "ui/common/Icons.h"
#include "ui/common/Theme.h"

#include <QEvent>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <QTreeView>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

class LanguageWatcher final : public QObject
{
public:
    LanguageWatcher(QWidget& widget, std::function<void()> apply)
        : QObject(&widget)
        , m_apply(std::move(apply))
    {
        widget.installEventFilter(this);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (watched == parent() && event->type() == QEvent::LanguageChange) {
            m_apply();
        }
        return false;
    }

private:
    std::function<void()> m_apply;
};

QPushButton* makePushButton(const QString& role, const QString& iconName, QWidget* parent)
{
    auto* button = new QPushButton(parent);
    button->setProperty("role", role);
    button->setIconSize({metrics::kIconSize - 2, metrics::kIconSize - 2});
    button->setAutoDefault(false);
    if (!iconName.isEmpty()) {
        button->setIcon(icon(iconName));
    }
    return button;
}

} // namespace

void setRole(QWidget& widget, const QString& role)
{
    if (widget.property("role").toString() == role) {
        return;
    }
    widget.setProperty("role", role);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

void onLanguage(QWidget& widget, std::function<void()> apply)
{
    apply();
    new LanguageWatcher(widget, std::move(apply)); // owned by the widget
}

QLabel* makeLabel(const QString& role, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("role", role);
    return label;
}

QLabel* makeText(const QString& role, QWidget* parent)
{
    auto* label = makeLabel(role, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QPushButton* makePrimaryButton(const QString& iconName, QWidget* parent)
{
    auto* button = makePushButton(u"primary"_s, {}, parent);
    if (!iconName.isEmpty()) {
        button->setIcon(onAccentIcon(iconName));
    }
    return button;
}

QPushButton* makeButton(const QString& iconName, QWidget* parent)
{
    return makePushButton(u"button"_s, iconName, parent);
}

QPushButton* makePlainButton(const QString& iconName, QWidget* parent)
{
    return makePushButton(u"plain"_s, iconName, parent);
}

QPushButton* makeMenuButton(const QString& iconName, QWidget* parent)
{
    auto* button = makeButton(iconName, parent);
    button->setProperty("menu", true);
    return button;
}

QString literalText(const QString& text)
{
    return QString(text).replace(u'&', u"&&"_s);
}

QToolButton* makeIconButton(const QString& iconName, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setProperty("role", u"plain"_s);
    button->setIcon(icon(iconName));
    button->setIconSize({metrics::kIconSize - 2, metrics::kIconSize - 2});
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void setIconText(QToolButton& button, const QString& text)
{
    button.setToolTip(text);
    button.setAccessibleName(text);
}

QFrame* makeFrame(const QString& role, QWidget* parent)
{
    auto* frame = new QFrame(parent);
    frame->setProperty("role", role);
    return frame;
}

QVBoxLayout* makeCardColumn(QWidget& card, int spacing)
{
    auto* column = new QVBoxLayout(&card);
    column->setContentsMargins(4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit);
    column->setSpacing(spacing);
    return column;
}

QScrollArea* makeSide(int width, std::initializer_list<QWidget*> parts)
{
    auto* content = new QWidget;
    content->setProperty("role", u"content"_s);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    column->setSpacing(3 * metrics::kUnit);
    for (auto* part : parts) {
        column->addWidget(part);
    }
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFixedWidth(width);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

QTreeView* makeTable(QAbstractItemModel& model, std::initializer_list<int> widths)
{
    auto* view = new QTreeView;
    view->setModel(&model);
    view->setUniformRowHeights(true);
    view->setAllColumnsShowFocus(true);
    view->setTextElideMode(Qt::ElideRight);
    int column = 0;
    for (const int width : widths) {
        view->setColumnWidth(column++, width);
    }
    return view;
}

} // namespace radpost::ui
