#include "ui/send/SeriesPane.h"

#include "app/common/DicomNames.h"
#include "app/common/Format.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/preview/SeriesPreview.h"
#include "ui/send/SendTexts.h"

#include <QFileInfo>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kLeastPicture = 280;

// The picture has the facts of the file it shows; this is of the whole series.
QString sumText(const engine::SeriesNode& series)
{
    QStringList parts{SeriesPane::tr("%Ln instance(s)", nullptr, static_cast<int>(series.instances))};
    if (series.frames > series.instances) {
        parts.append(SeriesPane::tr("%Ln frame(s)", nullptr, static_cast<int>(series.frames)));
    }
    parts.append(app::bytesText(series.bytes));
    if (series.contexts.size() > 1) {
        parts.append(app::transferSyntaxNames(series));
    }
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
    , m_preview(new SeriesPreview)
    , m_sum(makeText(u"muted"_s))
    , m_place(makeText(u"small"_s))
    , m_warnings(new QVBoxLayout)
    , m_lines(new QVBoxLayout)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * metrics::kUnit, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addLayout(m_warnings);
    column->addWidget(m_preview, 1);
    column->addWidget(m_sum);
    column->addLayout(m_lines);
    column->addWidget(m_place);
    m_preview->setMinimumHeight(kLeastPicture);
    onLanguage(*this, [this] { setAccessibleName(tr("Selected series")); });
    clear();
}

void SeriesPane::show(const SeriesFacts& facts)
{
    clearLines();
    m_shownTitle = seriesTitle(facts.series);
    m_sum->setText(sumText(facts.series));
    for (const auto& verdict : facts.verdicts) {
        addLine(*m_lines, roleOf(verdict.verdict), verdictSentence(verdict, facts.series.instances));
    }
    showWarnings(facts.warnings);
}

void SeriesPane::showWarnings(const engine::TreeWarnings& warnings)
{
    for (const auto warning : warnings) {
        addLine(*m_warnings, u"note"_s, u"⚠ "_s + warningSentence(warning));
    }
}

void SeriesPane::setInstances(const std::vector<engine::SeriesInstance>& instances)
{
    m_place->setText(instances.empty() ? QString() : app::printable(QFileInfo(instances.front().path).path()));
    PreviewSeries series{m_shownTitle, {}, {}};
    series.instances.reserve(instances.size());
    for (const auto& instance : instances) {
        series.instances.push_back({instance.path, instance.sopClassUid.toString(),
            instance.transferSyntaxUid.toString(), instance.number, instance.frames});
    }
    m_preview->setSeries(std::move(series));
}

void SeriesPane::clear()
{
    m_preview->clear();
    m_sum->clear();
    m_place->clear();
    clearLines();
}

void SeriesPane::clearLines()
{
    for (auto* lines : {m_warnings, m_lines}) {
        while (auto* item = lines->takeAt(0)) {
            delete item->widget();
            delete item;
        }
    }
}

void SeriesPane::addLine(QVBoxLayout& lines, const QString& role, const QString& text)
{
    auto* label = makeText(role);
    label->setText(text);
    lines.addWidget(label);
}

} // namespace radpost::ui
