#pragma once

#include <QDialog>

class QGridLayout;
class QLabel;
class QPushButton;

namespace radpost::ui {

/// Which keys do what. Not modal: it can stay open beside the work.
class KeyboardHelp final : public QDialog
{
    Q_OBJECT

public:
    explicit KeyboardHelp(QWidget* parent = nullptr);

private:
    void retranslate();
    void addLine(const QString& keys, const QString& what);

    QLabel* m_title;
    QGridLayout* m_lines;
    QPushButton* m_close;
};

} // namespace radpost::ui
