#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace radpost::ui {

struct PreviewMessage;

/// Stands where the picture would be: what there is instead, or why there is nothing.
class PreviewNotice final : public QFrame
{
    Q_OBJECT

public:
    explicit PreviewNotice(QWidget* parent = nullptr);

    enum class Kind { Nothing, Other, Trouble };
    void show(Kind kind, const PreviewMessage& message);

    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString small() const;
    [[nodiscard]] QPushButton* againButton() const { return m_again; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintIcon();

    Kind m_kind = Kind::Nothing;
    QLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_text;
    QLabel* m_small;
    QPushButton* m_again;
};

} // namespace radpost::ui
