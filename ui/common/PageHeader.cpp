#include "ui/common/PageHeader.h"

#include "ui/common/ElidedLabel.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace radpost::ui {

PageHeader::PageHeader(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
    , m_title(new ElidedLabel(u"title"_s))
    , m_subtitle(makeLabel(u"muted"_s))
{
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::kUnit / 2);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2 * metrics::kUnit);
    m_layout->addLayout(words);
    m_layout->addStretch();
    m_subtitle->hide();
}

void PageHeader::setTitle(const QString& title)
{
    m_title->setText(title);
}

void PageHeader::setSubtitle(const QString& subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setHidden(subtitle.isEmpty());
}

void PageHeader::addAction(QWidget* action)
{
    m_layout->insertWidget(m_layout->count() - m_cornerCount, action, 0, Qt::AlignTop); // in line with the title
}

void PageHeader::setCorner(QWidget* widget)
{
    m_layout->addWidget(widget, 0, Qt::AlignTop);
    ++m_cornerCount;
}

void PageHeader::addLeading(QWidget* widget)
{
    m_layout->insertWidget(0, widget, 0, Qt::AlignVCenter);
}

} // namespace radpost::ui
