#include "ui/receive/RefusedList.h"

#include "ui/common/ElidedLabel.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include "app/common/Format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr qsizetype kShown = 3; // the rest comes when these are decided

QString nameOf(const engine::RefusedCaller& caller)
{
    return RefusedList::tr("%1 at %2").arg(app::printable(caller.callingAeTitle), caller.address);
}

QString factsOf(const engine::RefusedCaller& caller)
{
    const auto times = RefusedList::tr("called %n time(s), last %1", nullptr, static_cast<int>(caller.times))
                           .arg(app::dateTimeText(caller.lastAt));
    return caller.calledOtherTitle ? RefusedList::tr("%1; it asked for the AE title \"%2\", which is not ours")
                                         .arg(times, app::printable(caller.calledAeTitle))
                                   : times;
}

} // namespace

RefusedList::RefusedList(QWidget* parent)
    : QFrame(parent)
    , m_title(makeLabel(u"heading"_s))
    , m_explained(makeText(u"muted"_s))
    , m_more(makeLabel(u"small"_s))
    , m_column(makeCardColumn(*this, 2 * metrics::kUnit))
{
    setProperty("role", u"card"_s);
    m_column->addWidget(m_title);
    m_column->addWidget(m_explained);
    m_column->addWidget(m_more);
    hide();
    onLanguage(*this, [this] { rebuild(); });
}

void RefusedList::show(const QList<engine::RefusedCaller>& callers)
{
    m_callers = callers;
    rebuild();
    setVisible(!callers.isEmpty());
}

void RefusedList::rebuild()
{
    m_title->setText(tr("Refused: %n caller(s)", nullptr, static_cast<int>(m_callers.size())));
    m_explained->setText(tr("They called this receiver and are not admitted. Admit those that you know."));
    auto* rows = new QWidget;
    auto* column = new QVBoxLayout(rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kUnit);
    for (const auto& caller : m_callers.mid(0, kShown)) {
        column->addWidget(makeRow(caller));
    }
    if (auto* old = std::exchange(m_rows, rows)) {
        old->hide();
        old->deleteLater(); // its button may be what asked
    }
    m_column->insertWidget(2, rows);
    const auto left = std::max<qsizetype>(0, m_callers.size() - kShown);
    m_more->setText(tr("and %n more", nullptr, static_cast<int>(left)));
    m_more->setVisible(left > 0);
}

QWidget* RefusedList::makeRow(const engine::RefusedCaller& caller)
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(3 * metrics::kUnit);
    auto* name = makeLabel(u"strong"_s);
    name->setText(nameOf(caller));
    auto* facts = new ElidedLabel(u"muted"_s);
    facts->setText(factsOf(caller));
    line->addWidget(name);
    line->addWidget(facts, 1);
    if (!caller.calledOtherTitle) { // to be let in it has to call us otherwise
        auto* admit = makeButton({});
        admit->setText(tr("Admit"));
        admit->setAccessibleName(tr("Admit %1").arg(nameOf(caller)));
        connect(admit, &QPushButton::clicked, this, [this, caller] { Q_EMIT admitAsked(caller); });
        line->addWidget(admit);
    }
    return row;
}

} // namespace radpost::ui
