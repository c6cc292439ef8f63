#include "ui/activity/StopPanel.h"

#include "ui/common/Widgets.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString supportText(const Error& error)
{
    const QString code = u"%1 %2"_s.arg(errorName(error.code)).arg(static_cast<int>(error.code));
    return error.detail.isEmpty() ? code : QString(code + u" · "_s + app::printable(error.detail));
}

} // namespace

StopPanel::StopPanel(QWidget* parent)
    : Banner(BannerKind::Bad, parent)
    , m_edit(makeButton(u"edit"_s))
    , m_test(makeButton(u"test"_s))
    , m_copy(makeButton(u"copy"_s))
{
    for (auto* button : {m_edit, m_test, m_copy}) {
        addAction(button);
    }
    setHidden(true);
    onLanguage(*this, [this] { retranslate(); });
}

void StopPanel::show(const std::optional<Error>& reason, bool isDestinationKnown)
{
    for (auto* button : {m_edit, m_test, m_copy}) {
        button->setVisible(isDestinationKnown);
    }
    if (m_reason != reason) {
        m_reason = reason;
        retranslate();
    }
    setHidden(!reason);
}

void StopPanel::retranslate()
{
    m_edit->setText(tr("Edit destination"));
    m_test->setText(tr("Test"));
    m_copy->setText(tr("Copy for the administrator"));
    if (m_reason) {
        const auto text = app::errorText(*m_reason);
        setTexts(text.happened, text.next, supportText(*m_reason));
    }
}

} // namespace radpost::ui
