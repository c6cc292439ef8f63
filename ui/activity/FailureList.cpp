#include "ui/activity/FailureList.h"

#include "ui/activity/FailureWords.h"
#include "ui/common/Banner.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

FailureList::FailureList(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(2 * metrics::kUnit);
    onLanguage(*this, [this] { rebuild(); });
}

void FailureList::show(const QList<store::FailureGroup>& groups)
{
    m_groups = groups;
    rebuild();
}

void FailureList::setAllowed(bool isAllowed)
{
    if (m_isAllowed != isAllowed) {
        m_isAllowed = isAllowed;
        rebuild();
    }
}

void FailureList::rebuild()
{
    for (auto* frame : std::as_const(m_frames)) {
        frame->hide();
        frame->deleteLater(); // its button may be what called
    }
    m_frames.clear();
    for (const auto& group : std::as_const(m_groups)) {
        m_frames.append(makeGroup(group));
        m_column->addWidget(m_frames.last());
    }
    setHidden(m_groups.isEmpty());
}

QWidget* FailureList::makeGroup(const store::FailureGroup& group)
{
    auto* banner = new Banner(BannerKind::Bad, this);
    const auto heading = FailureWords::heading(group);
    banner->setTexts(heading, FailureWords::text(group), FailureWords::support(group));
    auto* retry = makeButton(u"retry"_s);
    retry->setText(tr("Retry these"));
    retry->setAccessibleName(tr("Retry these: %1").arg(heading));
    retry->setEnabled(m_isAllowed);
    retry->setToolTip(m_isAllowed ? QString() : tr("Another Radpost sends; this window is read-only."));
    connect(retry, &QPushButton::clicked, this, [this, cause = group.cause] { Q_EMIT retryAsked(cause); });
    banner->addAction(retry);
    return banner;
}

} // namespace radpost::ui
