#pragma once

#include "app/common/Language.h"
#include "core/config/Destination.h"
#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"

#include "tests/support/FakeScp.h"

#include <QTemporaryDir>

#include <memory>

class QWidget;

namespace radpost::test {

/// What a page needs: a configuration file and a data folder of its own.
struct UiFixture
{
    explicit UiFixture(const QByteArray& toml = {});

    void write(const QByteArray& toml) const;
    [[nodiscard]] QByteArray fileText() const;
    /// Reads the file again and waits for it.
    [[nodiscard]] bool load();

    QTemporaryDir folder;
    QString configFile = folder.filePath(QStringLiteral("config.toml"));
    ui::ConfigStore config{configFile};
    ui::Backend backend;
};

[[nodiscard]] config::Destination destination(const QString& name, quint16 port = 104);

/// As one table of a configuration file.
[[nodiscard]] QByteArray toml(const config::Destination& destination);

/// A PACS that accepts everything and answers each request with success.
[[nodiscard]] std::unique_ptr<FakeScp> goodPacs();
/// One that does not know the AE title by which it is called (PS3.8 9.3.4: permanent, user, 7).
[[nodiscard]] std::unique_ptr<FakeScp> rejectingPacs();
/// One that takes the connection and never answers.
[[nodiscard]] std::unique_ptr<FakeScp> silentPacs();
/// A port where nobody listens.
[[nodiscard]] quint16 deadPort();

/// Widgets that take the keyboard or the mouse and have no name for a screen reader.
[[nodiscard]] QStringList namelessWidgets(const QWidget& window);

/// Every text that is shown in @p window, tool tips and placeholders included.
[[nodiscard]] QStringList shownTexts(const QWidget& window);

/// The visible widgets of @p window that Tab reaches, in its order.
[[nodiscard]] QList<QWidget*> tabChain(QWidget& window);

} // namespace radpost::test
