#include "ui/forms/FieldForm.h"

#include "app/common/ConfigText.h"

namespace radpost::ui {

void FieldForm::begin(const QHash<QString, QString>& texts)
{
    m_texts = texts;
    m_initial = texts;
    m_refused.clear();
    m_touched.clear();
}

void FieldForm::setText(const QString& key, const QString& text)
{
    if (m_texts.value(key) == text) {
        return;
    }
    m_texts.insert(key, text);
    m_touched.insert(key);
    // People paste; what they paste often has a space at its end.
    if (accept(key, text.trimmed())) {
        m_refused.remove(key);
    } else {
        m_refused.insert(key);
    }
    Q_EMIT textChanged(key);
    Q_EMIT judged();
}

QString FieldForm::problem(const QString& key) const
{
    if (!m_touched.contains(key)) {
        return {};
    }
    if (!m_refused.contains(key)) {
        return conflict(key);
    }
    return m_texts.value(key).trimmed().isEmpty()
        ? tr("This is needed: %1.").arg(app::expectationText(expectation(key)))
        : tr("This must be %1.").arg(app::expectationText(expectation(key)));
}

QString FieldForm::note(const QString& key) const
{
    Q_UNUSED(key)
    return {};
}

QString FieldForm::conflict(const QString& key) const
{
    Q_UNUSED(key)
    return {};
}

QString FieldForm::touchAll()
{
    const auto all = keys();
    m_touched = QSet<QString>(all.begin(), all.end());
    Q_EMIT judged();
    for (const auto& key : all) {
        if (!problem(key).isEmpty()) {
            return key;
        }
    }
    return {};
}

} // namespace radpost::ui
