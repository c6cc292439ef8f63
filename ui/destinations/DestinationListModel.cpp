#include "ui/destinations/DestinationListModel.h"

#include "ui/common/ConfigStore.h"
#include "ui/destinations/DestinationTallies.h"
#include "ui/doctor/DestinationTests.h"

#include "app/common/DoctorText.h"
#include "app/common/ErrorText.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString whenText(const QDateTime& when)
{
    return QLocale().toString(when.time(), QLocale::ShortFormat);
}

bool haveSameNames(const std::vector<config::Destination>& one, const std::vector<config::Destination>& other)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
        [](const auto& a, const auto& b) { return a.name == b.name; });
}

} // namespace

Status statusOf(const DoctorRun* run)
{
    if (run == nullptr) {
        return Status::Unknown;
    }
    switch (run->state()) {
    case DoctorRun::State::Waiting:
    case DoctorRun::State::Running:
        return Status::Busy;
    case DoctorRun::State::Passed:
        return Status::Good;
    case DoctorRun::State::Warned:
        return Status::Warning;
    case DoctorRun::State::Failed:
        return Status::Bad;
    case DoctorRun::State::Cancelled:
        break;
    }
    return Status::Unknown;
}

QString statusText(const DoctorRun* run)
{
    if (run == nullptr) {
        return DestinationListModel::tr("Not tested yet");
    }
    const auto roundTrip = app::millisecondsText(run->report().medianRoundTrip());
    const auto when = whenText(run->endedAt());
    switch (run->state()) {
    case DoctorRun::State::Waiting:
        return DestinationListModel::tr("Waits for its turn…");
    case DoctorRun::State::Running:
        return DestinationListModel::tr("Being tested…");
    case DoctorRun::State::Passed:
        return DestinationListModel::tr("Works · round trip %1 · tested at %2").arg(roundTrip, when);
    case DoctorRun::State::Warned:
        return DestinationListModel::tr("Works, with a note · round trip %1 · tested at %2").arg(roundTrip, when);
    case DoctorRun::State::Failed:
        return DestinationListModel::tr("Does not work · tested at %1").arg(when);
    case DoctorRun::State::Cancelled:
        break;
    }
    return DestinationListModel::tr("The test was cancelled");
}

QString deliveredText(const std::optional<store::DestinationTally>& tally)
{
    if (!tally) {
        return {};
    }
    return tally->delivered == 0 && tally->failed == 0
        ? DestinationListModel::tr("Nothing sent in 24 h")
        : DestinationListModel::tr("%1 delivered in 24 h").arg(QLocale().toString(tally->delivered));
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
        return static_cast<int>(statusOf(run));
    case StatusTextRole:
        return statusText(run);
    case RunningRole:
        return run != nullptr && !run->isOver();
    case DeliveredTextRole:
        return deliveredText(m_tallies.of(destination.name));
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
