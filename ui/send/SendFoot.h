#pragma once

#include "core/store/LedgerTypes.h"

#include "ui/send/SendOffer.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;

namespace radpost::ui {

class ConfigStore;
class DestinationPicker;
class DestinationTests;

/// The foot of the Send page: where to, how, and the two buttons.
class SendFoot final : public QWidget
{
    Q_OBJECT

public:
    SendFoot(ConfigStore& config, DestinationTests& tests, QWidget* parent = nullptr);

    void setOffer(const SendOffer& offer);
    void setCheck(bool isPossible, bool isRunning);

    [[nodiscard]] DestinationPicker* picker() const { return m_picker; }
    [[nodiscard]] QPushButton* sendButton() const { return m_send; }
    [[nodiscard]] QPushButton* checkButton() const { return m_check; }
    [[nodiscard]] QComboBox* proofBox() const { return m_proof; }
    [[nodiscard]] int priority() const;
    /// None: as each destination's settings say.
    [[nodiscard]] std::optional<store::ProofWanted> proof() const;
    [[nodiscard]] QString reason() const;

private:
    void layOut();
    void retranslate();
    void retranslatePriority();
    void retranslateProof();
    void tellProof();

    QLabel* m_to;
    ConfigStore& m_config;
    DestinationPicker* m_picker;
    QComboBox* m_profile;
    QComboBox* m_priority;
    QComboBox* m_proof;
    QLabel* m_reason;
    QPushButton* m_check;
    QPushButton* m_send;
    bool m_isChecking = false;
};

} // namespace radpost::ui
