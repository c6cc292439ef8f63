#pragma once

#include "core/config/Destination.h"
#include "core/store/LedgerTypes.h"

#include "ui/common/StatusDot.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace radpost::ui {

class ConfigStore;
class DestinationTallies;
class DestinationTests;
class DoctorRun;

/// The destinations of the configuration, in its order, with what their last test showed and what was sent to them.
class DestinationListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::DisplayRole,
        AddressRole = Qt::UserRole, ///< "PACS1 @ 10.1.2.3:104"
        EncryptedRole,              ///< bool
        StatusRole,                 ///< Status
        StatusTextRole,             ///< "Reachable · 0.4 ms · today 14:02"
        RunningRole,                ///< bool: a test is under way
        DeliveredTextRole,          ///< "1,204 delivered in 24 h"; empty while nothing is known
        FailedTextRole,             ///< "3 failed"; empty: none
    };

    DestinationListModel(
        ConfigStore& config, DestinationTests& tests, const DestinationTallies& tallies, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// Makes every text anew, after a change of the language.
    void retranslate();

private:
    void reload();
    void refresh(const QString& name);

    ConfigStore& m_config;
    DestinationTests& m_tests;
    const DestinationTallies& m_tallies;
    std::vector<config::Destination> m_rows;
};

/// How the destination @p name stands by its last test, and by what was delivered since.
[[nodiscard]] Status statusOf(const DestinationTests& tests, const QString& name);
[[nodiscard]] QString statusText(const DestinationTests& tests, const QString& name);
/// Of the last 24 hours; nothing: not known yet, as when the last delivery came after the tally.
[[nodiscard]] QString deliveredText(
    const std::optional<store::DestinationTally>& tally, const QDateTime& deliveredAt = {});
[[nodiscard]] QString failedText(const std::optional<store::DestinationTally>& tally);
[[nodiscard]] QString shownAddress(const config::Destination& destination);

} // namespace radpost::ui
