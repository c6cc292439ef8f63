#pragma once

#include "ui/send/Discs.h"

#include <QFrame>

class QBoxLayout;
class QLabel;
class QMenu;
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
    /// Whether what is dropped next takes the place of what is shown, instead of coming to it.
    void setNext(bool isNext);
    /// Offers them beside folders and files.
    void setDiscs(const QList<Disc>& discs);
    [[nodiscard]] QPushButton* clearButton() const { return m_clear; }
    [[nodiscard]] QPushButton* folderButton() const { return m_addFolder; }
    [[nodiscard]] QPushButton* filesButton() const { return m_addFiles; }
    [[nodiscard]] QPushButton* discButton() const { return m_addDisc; }

Q_SIGNALS:
    void folderWanted();
    void filesWanted();
    void discWanted(const QString& root);
    void clearWanted();

private:
    void retranslate();

    Form m_form = Form::Large;
    bool m_isNext = false;
    QLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_text;
    QPushButton* m_addFolder;
    QPushButton* m_addFiles;
    QPushButton* m_addDisc;
    QMenu* m_discMenu;
    QPushButton* m_clear;
    QBoxLayout* m_layout;
    QBoxLayout* m_words;
};

} // namespace radpost::ui
