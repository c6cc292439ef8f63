#pragma once

#include "core/config/Expectation.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace radpost::ui {

/// What a form holds: a text for each key of the configuration, whether it is possible, and if not why. Knows no
/// widget.
class FieldForm : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] QString text(const QString& key) const { return m_texts.value(key); }
    void setText(const QString& key, const QString& text);

    [[nodiscard]] virtual config::Expectation expectation(const QString& key) const = 0;

    /// Why the text of @p key is not possible, in the language that is set; empty when it is. A field that must be
    /// filled is not complained about before it was touched or a save was tried.
    [[nodiscard]] QString problem(const QString& key) const;

    /// What is possible but odd; empty mostly.
    [[nodiscard]] virtual QString note(const QString& key) const;

    /// All fields count as touched from now on. @return the first key with a problem; empty when all is well.
    QString touchAll();
    [[nodiscard]] bool isChanged() const { return m_texts != m_initial; }

Q_SIGNALS:
    void textChanged(const QString& key);
    /// problem() or note() of any key may be another.
    void judged();

protected:
    [[nodiscard]] virtual QStringList keys() const = 0;
    /// Takes the text over if it is possible.
    virtual bool accept(const QString& key, const QString& text) = 0;
    /// What single fields cannot say.
    [[nodiscard]] virtual QString conflict(const QString& key) const;
    /// Begins anew with these texts, all of them possible or empty.
    void begin(const QHash<QString, QString>& texts);
    /// A text whose field is not to be complained about although it was refused: not touched yet.
    void refuse(const QString& key) { m_refused.insert(key); }

private:
    QHash<QString, QString> m_texts;
    QHash<QString, QString> m_initial;
    QSet<QString> m_refused;
    QSet<QString> m_touched;
};

} // namespace radpost::ui
