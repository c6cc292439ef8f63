#pragma once

#include <QtGlobal>

#include <pthread.h>

#include <cstddef>

namespace radpost::test {

/// While it lives the system refuses every new thread of this process, as it does at pids.max or RLIMIT_NPROC (which do
/// not bind root): threads are to have a stack that no address space holds. Those that run go on. One at a time.
class NoMoreThreads final
{
public:
    NoMoreThreads()
    {
        pthread_attr_t huge;
        const bool isSet = pthread_getattr_default_np(&m_before) == 0 && pthread_attr_init(&huge) == 0 &&
            pthread_attr_setstacksize(&huge, kNoSpace) == 0 && pthread_setattr_default_np(&huge) == 0;
        if (!isSet) {
            qFatal("the default stack of threads cannot be set");
        }
        pthread_attr_destroy(&huge);
    }
    ~NoMoreThreads()
    {
        pthread_setattr_default_np(&m_before);
        pthread_attr_destroy(&m_before);
    }
    Q_DISABLE_COPY_MOVE(NoMoreThreads)

private:
    static constexpr std::size_t kNoSpace = std::size_t{1} << 60;

    pthread_attr_t m_before{};
};

} // namespace radpost::test
