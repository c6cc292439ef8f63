#pragma once

#include <QStringList>
#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace radpost::ui {

class FieldForm;

/// What a field is called, and how it is explained, in the language that is set.
struct FieldTexts
{
    QString label;
    QString hint;                                       ///< under the field, small
    QString placeholder;                                ///< in the empty field
    std::function<QString(const QString& word)> choice; ///< of a choice or a switch; empty: the word itself
};

/// One field of a form: label, input, and below it the problem, the note or the hint. What kind of input it is follows
/// from what the key takes.
class FieldRow final : public QWidget
{
    Q_OBJECT

public:
    /// @p texts is asked again when the language changes.
    FieldRow(FieldForm& form, const QString& key, std::function<FieldTexts()> texts, QWidget* parent = nullptr);

    [[nodiscard]] const QString& key() const { return m_key; }
    [[nodiscard]] QWidget* input() const;
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    /// The person is done with this field: it lost the focus, Enter was pressed, or a choice was made.
    void committed();

private:
    struct Word
    {
        QString inFile;
        QString here;
    };

    void build();
    QWidget* buildText();
    QWidget* buildPath();
    QWidget* buildChoice(const QStringList& words);
    QWidget* buildSwitch();
    [[nodiscard]] Word word() const;
    [[nodiscard]] QString ofFile(const QString& text) const;
    [[nodiscard]] QString ofPerson(const QString& text) const;
    void retranslate();
    void showText();
    void showJudgement();
    void browse();

    FieldForm& m_form;
    QString m_key;
    std::function<FieldTexts()> m_texts;
    QLabel* m_label;
    QLabel* m_below;
    QLineEdit* m_line = nullptr;
    QComboBox* m_choice = nullptr;
    QCheckBox* m_switch = nullptr;
    QPushButton* m_browse = nullptr;
};

} // namespace radpost::ui
