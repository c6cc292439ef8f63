#include "ui/forms/UnsavedQuestion.h"

#include "ui/common/ProblemList.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kKey = u"unsaved"_s;

} // namespace

void UnsavedQuestion::leave(bool isChanged, ProblemList& problems, const std::function<void()>& leave)
{
    if (!isChanged) {
        leave();
        return;
    }
    Notice notice;
    notice.kind = BannerKind::Warning;
    notice.heading = [] { return tr("What you entered is not saved."); };
    notice.actions = {{[] { return tr("Discard it"); }, leave}};
    problems.show(kKey, std::move(notice));
}

void UnsavedQuestion::withdraw(ProblemList& problems)
{
    problems.remove(kKey);
}

} // namespace radpost::ui
