#include "ui/main/MainWindow.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/Icons.h"
#include "ui/common/Page.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/main/BottomStrip.h"
#include "ui/main/KeyboardHelp.h"
#include "ui/main/KeyTips.h"
#include "ui/main/ReceiveSign.h"

#include "app/common/ConfigText.h"
#include "app/common/ErrorText.h"

#include <QScreen>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kLedgerKey = u"ledger"_s;
const QString kConfigKey = u"config"_s;
constexpr QSize kSmallest{960, 600};
constexpr QSize kAtFirst{1120, 760};
constexpr QSize kFrame{16, 48}; // what the desktop puts around a window

QString problemLines(const ConfigFault& fault)
{
    QStringList lines;
    for (const auto& problem : fault.problems) {
        lines.append(app::problemText(problem));
    }
    return lines.join(u'\n');
}

} // namespace

QSize sizeAtFirst(const QSize& room)
{
    return kAtFirst.boundedTo(room - kFrame).expandedTo(kSmallest);
}

MainWindow::MainWindow(Backend& backend, ConfigStore& config, QWidget* parent)
    : QWidget(parent)
    , m_backend(backend)
    , m_config(config)
    , m_activity(backend)
    , m_rail(new NavigationRail)
    , m_frame(new QWidget)
    , m_pages(new QStackedWidget)
    , m_problems(new ProblemList)
    , m_strip(new BottomStrip(backend, m_activity))
    , m_keyTips(new KeyTips(*this))
{
    layOut();
    addShortcuts();
    setWindowIcon(logo());
    setMinimumSize(kSmallest);
    resize(sizeAtFirst(screen()->availableSize()));
    connect(m_rail, &NavigationRail::chosen, this, qOverload<int>(&MainWindow::showPage));
    connect(&backend, &Backend::stateChanged, this, &MainWindow::showBackendState);
    connect(&config, &ConfigStore::faultChanged, this, &MainWindow::showConfigFault);
    connect(&m_activity, &ActivityMonitor::failed, this,
        [this](const Error& error) { m_problems->show(kLedgerKey, errorNotice(error)); });
    onLanguage(*this, [this] { setWindowTitle(tr("Radpost")); });
    showBackendState();
    showConfigFault();
}

void MainWindow::layOut()
{
    auto* content = new QVBoxLayout;
    content->setContentsMargins(metrics::kPageMargin, metrics::kPageMargin - metrics::kUnit, metrics::kPageMargin, 0);
    content->setSpacing(4 * metrics::kUnit);
    content->addWidget(m_problems);
    content->addWidget(m_pages, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addLayout(content, 1);
    right->addWidget(m_strip);
    auto* all = new QHBoxLayout(m_frame);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_rail);
    all->addLayout(right, 1);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_frame);
}

void MainWindow::addShortcuts()
{
    for (const auto& keys : {QKeySequence(Qt::Key_F1), QKeySequence(u"?"_s)}) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, &MainWindow::showKeyboardHelp);
    }
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, this, &MainWindow::focusSearch);
}

void MainWindow::showKeyboardHelp()
{
    if (!m_help) {
        m_help = new KeyboardHelp(this);
    }
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

void MainWindow::focusSearch()
{
    for (auto* field : m_pages->currentWidget()->findChildren<QLineEdit*>()) {
        if (field->isVisible() && field->property("search").toBool()) {
            field->setFocus(Qt::ShortcutFocusReason);
            field->selectAll();
            return;
        }
    }
}

void MainWindow::addSigns(const Page& page)
{
    for (auto* header : page.findChildren<PageHeader*>()) {
        auto* sign = new ReceiveSign;
        sign->hide();
        header->setCorner(sign);
        connect(sign, &ReceiveSign::clicked, this, &MainWindow::receiveAsked);
        m_signs.append(sign);
    }
}

void MainWindow::setReceiving(Status status, const QString& text)
{
    for (auto* sign : m_signs) {
        sign->set(status, text);
        sign->show();
    }
}

QString MainWindow::receivingText() const
{
    return m_signs.isEmpty() ? QString() : m_signs.front()->text();
}

void MainWindow::setCover(QWidget* widget)
{
    if (m_cover != nullptr) {
        m_cover->hide();
        m_cover->deleteLater(); // one of its buttons may be what called
    }
    m_cover = widget;
    m_frame->setVisible(widget == nullptr);
    if (widget != nullptr) {
        layout()->addWidget(widget);
        widget->show(); // at once: it takes the focus next
    }
}

void MainWindow::addPage(Page* page, NavigationRail::Place place)
{
    m_rail->add(*page, place); // first: Tab goes through the rail before the page
    addSigns(*page);
    m_pages->addWidget(page);
    putStripLast();
    if (m_pages->count() == 1) {
        showPage(0);
    }
}

void MainWindow::putStripLast()
{
    auto* last = previousInFocusChain();
    while (last != this && (last->focusPolicy() & Qt::TabFocus) == 0) {
        last = last->previousInFocusChain();
    }
    auto* foot = m_strip->movingButton();
    if (last != foot) {
        // From the rail: what already follows, if only around the end of the chain, is not moved by Qt 6.4.
        setTabOrder(m_rail->button(m_pages->count() - 1), foot);
        setTabOrder(last, foot);
    }
    setTabOrder(foot, m_strip->resumeButton());
}

void MainWindow::showPage(int index)
{
    // The focus of a page that goes would fall on whatever comes next in the order of Tab.
    const auto* focused = focusWidget();
    const bool mustFollow = focused != nullptr &&
        (m_rail->isAncestorOf(focused) || (index != m_pages->currentIndex() && m_pages->isAncestorOf(focused)));
    m_pages->setCurrentIndex(index);
    m_rail->setCurrent(index);
    if (mustFollow) {
        m_rail->button(index)->setFocus(Qt::OtherFocusReason);
    }
    Q_EMIT pageShown(index);
}

void MainWindow::showPage(Page* page)
{
    showPage(m_pages->indexOf(page));
}

Page* MainWindow::currentPage() const
{
    return qobject_cast<Page*>(m_pages->currentWidget());
}

Page* MainWindow::page(int index) const
{
    return qobject_cast<Page*>(m_pages->widget(index));
}

int MainWindow::pageCount() const
{
    return m_pages->count();
}

void MainWindow::changeEvent(QEvent* event)
{
    // The command line writes the same file: coming back to the window shows what it did.
    if (event->type() == QEvent::ActivationChange && isActiveWindow()) {
        m_config.load();
    }
    QWidget::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    event->ignore();
    Q_EMIT closeAsked();
}

void MainWindow::showBackendState()
{
    const auto state = m_backend.state();
    if (state == Backend::State::Opening) {
        return; // what stood there is true until the outcome is known
    }
    m_problems->remove(kLedgerKey);
    if (!m_backend.error() || (state != Backend::State::Failed && state != Backend::State::ReadOnly)) {
        return;
    }
    auto notice = errorNotice(*m_backend.error());
    if (state == Backend::State::ReadOnly) {
        notice.kind = BannerKind::Warning;
        notice.heading = [] { return tr("Another Radpost is using the ledger. This window is read-only."); };
        notice.text = [] {
            return tr("Destinations can be tested and changed here; sending works again when the other one has ended.");
        };
    }
    notice.isClosable = false;
    notice.actions = {{[] { return tr("Try again"); }, [this] { m_backend.open(m_backend.params()); }}};
    m_problems->show(kLedgerKey, std::move(notice));
}

void MainWindow::showConfigFault()
{
    if (!m_config.fault()) {
        m_problems->remove(kConfigKey);
        return;
    }
    const auto fault = *m_config.fault();
    auto notice = errorNotice(
        fault.error, [] { return tr("The configuration file has faults; nothing in it is used or changed."); });
    if (!fault.problems.empty()) {
        notice.text = [fault] { return problemLines(fault); };
        notice.small = {};
    }
    notice.isClosable = false;
    notice.actions = {{[] { return tr("Read it again"); }, [this] { m_config.load(); }}};
    m_problems->show(kConfigKey, std::move(notice));
}

} // namespace radpost::ui
