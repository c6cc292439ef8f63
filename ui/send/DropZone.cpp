#include "ui/send/DropZone.h"

#include "ui/common/Icons.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kLargeIcon = 48;

} // namespace

DropZone::DropZone(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_heading(makeLabel(u"heading"_s))
    , m_text(makeLabel(u"muted"_s))
    , m_addFolder(makeButton(u"folder"_s))
    , m_addFiles(makeButton(u"add"_s))
    , m_addDisc(makeMenuButton(u"disc"_s))
    , m_discMenu(new QMenu(this))
    , m_clear(makePlainButton(u"remove"_s))
    , m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
    , m_words(new QBoxLayout(QBoxLayout::TopToBottom))
{
    setProperty("role", u"drop"_s);
    m_words->setSpacing(metrics::kUnit);
    m_words->addWidget(m_heading);
    m_words->addWidget(m_text);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2 * metrics::kUnit);
    buttons->addStretch();
    for (auto* button : {m_addFolder, m_addFiles, m_addDisc, m_clear}) {
        buttons->addWidget(button);
    }
    buttons->addStretch();
    m_layout->setSpacing(3 * metrics::kUnit);
    m_layout->addStretch();
    m_layout->addWidget(m_icon, 0, Qt::AlignCenter);
    m_layout->addLayout(m_words);
    m_layout->addLayout(buttons);
    m_layout->addStretch();
    connect(m_addFolder, &QPushButton::clicked, this, &DropZone::folderWanted);
    connect(m_addFiles, &QPushButton::clicked, this, &DropZone::filesWanted);
    connect(m_clear, &QPushButton::clicked, this, &DropZone::clearWanted);
    m_addDisc->setMenu(m_discMenu);
    m_addDisc->hide();
    onLanguage(*this, [this] { retranslate(); });
    setForm(Form::Large);
}

void DropZone::setForm(Form form)
{
    m_form = form;
    const bool isLarge = form == Form::Large;
    const int margin = (isLarge ? 2 : 1) * metrics::kUnit;
    m_layout->setContentsMargins(3 * metrics::kUnit, margin, 3 * metrics::kUnit, margin);
    m_layout->setDirection(isLarge ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_heading->setVisible(isLarge);
    m_text->setWordWrap(isLarge);
    m_heading->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(isLarge ? Qt::AlignCenter : Qt::AlignVCenter | Qt::AlignLeft);
    const int size = isLarge ? kLargeIcon : metrics::kIconSize;
    m_icon->setPixmap(iconPixmap(u"folder"_s, currentColors().accent, size, devicePixelRatioF()));
    m_clear->setVisible(!isLarge);
    setSizePolicy(QSizePolicy::Preferred, isLarge ? QSizePolicy::Expanding : QSizePolicy::Maximum);
    retranslate();
}

void DropZone::setNext(bool isNext)
{
    if (m_isNext != isNext) {
        m_isNext = isNext;
        retranslate();
    }
}

void DropZone::setHovered(bool isOver)
{
    setRole(*this, isOver ? u"drop-over"_s : u"drop"_s);
}

void DropZone::setDiscs(const QList<Disc>& discs)
{
    m_discMenu->clear();
    for (const auto& disc : discs) {
        auto* action = m_discMenu->addAction(literalText(disc.name));
        connect(action, &QAction::triggered, this, [this, root = disc.root] { Q_EMIT discWanted(root); });
    }
    m_addDisc->setHidden(discs.isEmpty());
}

void DropZone::retranslate()
{
    m_heading->setText(tr("Drop folders, ZIP files or a CD here"));
    m_text->setText(m_form == Form::Large
            ? tr("Radpost finds the DICOM images in them, whatever the files are called, and shows what is there "
                 "before anything is sent.")
            : m_isNext ? tr("Drop the next here: it takes the place of what is shown.")
                       : tr("Drop more here at any time."));
    m_addFolder->setText(tr("Add folder…"));
    m_addFiles->setText(tr("Add files…"));
    m_addDisc->setText(tr("Add disc"));
    m_addDisc->setToolTip(tr("Discs and USB sticks with a DICOMDIR that are in this computer now"));
    m_clear->setText(tr("Clear"));
}

} // namespace radpost::ui
