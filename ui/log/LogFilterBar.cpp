#include "ui/log/LogFilterBar.h"

#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>
#include <array>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr auto kTypingPause = 200ms;
constexpr int kJobWidth = 96;

// In order of the box.
constexpr std::array kLevels{observe::LogLevel::Debug, observe::LogLevel::Warning, observe::LogLevel::Error};

} // namespace

LogFilterBar::LogFilterBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit)
    , m_level(new QComboBox)
    , m_destination(new QComboBox)
    , m_job(new QLineEdit)
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPause);
    m_text->setClearButtonEnabled(true);
    m_text->setProperty("search", true);
    m_text->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_job->setValidator(new QIntValidator(1, std::numeric_limits<int>::max(), m_job));
    m_job->setFixedWidth(kJobWidth);
    m_level->addItems({{}, {}, {}});
    m_destination->addItem({});
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * metrics::kUnit);
    row->addWidget(m_text, 1);
    for (auto* widget : std::initializer_list<QWidget*>{m_level, m_destination, m_job}) {
        row->addWidget(widget);
    }
    for (auto* line : {m_text, m_job}) {
        connect(line, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    }
    connect(&m_typing, &QTimer::timeout, this, &LogFilterBar::changed);
    for (auto* box : {m_level, m_destination}) {
        connect(box, &QComboBox::currentIndexChanged, this, &LogFilterBar::changed);
    }
    onLanguage(*this, [this] { retranslate(); });
}

void LogFilterBar::retranslate()
{
    m_text->setPlaceholderText(tr("Search the log"));
    m_text->setAccessibleName(tr("Search the log"));
    const QStringList levels{tr("Everything"), tr("Warnings and errors"), tr("Errors")};
    for (int i = 0; i < levels.size(); ++i) {
        m_level->setItemText(i, levels[i]);
    }
    m_level->setAccessibleName(tr("Level"));
    m_destination->setItemText(0, tr("All destinations"));
    m_destination->setAccessibleName(tr("Destination"));
    m_job->setPlaceholderText(tr("Job"));
    m_job->setAccessibleName(tr("Number of the job"));
}

void LogFilterBar::setDestinations(const QStringList& names)
{
    QStringList shown;
    for (int i = 1; i < m_destination->count(); ++i) {
        shown.append(m_destination->itemText(i));
    }
    if (shown == names) {
        return;
    }
    const QSignalBlocker blocker(m_destination);
    const auto current = m_destination->currentIndex() > 0 ? m_destination->currentText() : QString();
    while (m_destination->count() > 1) {
        m_destination->removeItem(1);
    }
    m_destination->addItems(names);
    m_destination->setCurrentIndex(current.isEmpty() ? 0 : std::max(m_destination->findText(current), 0));
}

void LogFilterBar::clear()
{
    m_text->clear();
    m_job->clear();
    m_level->setCurrentIndex(0);
    m_destination->setCurrentIndex(0);
    m_typing.stop();
    Q_EMIT changed();
}

LogFilter LogFilterBar::filter() const
{
    LogFilter filter;
    filter.text = m_text->text().simplified();
    filter.level = kLevels.at(static_cast<std::size_t>(std::max(m_level->currentIndex(), 0)));
    filter.destination = m_destination->currentIndex() > 0 ? m_destination->currentText() : QString();
    if (const auto job = m_job->text().toLongLong(); job > 0) {
        filter.job = job;
    }
    return filter;
}

} // namespace radpost::ui
