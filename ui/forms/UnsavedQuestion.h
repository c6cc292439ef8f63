#pragma once

#include <QCoreApplication>

#include <functional>

namespace radpost::ui {

class ProblemList;

/// The question of an editor that is left with changes: what was typed is not thrown away by one wrong key. GUI thread.
class UnsavedQuestion final
{
    Q_DECLARE_TR_FUNCTIONS(UnsavedQuestion)

public:
    /// Calls @p leave at once when nothing is changed, else when the question in @p problems is answered so.
    static void leave(bool isChanged, ProblemList& problems, const std::function<void()>& leave);

    /// Nobody wants to leave any more.
    static void withdraw(ProblemList& problems);
};

} // namespace radpost::ui
