#include "ui/receive/ConnectedList.h"

#include "ui/common/CellDelegate.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/receive/ReceiveModels.h"
#include "ui/receive/Receiver.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kLeastColumn = 64; // the words of the header
constexpr int kHeight = 128;

} // namespace

QTreeView* makeArrivalList(QAbstractItemModel& model, std::initializer_list<int> widths)
{
    auto* view = makeTable(model, widths);
    view->setItemDelegate(new CellDelegate(view));
    view->header()->setMinimumSectionSize(kLeastColumn);
    view->header()->setStretchLastSection(false);
    view->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    return view;
}

ConnectedList::ConnectedList(Receiver& receiver, QWidget* parent)
    : QWidget(parent)
    , m_receiver(receiver)
    , m_model(new AssociationsModel(receiver, this))
    , m_title(makeLabel(u"heading"_s))
    , m_nobody(makeLabel(u"muted"_s))
    , m_view(makeArrivalList(*m_model, {130, 150, 90, 80, 90, 80}))
{
    m_view->setRootIsDecorated(false);
    m_view->setFixedHeight(kHeight);
    m_view->setSelectionMode(QAbstractItemView::NoSelection);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addWidget(m_title);
    column->addWidget(m_nobody);
    column->addWidget(m_view);
    connect(&receiver, &Receiver::stateChanged, this, &ConnectedList::showState);
    connect(&receiver, &Receiver::associationsChanged, this, &ConnectedList::showState);
    onLanguage(*this, [this] { retranslate(); });
}

void ConnectedList::retranslate()
{
    m_title->setText(tr("Connected now"));
    m_view->setAccessibleName(tr("Associations that are open now"));
    m_model->retranslate();
    showState();
}

void ConnectedList::showState()
{
    const bool isAnybody = !m_receiver.associations().empty();
    m_view->setVisible(isAnybody);
    m_nobody->setVisible(!isAnybody);
    m_nobody->setText(m_receiver.isOn() ? tr("Nobody is connected. Senders may come at any time.")
                                        : tr("Nobody can connect while receiving is off."));
}

} // namespace radpost::ui
