#pragma once

#include "ui/common/Background.h"

#include <QByteArray>
#include <QMap>
#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

namespace radpost::ui {

class MainWindow;

/// Where the window stood, and which page was open.
struct WindowState
{
    QByteArray geometry; ///< as QWidget::saveGeometry() has it
    QString page;        ///< the page's iconName(), which is the same in every language
    /// Columns of the trees that have a property "memory", by its value; as QHeaderView::saveState() has them.
    QMap<QString, QByteArray> columns{};
    QMap<QString, QByteArray> notes{}; ///< what else is to be found again, by who keeps it
    friend bool operator==(const WindowState&, const WindowState&) = default;
};

[[nodiscard]] QByteArray windowStateText(const WindowState& state);
/// Nothing when @p text is not what windowStateText() wrote.
[[nodiscard]] std::optional<WindowState> windowStateFrom(const QByteArray& text);

/// Keeps the window's size, place, page, columns and a few notes from one run to the next, in a small file that may be
/// lost. GUI thread; the file is read and written on a thread of its own.
class WindowMemory final : public QObject
{
    Q_OBJECT

public:
    explicit WindowMemory(QString file, QObject* parent = nullptr);

    /// Reads the file; loaded() comes in any case.
    void load();
    /// Brings @p window back to how it was, and remembers every change from now on.
    void follow(MainWindow& window);
    /// What was noted under @p key, by this run of the program or the last.
    [[nodiscard]] QByteArray note(const QString& key) const { return m_notes.value(key); }
    void setNote(const QString& key, const QByteArray& text);
    /// What is not written yet is written now.
    void flush();

Q_SIGNALS:
    void loaded();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void restore();
    void followColumns();

    QString m_file;
    MainWindow* m_window = nullptr;
    WindowState m_state;
    QMap<QString, QByteArray> m_notes;
    QTimer m_soon;
    Background m_background; // the last member: its thread ends before the rest goes
};

} // namespace radpost::ui
