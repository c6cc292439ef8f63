#pragma once

#include "ui/common/Banner.h"

#include "core/base/Error.h"

#include <optional>

class QPushButton;

namespace radpost::ui {

/// Why a job was stopped, what to do, and the ways there.
class StopPanel final : public Banner
{
    Q_OBJECT

public:
    explicit StopPanel(QWidget* parent = nullptr);

    /// With none, it hides. Without @p isDestinationKnown there is nothing to edit, to test or to copy.
    void show(const std::optional<Error>& reason, bool isDestinationKnown);

    [[nodiscard]] QPushButton* editButton() const { return m_edit; }
    [[nodiscard]] QPushButton* testButton() const { return m_test; }
    [[nodiscard]] QPushButton* copyButton() const { return m_copy; }

private:
    void retranslate();

    std::optional<Error> m_reason;
    QPushButton* m_edit;
    QPushButton* m_test;
    QPushButton* m_copy;
};

} // namespace radpost::ui
