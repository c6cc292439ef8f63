#include "ui/send/SendFoot.h"

#include "ui/common/ConfigStore.h"
#include "ui/common/JobPriority.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/send/DestinationPicker.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kAsDestination = -1;

QString proofText(config::ProofOfDelivery proof)
{
    switch (proof) {
    case config::ProofOfDelivery::Commitment:
        return SendFoot::tr("it reports that it keeps the images (storage commitment)");
    case config::ProofOfDelivery::Query:
        return SendFoot::tr("the images are found there afterwards (C-FIND)");
    case config::ProofOfDelivery::Response:
        break;
    }
    return SendFoot::tr("its answer to each instance");
}

} // namespace

SendFoot::SendFoot(ConfigStore& config, DestinationTests& tests, QWidget* parent)
    : QWidget(parent)
    , m_to(makeLabel(u"muted"_s))
    , m_config(config)
    , m_picker(new DestinationPicker(config, tests))
    , m_profile(new QComboBox)
    , m_priority(new QComboBox)
    , m_proof(new QComboBox)
    , m_reason(makeText(u"muted"_s))
    , m_check(makeButton(u"test"_s))
    , m_send(makePrimaryButton({}))
{
    layOut();
    connect(m_picker, &DestinationPicker::chosenChanged, this, &SendFoot::tellProof);
    onLanguage(*this, [this] { retranslate(); });
}

void SendFoot::layOut()
{
    auto* choices = new QHBoxLayout;
    choices->setSpacing(2 * metrics::kUnit);
    for (auto* widget : std::initializer_list<QWidget*>{m_to, m_picker, m_profile, m_priority, m_proof}) {
        choices->addWidget(widget);
    }
    choices->addStretch();
    auto* actions = new QHBoxLayout;
    actions->setSpacing(2 * metrics::kUnit);
    actions->addWidget(m_check);
    actions->addWidget(m_reason, 1);
    actions->addWidget(m_send);
    m_reason->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addLayout(choices);
    column->addLayout(actions);
}

void SendFoot::retranslate()
{
    m_to->setText(tr("To"));
    m_profile->clear();
    m_profile->addItem(tr("Anonymise: none yet"));
    m_profile->setEnabled(false);
    m_profile->setToolTip(tr("There are no profiles yet: the images go out as they are."));
    m_profile->setAccessibleName(tr("Anonymise"));
    retranslatePriority();
    retranslateProof();
    tellProof();
    setCheck(m_check->isEnabled(), m_isChecking);
}

void SendFoot::retranslatePriority()
{
    const int priority = std::max(m_priority->currentIndex(), 0);
    m_priority->clear();
    m_priority->addItem(tr("Normal priority"), static_cast<int>(JobPriority::Normal));
    m_priority->addItem(tr("Urgent"), static_cast<int>(JobPriority::First));
    m_priority->addItem(tr("Low priority"), static_cast<int>(JobPriority::Last));
    m_priority->setCurrentIndex(priority);
    m_priority->setAccessibleName(tr("Priority"));
}

void SendFoot::retranslateProof()
{
    const int proof = std::max(m_proof->currentIndex(), 0);
    m_proof->clear();
    m_proof->addItem(tr("Proof: as the destination is set"), kAsDestination);
    m_proof->addItem(tr("Proof: answer to each instance"), static_cast<int>(store::ProofWanted::Response));
    m_proof->addItem(tr("Proof: storage commitment"), static_cast<int>(store::ProofWanted::Commitment));
    m_proof->addItem(tr("Proof: query after sending"), static_cast<int>(store::ProofWanted::Query));
    m_proof->setCurrentIndex(proof);
    m_proof->setAccessibleName(tr("Proof"));
}

// What each destination is set to want, and what the words mean.
void SendFoot::tellProof()
{
    QStringList lines;
    for (const auto& name : m_picker->chosen()) {
        if (const auto* destination = m_config.config().find(name)) {
            lines.append(tr("%1 is set to: %2.").arg(name, proofText(destination->proof)));
        }
    }
    lines.append(tr("With storage commitment or a query, \"sent\" is not \"proved\": the receipt shows both."));
    m_proof->setToolTip(lines.join(u'\n'));
    m_proof->setAccessibleDescription(m_proof->toolTip());
}

void SendFoot::setOffer(const SendOffer& offer)
{
    m_send->setText(literalText(offer.label));
    m_send->setEnabled(offer.isPossible());
    m_reason->setText(offer.reason);
}

void SendFoot::setCheck(bool isPossible, bool isRunning)
{
    m_isChecking = isRunning;
    m_check->setEnabled(isPossible);
    m_check->setText(isRunning ? tr("Cancel check") : tr("Check before sending"));
}

int SendFoot::priority() const
{
    return m_priority->currentData().toInt();
}

std::optional<store::ProofWanted> SendFoot::proof() const
{
    const int chosen = m_proof->currentData().toInt();
    return chosen == kAsDestination ? std::nullopt : std::optional(static_cast<store::ProofWanted>(chosen));
}

QString SendFoot::reason() const
{
    return m_reason->text();
}

} // namespace radpost::ui
