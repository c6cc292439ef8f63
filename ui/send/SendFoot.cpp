#include "ui/send/SendFoot.h"

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

SendFoot::SendFoot(ConfigStore& config, DestinationTests& tests, QWidget* parent)
    : QWidget(parent)
    , m_to(makeLabel(u"muted"_s))
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
    m_proof->clear();
    m_proof->addItem(tr("Proof: answer to each instance"), static_cast<int>(store::ProofWanted::Response));
    m_proof->setAccessibleName(tr("Proof"));
    retranslatePriority();
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

// What can be wanted is what the destinations offer; today that is the same for each.
void SendFoot::tellProof()
{
    QStringList lines;
    for (const auto& name : m_picker->chosen()) {
        lines.append(tr("%1 offers: an answer to each instance that says whether it was stored.").arg(name));
    }
    lines.append(tr("Done means that every instance was answered with success. Storage commitment and a query "
                    "afterwards cannot be asked for yet."));
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

store::ProofWanted SendFoot::proof() const
{
    return static_cast<store::ProofWanted>(m_proof->currentData().toInt());
}

QString SendFoot::reason() const
{
    return m_reason->text();
}

} // namespace radpost::ui
