#pragma once

#include "app/common/DestinationFile.h"

#include "ui/common/Page.h"
#include "ui/destinations/DestinationTallies.h"
#include "ui/doctor/DestinationTests.h"

class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QVBoxLayout;
class QToolButton;

namespace radpost::ui {

class Backend;
class ConfigStore;
class DestinationCard;
class DestinationEditor;
class DestinationListModel;
class EmptyState;
class PageHeader;
class ProblemList;

/// The destinations as cards; add, change, remove, test, import, export.
class DestinationsPage final : public Page
{
    Q_OBJECT

public:
    DestinationsPage(ConfigStore& config, Backend& backend, QWidget* parent = nullptr);

    /// The last test of each destination; other pages show it too.
    [[nodiscard]] DestinationTests& tests() { return m_tests; }

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;

    // What the buttons do; for shortcuts and tests.
    void addDestination();
    void edit(const QString& name);
    void remove(const QString& name);
    /// Tests one and shows its steps.
    void test(const QString& name);
    void importFile(const QString& path);
    void exportFile(const QString& path);
    void testAll();

    [[nodiscard]] DestinationCard* card(const QString& name) const;
    [[nodiscard]] DestinationEditor* editor() const { return m_editor; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] QLineEdit* filter() const { return m_filter; }
    [[nodiscard]] bool isEmptyStateShown() const;

private:
    void layOut();
    QWidget* buildList();
    void retranslate();
    void showState();
    void showEmptyState();
    void rebuildCards();
    void insertCards(int first, int last);
    void refreshCards(int first, int last);
    void openEditor(const config::Destination& initial, const QString& except);
    void closeEditor();
    void save(const config::Destination& destination);
    void offerUndo(const config::Destination& removed);
    void tellImport(const QString& path, const app::DestinationFileContent& content);
    void askImport();
    void askExport();

    ConfigStore& m_config;
    Backend& m_backend;
    DestinationTests m_tests;
    DestinationTallies m_tallies;
    DestinationListModel* m_model;
    QSortFilterProxyModel* m_filtered;
    QStackedWidget* m_stack;
    QStackedWidget* m_body;
    PageHeader* m_header;
    ProblemList* m_problems;
    EmptyState* m_empty;
    EmptyState* m_noMatch;
    QVBoxLayout* m_cardColumn = nullptr;
    QList<DestinationCard*> m_cards;
    DestinationEditor* m_editor = nullptr;
    QLineEdit* m_filter;
    QPushButton* m_testAll;
    QToolButton* m_import; ///< icons alone: the head has no room for more words
    QToolButton* m_export;
    QPushButton* m_add;
    QPushButton* m_emptyAdd;
    QPushButton* m_emptyImport;
};

} // namespace radpost::ui
