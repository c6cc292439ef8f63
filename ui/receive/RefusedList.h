#pragma once

#include "core/engine/RefusedCallers.h"

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace radpost::ui {

/// Who was not let in, the last one first, each with the button that admits it. Hidden while there is nobody.
class RefusedList final : public QFrame
{
    Q_OBJECT

public:
    explicit RefusedList(QWidget* parent = nullptr);

    void show(const QList<engine::RefusedCaller>& callers);

Q_SIGNALS:
    void admitAsked(const radpost::engine::RefusedCaller& caller);

private:
    void rebuild();
    [[nodiscard]] QWidget* makeRow(const engine::RefusedCaller& caller);

    QList<engine::RefusedCaller> m_callers;
    QLabel* m_title;
    QLabel* m_explained;
    QWidget* m_rows = nullptr;
    QLabel* m_more;
    QVBoxLayout* m_column;
};

} // namespace radpost::ui
