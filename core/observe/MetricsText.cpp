#include "core/observe/MetricsText.h"

#include <QLocale>

#include <cmath>

namespace radpost::observe {

namespace {

QByteArray typeName(MetricType type)
{
    switch (type) {
    case MetricType::Counter:
        return "counter";
    case MetricType::Gauge:
        return "gauge";
    case MetricType::Histogram:
        break;
    }
    return "histogram";
}

QByteArray numberText(double value)
{
    if (std::isnan(value)) {
        return "NaN";
    }
    if (std::isinf(value)) {
        return value > 0 ? "+Inf" : "-Inf";
    }
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

QByteArray escapedHelp(QByteArray text)
{
    return text.replace('\\', "\\\\").replace('\n', "\\n");
}

QByteArray escapedValue(const QString& text)
{
    return escapedHelp(text.toUtf8()).replace('"', "\\\"");
}

/// "{a="1",b="2"}", or nothing where there is no label.
QByteArray labelText(const QList<QByteArray>& names, const QStringList& values, const QByteArray& le = {})
{
    QByteArray inner;
    for (qsizetype i = 0; i < std::min(names.size(), values.size()); ++i) {
        inner += (inner.isEmpty() ? "" : ",") + names[i] + "=\"" + escapedValue(values[i]) + '"';
    }
    if (!le.isEmpty()) {
        inner += (inner.isEmpty() ? "" : ",") + QByteArray("le=\"") + le + '"';
    }
    return inner.isEmpty() ? inner : QByteArray('{' + inner + '}');
}

void addLine(QByteArray& into, const QByteArray& name, const QByteArray& labels, const QByteArray& value)
{
    into += name + labels + ' ' + value + '\n';
}

void addHistogram(QByteArray& into, const MetricDescription& description, const QStringList& labels,
    const HistogramSnapshot& histogram)
{
    const auto& name = description.name;
    quint64 count = 0;
    for (size_t i = 0; i < histogram.counts.size(); ++i) {
        count += histogram.counts[i];
        const QByteArray le = i < histogram.upperBounds.size() ? numberText(histogram.upperBounds[i]) : "+Inf";
        addLine(into, name + "_bucket", labelText(description.labels, labels, le), QByteArray::number(count));
    }
    const auto own = labelText(description.labels, labels);
    addLine(into, name + "_sum", own, numberText(histogram.sum));
    addLine(into, name + "_count", own, QByteArray::number(count));
}

void addSeries(QByteArray& into, const MetricDescription& description, const SeriesSnapshot& series)
{
    if (const auto* histogram = std::get_if<HistogramSnapshot>(&series.value)) {
        addHistogram(into, description, series.labels, *histogram);
        return;
    }
    const auto* count = std::get_if<quint64>(&series.value);
    const QByteArray value = count ? QByteArray::number(*count) : numberText(std::get<double>(series.value));
    addLine(into, description.name, labelText(description.labels, series.labels), value);
}

} // namespace

QByteArray prometheusText(const std::vector<FamilySnapshot>& families)
{
    QByteArray text;
    for (const auto& family : families) {
        const auto& name = family.description.name;
        text += "# HELP " + name + ' ' + escapedHelp(family.description.help) + '\n';
        text += "# TYPE " + name + ' ' + typeName(family.type) + '\n';
        for (const auto& series : family.series) {
            addSeries(text, family.description, series);
        }
    }
    return text;
}

} // namespace radpost::observe
