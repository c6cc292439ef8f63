#pragma once

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <pthread.h>
#endif

namespace radpost::store {

/// Names the calling thread for debuggers and `top`; at most 15 characters are kept.
inline void nameThisThread(const char* name)
{
#ifdef Q_OS_LINUX
    pthread_setname_np(pthread_self(), name);
#else
    Q_UNUSED(name)
#endif
}

} // namespace radpost::store
