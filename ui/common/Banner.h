#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace radpost::ui {

enum class BannerKind { Info, Good, Warning, Bad };

/// A message in the page, never a dialog: what happened, what to do, small type for support, and actions.
class Banner : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(BannerKind kind, QWidget* parent = nullptr);

    void setTexts(const QString& heading, const QString& text = {}, const QString& small = {});
    /// A plain button that stands at the end of the banner.
    void addAction(QWidget* action);
    /// Shows the cross that closes the banner; see closed().
    void setClosable();

    [[nodiscard]] BannerKind kind() const { return m_kind; }
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintIcon();

    BannerKind m_kind;
    QLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_text;
    QLabel* m_small;
    QHBoxLayout* m_row;
    QToolButton* m_close;
};

} // namespace radpost::ui
