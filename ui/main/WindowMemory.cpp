#include "ui/main/WindowMemory.h"

#include "ui/common/Page.h"
#include "ui/main/MainWindow.h"

#include <QEvent>
#include <QFile>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QTreeView>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr auto kQuiet = 500ms; // after the last change: a window is dragged through many places
constexpr qint64 kMaxBytes = 512 << 10;
constexpr auto kMemory = "memory";

int write(const QString& path, const QByteArray& text)
{
    QSaveFile file(path);
    // Losing it costs a person one drag of the window: no reason to say anything.
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size()) {
        file.commit();
    }
    return 0;
}

QList<QTreeView*> remembered(const MainWindow& window)
{
    auto trees = window.findChildren<QTreeView*>();
    trees.removeIf([](const QTreeView* tree) { return tree->property(kMemory).toString().isEmpty(); });
    return trees;
}

QMap<QString, QByteArray> columnsOf(const MainWindow& window)
{
    QMap<QString, QByteArray> columns;
    for (const auto* tree : remembered(window)) {
        columns.insert(tree->property(kMemory).toString(), tree->header()->saveState());
    }
    return columns;
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(kMaxBytes) : QByteArray();
}

QJsonObject objectOf(const QMap<QString, QByteArray>& map)
{
    QJsonObject object;
    for (auto entry = map.begin(); entry != map.end(); ++entry) {
        object.insert(entry.key(), QString::fromLatin1(entry.value().toBase64()));
    }
    return object;
}

QMap<QString, QByteArray> mapFrom(const QJsonObject& object)
{
    QMap<QString, QByteArray> map;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        map.insert(entry.key(), QByteArray::fromBase64(entry.value().toString().toLatin1()));
    }
    return map;
}

} // namespace

QByteArray windowStateText(const WindowState& state)
{
    return QJsonDocument(
        QJsonObject{{u"version"_s, 1}, {u"geometry"_s, QString::fromLatin1(state.geometry.toBase64())},
            {u"page"_s, state.page}, {u"columns"_s, objectOf(state.columns)}, {u"notes"_s, objectOf(state.notes)}})
        .toJson(QJsonDocument::Compact);
}

std::optional<WindowState> windowStateFrom(const QByteArray& text)
{
    const auto object = QJsonDocument::fromJson(text).object();
    if (object[u"version"_s].toInt() != 1) {
        return std::nullopt;
    }
    WindowState state{
        QByteArray::fromBase64(object[u"geometry"_s].toString().toLatin1()), object[u"page"_s].toString()};
    state.columns = mapFrom(object[u"columns"_s].toObject());
    state.notes = mapFrom(object[u"notes"_s].toObject());
    return state;
}

WindowMemory::WindowMemory(QString file, QObject* parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_background(u"window"_s, 1)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kQuiet);
    connect(&m_soon, &QTimer::timeout, this, &WindowMemory::flush);
}

void WindowMemory::load()
{
    m_background.run(
        this, [file = m_file] { return readFile(file); },
        [this](const QByteArray& text) {
            m_state = windowStateFrom(text).value_or(WindowState());
            m_notes = m_state.notes;
            Q_EMIT loaded();
        });
}

void WindowMemory::follow(MainWindow& window)
{
    m_window = &window;
    restore();
    followColumns();
    window.installEventFilter(this);
    connect(&window, &MainWindow::pageShown, this, [this] { m_soon.start(); });
    connect(&window, &QObject::destroyed, this, [this] { m_window = nullptr; });
}

void WindowMemory::followColumns()
{
    for (auto* tree : remembered(*m_window)) {
        auto* header = tree->header();
        const auto later = [this] { m_soon.start(); };
        connect(header, &QHeaderView::sectionResized, this, later); // also when one is shown or hidden
        connect(header, &QHeaderView::sectionMoved, this, later);
        connect(header, &QHeaderView::sortIndicatorChanged, this, later);
    }
}

void WindowMemory::setNote(const QString& key, const QByteArray& text)
{
    if (m_notes.value(key) != text) {
        m_notes.insert(key, text);
        m_soon.start();
    }
}

void WindowMemory::restore()
{
    m_window->restoreGeometry(m_state.geometry); // keeps to the screens there are now
    for (auto* tree : remembered(*m_window)) {
        tree->header()->restoreState(m_state.columns.value(tree->property(kMemory).toString()));
    }
    for (int i = 0; i < m_window->pageCount(); ++i) {
        if (m_window->page(i)->iconName() == m_state.page) {
            m_window->showPage(i);
        }
    }
}

bool WindowMemory::eventFilter(QObject* watched, QEvent* event)
{
    const auto type = event->type();
    if (type == QEvent::Move || type == QEvent::Resize || type == QEvent::WindowStateChange) {
        m_soon.start();
    } else if (type == QEvent::Hide) {
        flush();
    }
    return QObject::eventFilter(watched, event);
}

void WindowMemory::flush()
{
    m_soon.stop();
    if (m_window == nullptr || m_window->currentPage() == nullptr) {
        return;
    }
    const WindowState now{m_window->saveGeometry(), m_window->currentPage()->iconName(), columnsOf(*m_window), m_notes};
    if (now == m_state) {
        return;
    }
    m_state = now;
    m_background.run(
        this, [file = m_file, text = windowStateText(now)] { return write(file, text); }, [](int) {});
}

} // namespace radpost::ui
