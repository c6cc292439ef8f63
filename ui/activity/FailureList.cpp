#include "ui/activity/FailureList.h"

#include "ui/activity/JobWords.h"
#include "ui/common/Banner.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString supportText(const store::FailureGroup& group)
{
    QStringList parts{JobWords::code(group.cause)};
    for (const auto& part : {group.offendingElement, group.errorComment, group.detail, group.example}) {
        if (!part.isEmpty() && !parts.contains(part)) {
            parts.append(app::printable(part));
        }
    }
    return parts.join(u" · "_s);
}

Error errorOf(const store::FailureCause& cause)
{
    auto error = makeError(cause.code);
    error.dimseStatus = cause.dimseStatus;
    return error;
}

} // namespace

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
    const auto text = app::errorText(errorOf(group.cause));
    const auto count = tr("%n instance(s) failed.", nullptr, static_cast<int>(group.count));
    const QString heading = count + u' ' + text.happened;
    banner->setTexts(heading, text.next, supportText(group));
    auto* retry = makeButton(u"retry"_s);
    retry->setText(tr("Retry these"));
    retry->setAccessibleName(tr("Retry these: %1").arg(heading));
    retry->setEnabled(m_isAllowed);
    retry->setToolTip(m_isAllowed ? QString() : tr("Another Radpost sends; this window only looks."));
    connect(retry, &QPushButton::clicked, this, [this, cause = group.cause] { Q_EMIT retryAsked(cause); });
    banner->addAction(retry);
    return banner;
}

} // namespace radpost::ui
