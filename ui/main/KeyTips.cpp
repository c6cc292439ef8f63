#include "ui/main/KeyTips.h"

#include "ui/common/Widgets.h"
#include "ui/main/keyletters.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

// macOS writes letters by its Option key, and has other ways to every control.
#ifdef Q_OS_MACOS
constexpr bool kIsUsual = false;
#else
constexpr bool kIsUsual = true;
#endif

bool isReachable(const QWidget& widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0 &&
        widget.focusProxy() == nullptr && !widget.visibleRegion().isEmpty();
}

QString nameOf(const QWidget& widget)
{
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    return button != nullptr && !button->text().isEmpty() ? button->text() : widget.accessibleName();
}

QString keyOf(const QKeyEvent& event)
{
    const bool isLetter = event.key() >= Qt::Key_A && event.key() <= Qt::Key_Z;
    const bool isDigit = event.key() >= Qt::Key_0 && event.key() <= Qt::Key_9;
    return isLetter || isDigit ? QString(QChar(event.key())) : QString();
}

void press(QAbstractButton& button)
{
    auto* withMenu = qobject_cast<QPushButton*>(&button);
    auto* tool = qobject_cast<QToolButton*>(&button);
    button.setFocus(Qt::ShortcutFocusReason);
    if (withMenu != nullptr && withMenu->menu() != nullptr) {
        withMenu->showMenu();
    } else if (tool != nullptr && tool->menu() != nullptr) {
        tool->showMenu();
    } else {
        button.click();
    }
}

} // namespace

KeyTips::KeyTips(QWidget& window)
    : QObject(&window)
    , m_window(window)
{
    if (kIsUsual) {
        qApp->installEventFilter(this);
    }
}

QList<KeyTips::Tip> KeyTips::tips() const
{
    QList<Tip> found;
    QStringList names;
    QStringList own;
    for (auto* widget = m_window.nextInFocusChain(); widget != &m_window; widget = widget->nextInFocusChain()) {
        if (!isReachable(*widget)) {
            continue;
        }
        const auto key = widget->property("tipKey").toString();
        found.append({widget, key});
        (key.isEmpty() ? names : own).append(key.isEmpty() ? nameOf(*widget) : key);
    }
    auto letters = keyLetters(names, own);
    for (auto& tip : found) {
        if (tip.key.isEmpty()) {
            tip.key = letters.takeFirst();
        }
    }
    found.removeIf([](const Tip& tip) { return tip.key.isEmpty(); });
    return found;
}

void KeyTips::show()
{
    hide();
    for (const auto& tip : tips()) {
        auto* label = makeLabel(u"keytip"_s, &m_window);
        label->setText(tip.key);
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
        label->adjustSize();
        const QPoint corner = tip.widget->mapTo(&m_window, QPoint(0, 0));
        const int y = qBound(0, corner.y() - label->height() / 3, m_window.height() - label->height());
        label->move(qBound(0, corner.x() - label->width() / 3, m_window.width() - label->width()), y);
        label->show();
        label->raise();
        m_labels.append(label);
    }
}

void KeyTips::hide()
{
    for (const auto& label : std::exchange(m_labels, {})) {
        delete label.data();
    }
}

bool KeyTips::use(const QString& key)
{
    for (const auto& tip : tips()) {
        if (tip.key != key) {
            continue;
        }
        hide();
        if (auto* button = qobject_cast<QAbstractButton*>(tip.widget)) {
            ui::press(*button);
            return true;
        }
        tip.widget->setFocus(Qt::ShortcutFocusReason);
        if (auto* line = qobject_cast<QLineEdit*>(tip.widget)) {
            line->selectAll();
        }
        return true;
    }
    return false;
}

// An event that nobody takes is handed on to the widgets above: only its first way counts.
bool KeyTips::eventFilter(QObject* watched, QEvent* event)
{
    const auto* focused = QApplication::focusWidget();
    const auto* first = focused != nullptr ? focused : &m_window;
    switch (event->type()) {
    case QEvent::KeyPress:
        return watched == first && first->window() == &m_window && press(static_cast<QKeyEvent&>(*event));
    case QEvent::KeyRelease:
        if (watched == first && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt) {
            release();
        }
        return false;
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::WindowDeactivate:
    case QEvent::Resize:
        if (event->type() != QEvent::Resize || watched == &m_window) {
            m_alt = Alt::Up;
            hide();
        }
        return false;
    default:
        return false;
    }
}

bool KeyTips::press(const QKeyEvent& event)
{
    const auto held = event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    if (event.key() == Qt::Key_Alt) {
        const bool isAlone = (held & ~Qt::KeyboardModifiers(Qt::AltModifier)) == 0;
        if (!event.isAutoRepeat() && isAlone && m_alt == Alt::Up) {
            const bool wasShown = isShown();
            m_alt = wasShown ? Alt::Used : Alt::Down;
            wasShown ? hide() : show();
        }
        return false;
    }
    const auto key = keyOf(event);
    const bool isMeant = held == Qt::AltModifier || (isShown() && held == Qt::NoModifier);
    if (m_alt == Alt::Down) {
        m_alt = Alt::Used;
    }
    if (isMeant && !key.isEmpty() && use(key)) {
        return true;
    }
    const bool wasEscape = isShown() && event.key() == Qt::Key_Escape;
    hide();
    return wasEscape;
}

void KeyTips::release()
{
    if (m_alt == Alt::Used) {
        hide();
    }
    m_alt = Alt::Up; // pressed alone: the keys stay until one is used
}

} // namespace radpost::ui
