#pragma once

#include <QFrame>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace radpost::ui {

/// Where folders and files go in: large while nothing is there, a bar afterwards.
class DropZone final : public QFrame
{
    Q_OBJECT

public:
    explicit DropZone(QWidget* parent = nullptr);

    enum class Form { Large, Bar };
    void setForm(Form form);
    void setHovered(bool isOver);
    [[nodiscard]] QPushButton* clearButton() const { return m_clear; }
    [[nodiscard]] QPushButton* folderButton() const { return m_addFolder; }
    [[nodiscard]] QPushButton* filesButton() const { return m_addFiles; }

Q_SIGNALS:
    void folderWanted();
    void filesWanted();
    void clearWanted();

private:
    void retranslate();

    Form m_form = Form::Large;
    QLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_text;
    QPushButton* m_addFolder;
    QPushButton* m_addFiles;
    QPushButton* m_clear;
    QBoxLayout* m_layout;
    QBoxLayout* m_words;
};

} // namespace radpost::ui
