#include "ui/settings/SettingsPage.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/forms/FieldRow.h"
#include "ui/settings/SettingsForm.h"
#include "ui/settings/SettingsTexts.h"

#include <QDir>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kGroupWidth = 640;
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
    , m_file(makeText(u"small"_s))
{
    layOut();
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
    m_groups = new QWidget;
    m_groups->setProperty("role", u"content"_s);
    auto* groups = new QVBoxLayout(m_groups);
    groups->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    groups->setSpacing(3 * metrics::kUnit);
    groups->addWidget(buildGroup(m_appearance, {u"language"_s, u"theme"_s}));
    groups->addWidget(buildGroup(m_identity, {u"ae_title"_s}));
    groups->addWidget(buildGroup(m_window, {u"when_closed"_s}));
    groups->addWidget(buildGroup(m_work, {u"data_folder"_s, u"scan.temporary_folder"_s, u"scan.threads"_s}));
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
    return card;
}

void SettingsPage::retranslate()
{
    m_header->setTitle(title());
    m_appearance->setText(tr("Language and look"));
    m_identity->setText(tr("This workstation"));
    m_window->setText(tr("Closing"));
    m_work->setText(tr("Folders and speed"));
    m_file->setText(tr("Saved in %1. The command line uses the same file; its comments stay.")
                        .arg(QDir::toNativeSeparators(m_config.path())));
}

// A file with faults is never written to; fields that cannot be saved are not offered.
void SettingsPage::followFault()
{
    m_groups->setEnabled(!m_config.fault().has_value());
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
