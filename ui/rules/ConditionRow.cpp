#include "ui/rules/ConditionRow.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/rules/RuleWords.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

using config::Fact;
constexpr std::array kFacts{Fact::Modality, Fact::StudyDescription, Fact::CallingAe, Fact::CalledAe, Fact::Address,
    Fact::Source, Fact::SopClass, Fact::TransferSyntax, Fact::Hours, Fact::Weekday, Fact::Attribute};
constexpr int kSmallestField = 64;

bool isText(Fact fact)
{
    return comparisonsOf(fact).size() > 2;
}

} // namespace

ConditionRow::ConditionRow(const DraftTest& test, QWidget* parent)
    : QWidget(parent)
    , m_not(new QCheckBox)
    , m_fact(new QComboBox)
    , m_attribute(new QLineEdit(test.attribute))
    , m_comparison(new QComboBox)
    , m_value(new QLineEdit(test.value))
    , m_until(new QLineEdit(test.until))
    , m_beside(new QHBoxLayout)
    , m_below(new QHBoxLayout)
    , m_options(new QMenu(this))
    , m_ignoreCase(m_options->addAction(QString()))
    , m_needsAll(m_options->addAction(QString()))
    , m_more(makeIconButton(u"more"_s))
    , m_remove(makeIconButton(u"close"_s))
    , m_problem(makeText(u"problem"_s))
{
    m_not->setChecked(test.isNot);
    for (auto* option : {m_ignoreCase, m_needsAll}) {
        option->setCheckable(true);
    }
    m_ignoreCase->setChecked(test.ignoreCase);
    m_needsAll->setChecked(test.needsAll);
    layOut();
    for (const auto known : kFacts) {
        m_fact->addItem({}, static_cast<int>(known));
    }
    m_fact->setCurrentIndex(m_fact->findData(static_cast<int>(test.fact)));
    fillComparisons(test.comparison);
    m_problem->hide();
    onLanguage(*this, [this] { retranslate(); });
    connect(m_fact, &QComboBox::currentIndexChanged, this, [this] {
        fillComparisons(comparison());
        showRelevant();
        Q_EMIT changed();
    });
    connect(m_comparison, &QComboBox::currentIndexChanged, this, [this] {
        showRelevant();
        Q_EMIT changed();
    });
    for (auto* field : {m_attribute, m_value, m_until}) {
        connect(field, &QLineEdit::textChanged, this, &ConditionRow::changed);
    }
    for (auto* option : {m_ignoreCase, m_needsAll}) {
        connect(option, &QAction::toggled, this, &ConditionRow::changed);
    }
    connect(m_not, &QCheckBox::toggled, this, &ConditionRow::changed);
    connect(m_remove, &QToolButton::clicked, this, &ConditionRow::removeAsked);
}

void ConditionRow::layOut()
{
    m_more->setMenu(m_options);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(2 * metrics::kUnit);
    fields->addWidget(m_not);
    fields->addWidget(m_fact);
    fields->addWidget(m_attribute, 2);
    fields->addWidget(m_comparison);
    fields->addLayout(m_beside, 5);
    fields->addStretch(1);
    fields->addWidget(m_more);
    fields->addWidget(m_remove);
    for (auto* field : {m_attribute, m_value, m_until}) {
        field->setMinimumWidth(kSmallestField);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kUnit);
    column->addLayout(fields);
    column->addLayout(m_below);
    column->addWidget(m_problem);
    setFocusProxy(m_value);
}

config::Fact ConditionRow::fact() const
{
    return static_cast<Fact>(m_fact->currentData().toInt());
}

Comparison ConditionRow::comparison() const
{
    return static_cast<Comparison>(m_comparison->currentData().toInt());
}

void ConditionRow::fillComparisons(Comparison wanted)
{
    const QSignalBlocker quiet(m_comparison);
    m_comparison->clear();
    for (const auto known : comparisonsOf(fact())) {
        m_comparison->addItem(comparisonWord(known), static_cast<int>(known));
    }
    m_comparison->setCurrentIndex(std::max(0, m_comparison->findData(static_cast<int>(wanted))));
}

void ConditionRow::showRelevant()
{
    const auto compares = comparison();
    const bool hasValue = compares != Comparison::HasValue && compares != Comparison::HasNone;
    m_attribute->setVisible(fact() == Fact::Attribute);
    // With an attribute the line has no room for its values.
    auto* values = fact() == Fact::Attribute ? m_below : m_beside;
    values->addWidget(m_value, 3);
    values->addWidget(m_until, 2);
    m_value->setVisible(hasValue);
    m_until->setVisible(compares == Comparison::Between);
    m_more->setVisible(isText(fact()) && hasValue);
    m_needsAll->setVisible(fact() == Fact::Attribute);
    m_value->setPlaceholderText(compares == Comparison::Between ? tr("from") : valueExample(fact(), compares));
}

void ConditionRow::retranslate()
{
    m_not->setText(tr("not"));
    m_not->setToolTip(tr("True when the test is not"));
    m_attribute->setPlaceholderText(tr("e.g. BodyPartExamined"));
    m_until->setPlaceholderText(tr("to"));
    m_ignoreCase->setText(tr("Capital and small letters are the same"));
    m_needsAll->setText(tr("Every value must fit, not just one"));
    for (int i = 0; i < m_fact->count(); ++i) {
        m_fact->setItemText(i, factWord(static_cast<Fact>(m_fact->itemData(i).toInt())));
    }
    fillComparisons(comparison());
    m_fact->setAccessibleName(tr("What is looked at"));
    m_comparison->setAccessibleName(tr("How it is compared"));
    m_value->setAccessibleName(tr("Value"));
    m_until->setAccessibleName(tr("To"));
    m_attribute->setAccessibleName(tr("Keyword or tag of the attribute"));
    setIconText(*m_more, tr("Options of this condition"));
    setIconText(*m_remove, tr("Remove this condition"));
    showRelevant();
}

// What is not shown does not count.
DraftTest ConditionRow::test() const
{
    const bool isAttribute = fact() == Fact::Attribute;
    const bool isRange = comparison() == Comparison::Between;
    const bool hasValue = comparison() != Comparison::HasValue && comparison() != Comparison::HasNone;
    return {m_not->isChecked(), fact(), isAttribute ? m_attribute->text() : QString(), comparison(),
        hasValue ? m_value->text() : QString(), isRange ? m_until->text() : QString(),
        isText(fact()) && hasValue && m_ignoreCase->isChecked(), isAttribute && hasValue && m_needsAll->isChecked()};
}

void ConditionRow::setProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

QString ConditionRow::problem() const
{
    return m_problem->text();
}

} // namespace radpost::ui
