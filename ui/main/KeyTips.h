#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

class QKeyEvent;
class QLabel;
class QWidget;

namespace radpost::ui {

/// Every button and field that a window shows, by one key: while Alt is held, and after it was pressed alone, each
/// wears its key; with Alt the key works at once. Made from what is shown, so that no two have the same one, in any
/// language. A widget whose property "tipKey" is set has that key. GUI thread.
class KeyTips final : public QObject
{
    Q_OBJECT

public:
    /// Hears the keys of the whole program, and acts on those of @p window.
    explicit KeyTips(QWidget& window);

    struct Tip
    {
        QWidget* widget = nullptr;
        QString key;
    };
    /// What can be reached now, in the order of Tab; at most 26 letters, and what has a key of its own.
    [[nodiscard]] QList<Tip> tips() const;

    [[nodiscard]] bool isShown() const { return !m_labels.isEmpty(); }
    void show();
    void hide();
    /// Presses the button of @p key, or goes to its field. @return whether there is one.
    bool use(const QString& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Alt { Up, Down, Used };

    bool press(const QKeyEvent& event);
    void release();

    QWidget& m_window;
    Alt m_alt = Alt::Up;
    QList<QPointer<QLabel>> m_labels;
};

} // namespace radpost::ui
