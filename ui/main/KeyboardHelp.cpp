#include "ui/main/KeyboardHelp.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include <QGridLayout>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString native(const QKeySequence& keys)
{
    return keys.toString(QKeySequence::NativeText);
}

} // namespace

KeyboardHelp::KeyboardHelp(QWidget* parent)
    : QDialog(parent)
    , m_title(makeLabel(u"heading"_s))
    , m_lines(new QGridLayout)
    , m_close(makeButton({}))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_lines->setHorizontalSpacing(6 * metrics::kUnit);
    m_lines->setVerticalSpacing(2 * metrics::kUnit);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kPageMargin, metrics::kPageMargin, metrics::kPageMargin, metrics::kPageMargin);
    column->setSpacing(4 * metrics::kUnit);
    column->addWidget(m_title);
    column->addLayout(m_lines);
    column->addWidget(m_close, 0, Qt::AlignRight);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    onLanguage(*this, [this] { retranslate(); });
}

void KeyboardHelp::retranslate()
{
    while (auto* item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    setWindowTitle(tr("Keyboard"));
    m_title->setText(tr("Keys"));
    m_close->setText(tr("Close"));
    addLine(
        tr("%1, %2, …").arg(native(Qt::CTRL | Qt::Key_1), native(Qt::CTRL | Qt::Key_2)), tr("The pages, from the top"));
    addLine(native(Qt::CTRL | Qt::Key_F), tr("Search on this page"));
    addLine(native(Qt::CTRL | Qt::Key_O), tr("Send: add files"));
    addLine(native(Qt::CTRL | Qt::SHIFT | Qt::Key_O), tr("Send: add a folder"));
    addLine(native(Qt::Key_Space), tr("Send: tick or untick what is selected"));
    addLine(native(Qt::CTRL | Qt::Key_Return), tr("Send: send what is ticked"));
    addLine(native(Qt::Key_Return), tr("Query: search"));
    addLine(tr("%1, %2").arg(native(Qt::ALT | Qt::Key_Up), native(Qt::ALT | Qt::Key_Down)),
        tr("Rules: move what is selected up or down"));
    addLine(native(Qt::Key_Delete), tr("Rules: remove what is selected"));
    addLine(native(QKeySequence::Copy), tr("Log: copy the selected lines"));
    addLine(tr("Alt"), tr("Shows a key for each button and field; with Alt, the key works at once"));
    addLine(native(Qt::Key_Tab), tr("The next button or field"));
    addLine(native(Qt::Key_Escape), tr("Back, without a change"));
    addLine(native(Qt::Key_F1), tr("This list"));
}

void KeyboardHelp::addLine(const QString& keys, const QString& what)
{
    auto* shownKeys = makeLabel(u"strong"_s);
    auto* shownWhat = makeLabel({});
    shownKeys->setText(keys);
    shownWhat->setText(what);
    const int row = m_lines->rowCount();
    m_lines->addWidget(shownKeys, row, 0);
    m_lines->addWidget(shownWhat, row, 1);
}

} // namespace radpost::ui
