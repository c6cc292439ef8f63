#include "ui/preview/PreviewNotice.h"

#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/preview/PreviewTexts.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kIconSize = 32;

QLabel* centred(QLabel* label)
{
    label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    label->setWordWrap(true);
    return label;
}

} // namespace

PreviewNotice::PreviewNotice(QWidget* parent)
    : QFrame(parent)
    , m_icon(centred(makeLabel({})))
    , m_heading(centred(makeLabel(u"strong"_s)))
    , m_text(centred(makeText(u"muted"_s)))
    , m_small(centred(makeText(u"small"_s)))
    , m_again(makeButton(u"reset"_s))
{
    setProperty("role", u"stage"_s);
    setFocusPolicy(Qt::StrongFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit, 4 * metrics::kUnit);
    column->setSpacing(2 * metrics::kUnit);
    column->addStretch();
    column->addWidget(m_icon);
    column->addWidget(m_heading);
    column->addWidget(m_text);
    column->addWidget(m_small);
    column->addWidget(m_again, 0, Qt::AlignHCenter);
    column->addStretch();
    onLanguage(*this, [this] { m_again->setText(tr("Try again")); });
}

void PreviewNotice::show(Kind kind, const PreviewMessage& message)
{
    m_kind = kind;
    m_heading->setText(message.heading);
    setAccessibleName(message.heading);
    setAccessibleDescription(message.text);
    m_text->setText(message.text);
    m_text->setVisible(!message.text.isEmpty());
    m_small->setText(message.small);
    m_small->setVisible(!message.small.isEmpty());
    m_again->setVisible(kind == Kind::Trouble);
    paintIcon();
}

QString PreviewNotice::heading() const
{
    return m_heading->text();
}

QString PreviewNotice::text() const
{
    return m_text->text();
}

QString PreviewNotice::small() const
{
    return m_small->text();
}

void PreviewNotice::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        paintIcon();
    }
    QFrame::changeEvent(event);
}

void PreviewNotice::paintIcon()
{
    const auto& colors = currentColors();
    const bool isTrouble = m_kind == Kind::Trouble;
    const QString name = isTrouble ? u"warning"_s : m_kind == Kind::Other ? u"info"_s : u"picture"_s;
    m_icon->setPixmap(iconPixmap(name, isTrouble ? colors.bad : colors.mutedText, kIconSize, devicePixelRatioF()));
}

} // namespace radpost::ui
