#pragma once

#include "core/store/HistoryTypes.h"

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace radpost::ui {

/// The failures of a job by reason: what happened, what to do, the code for support, and the way to try these again.
class FailureList final : public QWidget
{
    Q_OBJECT

public:
    explicit FailureList(QWidget* parent = nullptr);

    void show(const QList<store::FailureGroup>& groups);
    /// Off with the reason as a tool tip.
    void setAllowed(bool isAllowed);
    [[nodiscard]] const QList<store::FailureGroup>& groups() const { return m_groups; }

Q_SIGNALS:
    void retryAsked(const radpost::store::FailureCause& cause);

private:
    void rebuild();
    [[nodiscard]] QWidget* makeGroup(const store::FailureGroup& group);

    QVBoxLayout* m_column;
    QList<store::FailureGroup> m_groups;
    QList<QWidget*> m_frames;
    bool m_isAllowed = true;
};

} // namespace radpost::ui
