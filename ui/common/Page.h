#pragma once

#include <QWidget>

namespace radpost::ui {

/// One entry of the rail and what it shows. A page lives in a folder of its own, ui/<page>/, with a presenter or model
/// that knows no widget; it sets its texts by onLanguage() and reaches disk, network and ledger by ConfigStore and
/// Backend only.
class Page : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0; ///< one word, in the language that is set
    [[nodiscard]] virtual QString iconName() const = 0;

Q_SIGNALS:
    /// How many things need a person; 0: none.
    void badgeChanged(int count);
};

} // namespace radpost::ui
