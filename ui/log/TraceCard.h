#pragma once

#include "core/engine/Traces.h"

#include <QFrame>
#include <QTimer>

#include <memory>

class QComboBox;
class QLabel;
class QPushButton;

namespace radpost::observe {
class Journal;
}

namespace radpost::ui {

/// Chooses the destination that is traced, begins and ends it, and says how far it is. GUI thread.
class TraceCard final : public QFrame
{
    Q_OBJECT

public:
    TraceCard(std::shared_ptr<engine::Traces> traces, observe::Journal& journal, QWidget* parent = nullptr);

    void setDestinations(const QStringList& names);
    void begin(const net::TraceLimits& limits = {});
    void end();

    /// The trace that is on, or was last; nullptr: none yet.
    [[nodiscard]] const std::shared_ptr<net::TraceLog>& log() const { return m_log; }
    [[nodiscard]] const QString& destination() const { return m_traced; }
    [[nodiscard]] bool isOn() const { return m_log && m_log->isOn(); }
    [[nodiscard]] QComboBox* choice() const { return m_choice; }
    [[nodiscard]] QPushButton* button() const { return m_button; }
    [[nodiscard]] QString stateText() const;

    /// Looks at the trace anew; also done twice a second while it is on.
    void refresh();

Q_SIGNALS:
    void begun();

private:
    void layOut();
    void retranslate();
    void tellEnd();
    [[nodiscard]] QString wordsOf(const net::TraceLog::Standing& standing) const;

    std::shared_ptr<engine::Traces> m_traces;
    observe::Journal& m_journal;
    std::shared_ptr<net::TraceLog> m_log;
    QString m_traced;
    bool m_isTold = true; ///< the log knows that the trace ended
    QTimer m_timer;
    QLabel* m_title;
    QLabel* m_text;
    QComboBox* m_choice;
    QPushButton* m_button;
    QLabel* m_state;
};

} // namespace radpost::ui
