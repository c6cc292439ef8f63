#include "ui/rules/TrialView.h"

#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/rules/LabelledField.h"
#include "ui/rules/TrialModel.h"
#include "ui/send/FileDrop.h"

#include "app/common/Format.h"
#include "core/base/Clock.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kRulesKey = u"rules"_s;
const QString kCutKey = u"cut"_s;
constexpr int kOutcomeWidth = 220;
constexpr qsizetype kLongestAeTitle = 16; // PS3.5 6.2

} // namespace

TrialView::TrialView(const config::RuleSet& rules, QString rule, QWidget* parent)
    : QWidget(parent)
    , m_rule(std::move(rule))
    , m_model(new TrialModel(this))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_drop(makeFrame(u"drop"_s))
    , m_dropText(makeText(u"muted"_s))
    , m_choose(makeButton(u"add"_s))
    , m_clear(makePlainButton(u"remove"_s))
    , m_calling(new QLineEdit)
    , m_callingField(new LabelledField(*m_calling))
    , m_called(new QLineEdit)
    , m_calledField(new LabelledField(*m_called))
    , m_address(new QLineEdit)
    , m_addressField(new LabelledField(*m_address))
    , m_personal(new QCheckBox)
    , m_tree(makeTable(*m_model, {}))
    , m_back(makeIconButton(u"back"_s))
{
    layOut();
    connect(m_back, &QToolButton::clicked, this, &TrialView::left);
    connect(m_choose, &QPushButton::clicked, this, &TrialView::askFiles);
    connect(m_clear, &QPushButton::clicked, &m_trial, &RuleTrial::clear);
    for (auto* field : {m_calling, m_called, m_address}) {
        connect(field, &QLineEdit::textChanged, this, &TrialView::takeArrival);
    }
    connect(m_personal, &QCheckBox::toggled, m_model, &TrialModel::showPersonal);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] { openRows({}); });
    connect(&m_trial, &RuleTrial::changed, this, &TrialView::showTrial);
    m_trial.setRules(rules);
    takeArrival();
    onLanguage(*this, [this] { retranslate(); });
}

void TrialView::layOut()
{
    m_header->addLeading(m_back);
    m_calling->setMaxLength(kLongestAeTitle);
    m_called->setMaxLength(kLongestAeTitle);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(TrialModel::What, QHeaderView::Stretch);
    m_tree->header()->resizeSection(TrialModel::Outcome, kOutcomeWidth);
    m_tree->setProperty("memory", u"rule-trial"_s);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    all->setSpacing(3 * metrics::kUnit);
    all->addWidget(m_header);
    all->addWidget(m_problems);
    all->addWidget(buildDrop());
    all->addWidget(buildArrival());
    all->addWidget(m_tree, 1);
    all->addWidget(m_personal);
}

QWidget* TrialView::buildDrop()
{
    auto* row = new QHBoxLayout(m_drop);
    row->setContentsMargins(4 * metrics::kUnit, 2 * metrics::kUnit, 2 * metrics::kUnit, 2 * metrics::kUnit);
    row->addWidget(m_dropText, 1);
    row->addWidget(m_clear);
    row->addWidget(m_choose);
    auto* files = new FileDrop(*this);
    connect(files, &FileDrop::dropped, this, &TrialView::addFiles);
    connect(files, &FileDrop::hovered, m_drop,
        [this](bool isOver) { setRole(*m_drop, isOver ? u"drop-over"_s : u"drop"_s); });
    return m_drop;
}

QWidget* TrialView::buildArrival()
{
    auto* area = new QWidget;
    auto* row = new QHBoxLayout(area);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4 * metrics::kUnit);
    for (auto* field : {m_callingField, m_calledField, m_addressField}) {
        row->addWidget(field, 1);
    }
    return area;
}

void TrialView::retranslate()
{
    m_header->setTitle(m_rule.isEmpty() ? tr("Try the rules") : tr("Try %1").arg(app::printable(m_rule)));
    m_header->setSubtitle(tr("Nothing is sent, and nothing is saved"));
    setIconText(*m_back, tr("Back"));
    m_dropText->setText(tr("Drop DICOM files or a folder here: each is judged as if it had just been received."));
    m_choose->setText(tr("Choose files…"));
    m_clear->setText(tr("Clear"));
    m_callingField->setTexts(tr("As if from calling AE title"));
    m_calledField->setTexts(tr("To called AE title"));
    m_addressField->setTexts(tr("From address"));
    m_address->setPlaceholderText(tr("e.g. 10.1.2.3"));
    m_personal->setText(tr("Show patient data"));
    m_tree->setAccessibleName(tr("What becomes of each file, and why"));
    m_model->retranslate();
    showTrial();
}

void TrialView::takeArrival()
{
    m_trial.setArrival({AeTitle{m_calling->text().trimmed().toLatin1()}, AeTitle{m_called->text().trimmed().toLatin1()},
        m_address->text().trimmed(), {}, SystemClock().now()});
}

void TrialView::showTrial()
{
    m_clear->setEnabled(!m_trial.outcomes().empty());
    if (m_trial.isBusy()) {
        return; // the old answers stay until the new ones are there
    }
    m_model->setOutcomes(m_trial.outcomes());
    m_problems->remove(kRulesKey);
    m_problems->remove(kCutKey);
    if (m_trial.error()) {
        m_problems->show(kRulesKey,
            errorNotice(*m_trial.error(), [] { return tr("The rules have a mistake and cannot be tried."); }));
    }
    if (m_trial.isCut()) {
        Notice notice;
        notice.heading = [] { return tr("Only the first %1 files are looked at.").arg(RuleTrial::kMostFiles); };
        m_problems->show(kCutKey, std::move(notice));
    }
}

void TrialView::openRows(const QModelIndex& parent)
{
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const auto index = m_model->index(row, 0, parent);
        if (index.data(TrialModel::kOpensRole).toBool()) {
            m_tree->expand(index);
        }
        openRows(index);
    }
}

void TrialView::askFiles()
{
    auto* dialog = new QFileDialog(this, tr("Choose DICOM files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &TrialView::addFiles);
    dialog->open();
}

void TrialView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT left();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace radpost::ui
