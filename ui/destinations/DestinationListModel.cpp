#include "ui/destinations/DestinationListModel.h"

#include "ui/common/ConfigStore.h"
#include "ui/destinations/DestinationTallies.h"
#include "ui/doctor/DestinationTests.h"

#include "app/common/DoctorText.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString whenText(const QDateTime& when)
{
    return app::momentText(Clock::WallTime(std::chrono::milliseconds(when.toMSecsSinceEpoch())));
}

bool haveSameNames(const std::vector<config::Destination>& one, const std::vector<config::Destination>& other)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
        [](const auto& a, const auto& b) { return a.name == b.name; });
}

} // namespace

Status statusOf(const DestinationTests& tests, const QString& name)
{
    const auto* run = tests.last(name);
    if (run != nullptr && !run->isOver()) {
        return Status::Busy;
    }
    const auto result = tests.result(name);
    if (!result) {
        return Status::Unknown;
    }
    if (result->isRefuted() || result->outcome == TestResult::Outcome::Passed) {
        return Status::Good;
    }
    return result->outcome == TestResult::Outcome::Warned ? Status::Warning : Status::Bad;
}

namespace {

QString resultText(const TestResult& result)
{
    if (result.isRefuted()) {
        return DestinationListModel::tr("Works · images arrived at %1").arg(whenText(result.deliveredAt));
    }
    const auto roundTrip = app::millisecondsText(result.roundTrip);
    const auto when = whenText(result.testedAt);
    switch (result.outcome) {
    case TestResult::Outcome::Passed:
        return DestinationListModel::tr("Works · round trip %1 · tested at %2").arg(roundTrip, when);
    case TestResult::Outcome::Warned:
        return DestinationListModel::tr("Works, with a note · round trip %1 · tested at %2").arg(roundTrip, when);
    case TestResult::Outcome::Failed:
        return result.error ? DestinationListModel::tr("Does not work: %1 · tested at %2")
                                  .arg(app::errorText(*result.error).happened, when)
                            : DestinationListModel::tr("Does not work · tested at %1").arg(when);
    case TestResult::Outcome::None:
        break;
    }
    return DestinationListModel::tr("Not tested yet");
}

} // namespace

QString statusText(const DestinationTests& tests, const QString& name)
{
    const auto* run = tests.last(name);
    const auto state = run != nullptr ? run->state() : DoctorRun::State::Passed;
    if (state == DoctorRun::State::Waiting) {
        return DestinationListModel::tr("Waits for its turn…");
    }
    if (state == DoctorRun::State::Running) {
        return DestinationListModel::tr("Being tested…");
    }
    if (state == DoctorRun::State::Cancelled) {
        return DestinationListModel::tr("The test was cancelled");
    }
    const auto result = tests.result(name);
    return result ? resultText(*result) : DestinationListModel::tr("Not tested yet");
}

QString deliveredText(const std::optional<store::DestinationTally>& tally, const QDateTime& deliveredAt)
{
    if (!tally) {
        return {};
    }
    if (tally->delivered == 0 && tally->failed == 0) {
        const bool isTallyOld = deliveredAt.isValid() && deliveredAt > QDateTime::currentDateTime().addDays(-1);
        return isTallyOld ? QString() : DestinationListModel::tr("Nothing sent in 24 h");
    }
    return DestinationListModel::tr("%1 delivered in 24 h").arg(QLocale().toString(tally->delivered));
}

QString failedText(const std::optional<store::DestinationTally>& tally)
{
    return tally && tally->failed > 0 ? DestinationListModel::tr("%1 failed").arg(QLocale().toString(tally->failed))
                                      : QString();
}

QString shownAddress(const config::Destination& destination)
{
    const auto host = destination.host.contains(u':') ? u"[%1]"_s.arg(destination.host) : destination.host;
    return u"%1 @ %2:%3"_s.arg(destination.calledAeTitle.toString(), host).arg(destination.port);
}

DestinationListModel::DestinationListModel(
    ConfigStore& config, DestinationTests& tests, const DestinationTallies& tallies, QObject* parent)
    : QAbstractListModel(parent)
    , m_config(config)
    , m_tests(tests)
    , m_tallies(tallies)
    , m_rows(config.config().destinations)
{
    connect(&config, &ConfigStore::changed, this, &DestinationListModel::reload);
    connect(&tests, &DestinationTests::changed, this, &DestinationListModel::refresh);
    connect(&tallies, &DestinationTallies::changed, this, &DestinationListModel::retranslate);
}

int DestinationListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant DestinationListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto& destination = m_rows[static_cast<size_t>(index.row())];
    const auto* run = m_tests.last(destination.name);
    switch (role) {
    case NameRole:
        return destination.name;
    case AddressRole:
        return shownAddress(destination);
    case EncryptedRole:
        return destination.tls.mode != config::TlsMode::Off;
    case StatusRole:
        return static_cast<int>(statusOf(m_tests, destination.name));
    case StatusTextRole:
        return statusText(m_tests, destination.name);
    case RunningRole:
        return run != nullptr && !run->isOver();
    case DeliveredTextRole:
        return deliveredText(
            m_tallies.of(destination.name), m_tests.result(destination.name).value_or(TestResult()).deliveredAt);
    case FailedTextRole:
        return failedText(m_tallies.of(destination.name));
    default:
        return {};
    }
}

void DestinationListModel::retranslate()
{
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

// Cards live as long as their rows: a change of an address must not fold what is unfolded.
void DestinationListModel::reload()
{
    const auto& now = m_config.config().destinations;
    if (haveSameNames(m_rows, now)) {
        m_rows = now;
        retranslate();
        return;
    }
    const bool isAppended = now.size() > m_rows.size() &&
        haveSameNames(m_rows, {now.begin(), now.begin() + static_cast<std::ptrdiff_t>(m_rows.size())});
    if (isAppended) {
        beginInsertRows({}, rowCount(), static_cast<int>(now.size()) - 1);
        m_rows = now;
        endInsertRows();
        return;
    }
    beginResetModel();
    m_rows = now;
    endResetModel();
}

void DestinationListModel::refresh(const QString& name)
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows[static_cast<size_t>(row)].name == name) {
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
}

} // namespace radpost::ui
