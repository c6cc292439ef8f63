#include "ui/common/Banner.h"

#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString roleOf(BannerKind kind)
{
    switch (kind) {
    case BannerKind::Info:
        return u"banner-info"_s;
    case BannerKind::Good:
        return u"banner-good"_s;
    case BannerKind::Warning:
        return u"banner-warning"_s;
    case BannerKind::Bad:
        return u"banner-bad"_s;
    }
    return {};
}

QString iconOf(BannerKind kind)
{
    switch (kind) {
    case BannerKind::Info:
        return u"info"_s;
    case BannerKind::Good:
        return u"passed"_s;
    case BannerKind::Warning:
    case BannerKind::Bad:
        return u"warning"_s;
    }
    return {};
}

QColor colorOf(BannerKind kind)
{
    const auto& colors = currentColors();
    switch (kind) {
    case BannerKind::Info:
        return colors.accent;
    case BannerKind::Good:
        return colors.good;
    case BannerKind::Warning:
        return colors.warning;
    case BannerKind::Bad:
        return colors.bad;
    }
    return {};
}

void setOrHide(QLabel& label, const QString& text)
{
    label.setText(text);
    label.setHidden(text.isEmpty());
}

} // namespace

Banner::Banner(BannerKind kind, QWidget* parent)
    : QFrame(parent)
    , m_kind(kind)
    , m_icon(new QLabel)
    , m_heading(makeText(u"strong"_s))
    , m_text(makeText({}))
    , m_small(makeText(u"small"_s))
    , m_row(new QHBoxLayout(this))
    , m_close(makeIconButton(u"close"_s))
{
    setProperty("role", roleOf(kind));
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::kUnit / 2);
    words->addWidget(m_heading);
    words->addWidget(m_text);
    words->addWidget(m_small);
    m_row->setContentsMargins(3 * metrics::kUnit, 2 * metrics::kUnit, 2 * metrics::kUnit, 2 * metrics::kUnit);
    m_row->setSpacing(3 * metrics::kUnit);
    m_row->addWidget(m_icon, 0, Qt::AlignTop);
    m_row->addLayout(words, 1);
    m_row->addWidget(m_close, 0, Qt::AlignTop);
    m_close->hide();
    connect(m_close, &QToolButton::clicked, this, &Banner::closed);
    onLanguage(*this, [this] { setIconText(*m_close, tr("Close this message")); });
    paintIcon();
}

void Banner::setTexts(const QString& heading, const QString& text, const QString& small)
{
    m_heading->setText(heading);
    setOrHide(*m_text, text);
    setOrHide(*m_small, small);
    setAccessibleName(heading);
    setAccessibleDescription(text);
}

void Banner::addAction(QWidget* action)
{
    m_row->insertWidget(m_row->count() - 1, action, 0, Qt::AlignVCenter);
}

void Banner::setClosable()
{
    m_close->show();
}

QString Banner::heading() const
{
    return m_heading->text();
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        paintIcon();
    }
    QFrame::changeEvent(event);
}

void Banner::paintIcon()
{
    m_icon->setPixmap(iconPixmap(iconOf(m_kind), colorOf(m_kind), metrics::kIconSize, devicePixelRatioF()));
}

} // namespace radpost::ui
