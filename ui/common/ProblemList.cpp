#include "ui/common/ProblemList.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString said(const std::function<QString()>& text)
{
    return text ? text() : QString();
}

QString supportText(const Error& error)
{
    const QString code = u"%1 %2"_s.arg(errorName(error.code)).arg(static_cast<int>(error.code));
    return error.detail.isEmpty() ? code : QString(code + u" · "_s + app::printable(error.detail));
}

} // namespace

Notice errorNotice(const Error& error, std::function<QString()> heading)
{
    Notice notice;
    notice.kind = BannerKind::Bad;
    const bool isHeaded = static_cast<bool>(heading);
    notice.heading = isHeaded ? std::move(heading) : [error] { return app::errorText(error).happened; };
    notice.text = [error, isHeaded] {
        const auto text = app::errorText(error);
        return app::sentences({isHeaded ? text.happened : QString(), text.notDone, text.next});
    };
    notice.small = [error] { return supportText(error); };
    return notice;
}

ProblemList::ProblemList(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2 * metrics::kUnit);
    hide(); // takes no room while there is nothing to say
}

void ProblemList::show(const QString& key, Notice notice)
{
    remove(key);
    auto* banner = new Banner(notice.kind, this);
    if (notice.isClosable) {
        banner->setClosable();
        connect(banner, &Banner::closed, this, [this, key] { remove(key); });
    }
    for (const auto& action : notice.actions) {
        auto* button = makeButton({});
        onLanguage(*button, [button, label = action.label] { button->setText(label()); });
        connect(button, &QPushButton::clicked, this, action.act);
        banner->addAction(button);
    }
    onLanguage(*banner, [banner, notice = std::move(notice)] {
        banner->setTexts(said(notice.heading), said(notice.text), said(notice.small));
    });
    m_layout->addWidget(banner);
    m_banners.insert(key, banner);
    setVisible(true);
}

void ProblemList::remove(const QString& key)
{
    if (auto* banner = m_banners.take(key).data()) {
        banner->hide();
        banner->deleteLater(); // one of its buttons may be what called
    }
    setVisible(!m_banners.isEmpty());
}

Banner* ProblemList::banner(const QString& key) const
{
    return m_banners.value(key);
}

} // namespace radpost::ui
