#include "tests/ui/support/SqlWatch.h"

#include <atomic>

#include <dlfcn.h>

namespace radpost::test {

namespace {

std::atomic<long> g_steps{0};
thread_local long t_steps = 0;

} // namespace

long sqlStepsOfThisThread()
{
    return t_steps;
}

long sqlStepsOfAllThreads()
{
    return g_steps;
}

} // namespace radpost::test

// Stands before the library's own in the order of symbols, counts, and passes on.
extern "C" __attribute__((visibility("default"))) int sqlite3_step(void* statement)
{
    using Step = int (*)(void*);
    static const auto step =
        reinterpret_cast<Step>(dlsym(dlopen("libsqlite3.so.0", RTLD_LAZY | RTLD_NOLOAD), "sqlite3_step"));
    ++radpost::test::g_steps;
    ++radpost::test::t_steps;
    return step(statement);
}
