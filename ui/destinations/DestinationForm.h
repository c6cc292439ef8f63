#pragma once

#include "core/config/Destination.h"

#include "ui/forms/FieldForm.h"

#include <vector>

namespace radpost::ui {

/// A destination while it is edited: every key of config::destinationFields() as text, judged at the field. What
/// another destination has already, and what contradicts itself, is refused too.
class DestinationForm final : public FieldForm
{
    Q_OBJECT

public:
    /// @p others: the destinations that exist; the one that is edited is told apart by its name.
    DestinationForm(
        const config::Destination& initial, std::vector<config::Destination> others, QObject* parent = nullptr);

    /// Nothing when a field has a problem.
    [[nodiscard]] std::optional<config::Destination> destination() const;

    [[nodiscard]] config::Expectation expectation(const QString& key) const override;
    [[nodiscard]] QString note(const QString& key) const override;

    /// Whether @p key says anything under the choices that are made: no certificate without TLS.
    [[nodiscard]] bool isRelevant(const QString& key) const;

protected:
    [[nodiscard]] QStringList keys() const override;
    bool accept(const QString& key, const QString& text) override;
    [[nodiscard]] QString conflict(const QString& key) const override;

private:
    config::Destination m_value;
    std::vector<config::Destination> m_others;
    QSet<QString> m_refusedKeys;
};

} // namespace radpost::ui
