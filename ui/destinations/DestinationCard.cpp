#include "ui/destinations/DestinationCard.h"

#include "ui/common/ElidedLabel.h"
#include "ui/common/Icons.h"
#include "ui/common/StatusDot.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/destinations/DestinationListModel.h"
#include "ui/doctor/DestinationTests.h"
#include "ui/doctor/DoctorView.h"

#include "app/common/Sentences.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kLockSize = 16;
constexpr int kTestWidth = 136; // of its longer text, so that nothing moves when it becomes Cancel

} // namespace

DestinationCard::DestinationCard(DestinationTests& tests, const QModelIndex& index, QWidget* parent)
    : QFrame(parent)
    , m_tests(tests)
    , m_name(index.data(DestinationListModel::NameRole).toString())
    , m_dot(new StatusDot)
    , m_title(new ElidedLabel(u"heading"_s))
    , m_address(new ElidedLabel(u"muted"_s))
    , m_lock(new QLabel)
    , m_status(new ElidedLabel(u"muted"_s))
    , m_delivered(makeLabel(u"muted"_s))
    , m_failed(makeLabel(u"problem"_s))
    , m_fold(makeIconButton(u"down"_s))
    , m_test(makeButton(u"test"_s))
    , m_edit(makeIconButton(u"edit"_s))
    , m_remove(makeIconButton(u"remove"_s))
    , m_doctor(new DoctorView)
{
    setProperty("role", u"card"_s);
    setObjectName(u"card/"_s + m_name);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * metrics::kUnit, 3 * metrics::kUnit, 3 * metrics::kUnit, 3 * metrics::kUnit);
    column->setSpacing(3 * metrics::kUnit);
    column->addLayout(headRow());
    column->addWidget(m_doctor);
    m_doctor->setContentsMargins(0, 0, metrics::kUnit, 0);
    connect(m_test, &QPushButton::clicked, this, &DestinationCard::testOrCancel);
    connect(m_fold, &QToolButton::clicked, this, [this] { setUnfolded(!m_isUnfolded); });
    connect(m_edit, &QToolButton::clicked, this, [this] { Q_EMIT editAsked(m_name); });
    connect(m_remove, &QToolButton::clicked, this, [this] { Q_EMIT removeAsked(m_name); });
    m_test->setMinimumWidth(kTestWidth);
    show(index);
    onLanguage(*this, [this] { retranslate(); });
}

QLayout* DestinationCard::headRow()
{
    auto* title = new QHBoxLayout;
    title->setSpacing(2 * metrics::kUnit);
    title->addWidget(m_title);
    title->addWidget(m_lock);
    title->addWidget(m_address);
    title->addStretch();
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::kUnit / 2);
    words->addLayout(title);
    words->addWidget(m_status);
    auto* tally = new QHBoxLayout;
    tally->setContentsMargins(2 * metrics::kUnit, 0, 3 * metrics::kUnit, 0);
    tally->setSpacing(3 * metrics::kUnit);
    tally->addWidget(m_delivered);
    tally->addWidget(m_failed);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kUnit);
    row->addWidget(m_dot, 0, Qt::AlignVCenter);
    row->addSpacing(2 * metrics::kUnit);
    row->addLayout(words, 1);
    row->addLayout(tally);
    for (auto* widget : std::initializer_list<QWidget*>{m_fold, m_test, m_edit, m_remove}) {
        row->addWidget(widget, 0, Qt::AlignVCenter);
    }
    return row;
}

void DestinationCard::show(const QModelIndex& index)
{
    const bool isEncrypted = index.data(DestinationListModel::EncryptedRole).toBool();
    m_title->setText(m_name);
    m_address->setText(index.data(DestinationListModel::AddressRole).toString());
    m_lock->setVisible(isEncrypted);
    m_lock->setPixmap(iconPixmap(u"lock"_s, currentColors().mutedText, kLockSize, devicePixelRatioF()));
    const auto text = index.data(DestinationListModel::StatusTextRole).toString();
    m_status->setText(text);
    m_dot->set(static_cast<Status>(index.data(DestinationListModel::StatusRole).toInt()), text);
    m_isRunning = index.data(DestinationListModel::RunningRole).toBool();
    setAccessibleName(app::enumerated({m_name, m_address->text()}));
    const QStringList tally{index.data(DestinationListModel::DeliveredTextRole).toString(),
        index.data(DestinationListModel::FailedTextRole).toString()};
    m_delivered->setText(tally[0]);
    m_failed->setText(tally[1]);
    m_failed->setHidden(tally[1].isEmpty());
    setAccessibleDescription((QStringList{text} + tally).join(u' ').trimmed());
    m_doctor->setRun(m_tests.last(m_name));
    setUnfolded(m_isUnfolded && m_tests.last(m_name) != nullptr);
    showButtons();
}

void DestinationCard::setUnfolded(bool isUnfolded)
{
    m_isUnfolded = isUnfolded;
    const bool isTested = m_tests.last(m_name) != nullptr;
    m_doctor->setVisible(isUnfolded && isTested);
    m_fold->setVisible(isTested);
    m_fold->setIcon(icon(isUnfolded ? u"up"_s : u"down"_s));
    setIconText(*m_fold, isUnfolded ? tr("Hide the steps of the test") : tr("Show the steps of the test"));
}

void DestinationCard::testOrCancel()
{
    if (m_isRunning) {
        m_tests.cancel(m_name);
        return;
    }
    test();
}

void DestinationCard::test()
{
    m_isUnfolded = true;
    m_tests.start(m_name);
}

void DestinationCard::showButtons()
{
    m_test->setText(m_isRunning ? tr("Cancel") : tr("Test (C-ECHO)"));
    m_test->setIcon(icon(m_isRunning ? u"stop"_s : u"test"_s));
    m_test->setAccessibleName(m_isRunning ? tr("Cancel the test of %1").arg(m_name) : tr("Test %1").arg(m_name));
}

void DestinationCard::retranslate()
{
    m_lock->setToolTip(tr("The connection is encrypted (TLS)"));
    m_lock->setAccessibleName(m_lock->toolTip());
    setIconText(*m_edit, tr("Edit %1").arg(m_name));
    setIconText(*m_remove, tr("Remove %1").arg(m_name));
    setUnfolded(m_isUnfolded);
    showButtons();
}

void DestinationCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        m_lock->setPixmap(iconPixmap(u"lock"_s, currentColors().mutedText, kLockSize, devicePixelRatioF()));
    }
    QFrame::changeEvent(event);
}

} // namespace radpost::ui
