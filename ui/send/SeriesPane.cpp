#include "ui/send/SeriesPane.h"

#include "app/common/Format.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/send/SendTexts.h"

#include <QFileInfo>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString shapeText(const engine::SeriesNode& series)
{
    QStringList parts{syntaxText(series)};
    if (series.rows > 0) {
        parts.append(u"%1 × %2"_s.arg(series.columns).arg(series.rows));
        parts.append(SeriesPane::tr("%n bit(s)", nullptr, series.bitsAllocated));
    }
    parts.append(SeriesPane::tr("%Ln instance(s)", nullptr, static_cast<int>(series.instances)));
    if (series.frames > series.instances) {
        parts.append(SeriesPane::tr("%Ln frame(s)", nullptr, static_cast<int>(series.frames)));
    }
    parts.append(app::bytesText(series.bytes));
    return parts.join(u" · "_s);
}

QString roleOf(engine::PreflightVerdict verdict)
{
    switch (verdict) {
    case engine::PreflightVerdict::AsIs:
        return u"good"_s;
    case engine::PreflightVerdict::LosslessConvert:
        return u"note"_s;
    case engine::PreflightVerdict::Cannot:
        break;
    }
    return u"problem"_s;
}

} // namespace

SeriesPane::SeriesPane(QWidget* parent)
    : QWidget(parent)
    , m_title(makeText(u"strong"_s))
    , m_shape(makeText(u"muted"_s))
    , m_place(makeText(u"small"_s))
    , m_lines(new QVBoxLayout)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * metrics::kUnit, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addWidget(m_title); // the picture of the series goes above it
    column->addWidget(m_shape);
    column->addLayout(m_lines);
    column->addWidget(m_place);
    column->addStretch();
    onLanguage(*this, [this] { setAccessibleName(tr("Selected series")); });
    clear();
}

void SeriesPane::show(const SeriesFacts& facts)
{
    clear();
    m_title->setText(seriesTitle(facts.series));
    m_shape->setText(shapeText(facts.series));
    for (const auto& verdict : facts.verdicts) {
        addLine(roleOf(verdict.verdict), verdictSentence(verdict, facts.series.instances));
    }
    for (const auto warning : facts.warnings) {
        addLine(u"note"_s, u"⚠ "_s + warningSentence(warning));
    }
}

void SeriesPane::setInstances(const std::vector<engine::SeriesInstance>& instances)
{
    m_place->setText(instances.empty() ? QString() : app::printable(QFileInfo(instances.front().path).path()));
}

void SeriesPane::clear()
{
    m_title->setText(tr("Select a series to see more of it."));
    m_shape->clear();
    m_place->clear();
    while (auto* item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void SeriesPane::addLine(const QString& role, const QString& text)
{
    auto* label = makeText(role);
    label->setText(text);
    m_lines->addWidget(label);
}

} // namespace radpost::ui
