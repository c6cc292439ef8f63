#pragma once

#include "core/base/StrongId.h"
#include "core/base/Result.h"
#include "core/engine/ReceivedStudies.h"

#include <QWidget>

#include <functional>

class QLineEdit;
class QMenu;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace radpost::ui {

class Backend;
class ConfigStore;
class ElidedLabel;
class EmptyState;
class ReceivedStudiesModel;
class Receiver;

/// What lies in the plain folder, by study, and sending it on.
class FolderWork final : public QWidget
{
    Q_OBJECT

public:
    FolderWork(ConfigStore& config, Backend& backend, Receiver& receiver, QWidget* parent = nullptr);

    void sendOn(const QString& destination);

    [[nodiscard]] QTreeView* studies() const { return m_studies; }
    [[nodiscard]] QLineEdit* searchField() const { return m_search; }
    [[nodiscard]] QPushButton* sendButton() const { return m_send; }

Q_SIGNALS:
    void sent(const QString& destination, qint64 instances, const radpost::Result<QList<radpost::JobId>>& jobs);

private:
    void layOut();
    void wire();
    void retranslate();
    void showStudies();
    void filter(const QString& words);
    [[nodiscard]] std::vector<engine::ReceivedStudy> chosen() const;
    void showSelection();

    ConfigStore& m_config;
    Backend& m_backend;
    Receiver& m_receiver;
    ReceivedStudiesModel* m_model;
    QSortFilterProxyModel* m_filtered;
    ElidedLabel* m_title;
    QTreeView* m_studies;
    EmptyState* m_noStudies;
    EmptyState* m_noMatch;
    QLineEdit* m_search;
    QPushButton* m_send;
    QMenu* m_sendMenu;
    QPushButton* m_openFolder;
};

/// Fills a menu with the destinations of the configuration, each time it opens.
void offerDestinations(QMenu& menu, ConfigStore& config, const std::function<void(const QString& name)>& chosen);

} // namespace radpost::ui
