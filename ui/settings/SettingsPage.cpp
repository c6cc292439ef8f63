#include "ui/settings/SettingsPage.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/EmptyState.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/forms/FieldRow.h"
#include "ui/settings/SettingsForm.h"
#include "ui/settings/SettingsTexts.h"

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kGroupWidth = 640;
constexpr int kSearchWidth = 240;
const QString kSaveKey = u"save"_s;

} // namespace

SettingsPage::SettingsPage(ConfigStore& config, Backend& backend, QWidget* parent)
    : Page(parent)
    , m_config(config)
    , m_form(new SettingsForm(config.config().settings, this))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_appearance(makeLabel(u"heading"_s))
    , m_identity(makeLabel(u"heading"_s))
    , m_window(makeLabel(u"heading"_s))
    , m_work(makeLabel(u"heading"_s))
    , m_patients(makeLabel(u"heading"_s))
    , m_search(new QLineEdit)
    , m_noMatch(new EmptyState(u"search"_s))
    , m_file(makeText(u"small"_s))
{
    layOut();
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::showMatches);
    connect(&config, &ConfigStore::changed, this, [this] { m_form->reload(m_config.config().settings); });
    connect(&config, &ConfigStore::faultChanged, this, &SettingsPage::followFault);
    connect(&backend, &Backend::stateChanged, this, [this, &backend] {
        if (backend.state() == Backend::State::Opening) {
            m_form->setRunning(m_config.config().settings);
        }
    });
    if (backend.state() != Backend::State::Closed) {
        m_form->setRunning(config.config().settings);
    }
    followFault();
    onLanguage(*this, [this] { retranslate(); });
}

QString SettingsPage::title() const
{
    return tr("Settings");
}

QString SettingsPage::iconName() const
{
    return u"settings"_s;
}

void SettingsPage::layOut()
{
    m_search->setProperty("search", true);
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(kSearchWidth);
    m_header->addAction(m_search);
    m_groups = new QWidget;
    m_groups->setProperty("role", u"content"_s);
    m_groups->setMaximumWidth(kGroupWidth); // the height of its texts is that at their real width
    auto* groups = new QVBoxLayout(m_groups);
    groups->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    groups->setSpacing(3 * metrics::kUnit);
    groups->addWidget(buildGroup(m_appearance, {u"language"_s, u"theme"_s}));
    groups->addWidget(buildGroup(m_identity, {u"ae_title"_s, u"commitment_port"_s}));
    groups->addWidget(buildGroup(m_window, {u"when_closed"_s}));
    groups->addWidget(buildGroup(
        m_work, {u"data_folder"_s, u"scan.temporary_folder"_s, u"scan.threads"_s, u"send.max_associations"_s}));
    groups->addWidget(
        buildGroup(m_patients, {u"ledger.keep_days"_s, u"privacy.lock_masking"_s, u"privacy.mask_receipts"_s}));
    groups->addWidget(m_noMatch);
    m_noMatch->hide();
    m_file->setMaximumWidth(kGroupWidth);
    groups->addWidget(m_file);
    groups->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_groups);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(4 * metrics::kUnit);
    all->addWidget(m_header);
    all->addWidget(m_problems);
    all->addWidget(scroll, 1);
}

QWidget* SettingsPage::buildGroup(QLabel* heading, const QStringList& keys)
{
    auto* card = makeFrame(u"card"_s);
    card->setMaximumWidth(kGroupWidth);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit);
    column->setSpacing(3 * metrics::kUnit);
    column->addWidget(heading);
    for (const auto& key : keys) {
        auto* row = new FieldRow(*m_form, key, [key] { return settingsFieldTexts(key); });
        connect(row, &FieldRow::committed, this, [this, key] { save(key); });
        m_rows.insert(key, row);
        column->addWidget(row);
    }
    m_cards.append({card, heading, keys});
    return card;
}

void SettingsPage::retranslate()
{
    m_header->setTitle(title());
    m_appearance->setText(tr("Language and look"));
    m_identity->setText(tr("This workstation"));
    m_window->setText(tr("Closing"));
    m_work->setText(tr("Folders and speed"));
    m_patients->setText(tr("Ledger and patient data"));
    m_search->setPlaceholderText(tr("Search settings"));
    m_search->setAccessibleName(tr("Search settings"));
    m_noMatch->setTexts(tr("No setting matches"), tr("Change the words."));
    showMatches();
    m_file->setText(tr("Saved in %1. The command line uses the same file; its comments stay.")
                        .arg(QDir::toNativeSeparators(m_config.path())));
}

// A file with faults is never written to; fields that cannot be saved are not offered.
void SettingsPage::followFault()
{
    m_groups->setEnabled(!m_config.fault().has_value());
}

// A group stays as a whole when its heading matches.
void SettingsPage::showMatches()
{
    const auto words = m_search->text().simplified();
    bool isAny = false;
    for (const auto& card : std::as_const(m_cards)) {
        const bool isWhole = card.heading->text().contains(words, Qt::CaseInsensitive);
        bool isShown = false;
        for (const auto& key : card.keys) {
            const auto texts = settingsFieldTexts(key);
            const bool isMatch = isWhole || key.contains(words, Qt::CaseInsensitive) ||
                texts.label.contains(words, Qt::CaseInsensitive) || texts.hint.contains(words, Qt::CaseInsensitive);
            m_rows.value(key)->setVisible(isMatch);
            isShown = isShown || isMatch;
        }
        card.frame->setVisible(isShown);
        isAny = isAny || isShown;
    }
    m_noMatch->setVisible(!isAny);
    m_file->setVisible(words.isEmpty());
}

void SettingsPage::save(const QString& key)
{
    if (!m_form->problem(key).isEmpty() || m_form->settings() == m_config.config().settings) {
        return;
    }
    m_config.changeSettings(m_form->settings(), this, [this](const Result<>& outcome) {
        if (outcome) {
            m_problems->remove(kSaveKey);
            Q_EMIT saved();
        } else {
            m_problems->show(kSaveKey, errorNotice(outcome.error(), [] { return tr("The change was not saved."); }));
        }
    });
}

} // namespace radpost::ui
