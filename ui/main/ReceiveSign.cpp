#include "ui/main/ReceiveSign.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace radpost::ui {

ReceiveSign::ReceiveSign(QWidget* parent)
    : QWidget(parent)
    , m_dot(new StatusDot)
    , m_button(makePlainButton({}))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kUnit, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_dot);
    row->addWidget(m_button);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Maximum);
    connect(m_button, &QPushButton::clicked, this, &ReceiveSign::clicked);
    onLanguage(*this, [this] {
        m_button->setToolTip(tr("Show what arrives"));
        m_button->setAccessibleName(tr("Show what arrives"));
    });
}

void ReceiveSign::set(Status status, const QString& text)
{
    m_dot->set(status, text);
    m_button->setText(text);
    m_button->setAccessibleDescription(text);
}

QString ReceiveSign::text() const
{
    return m_button->text();
}

} // namespace radpost::ui
