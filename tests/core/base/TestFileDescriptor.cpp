#include "core/base/FileDescriptor.h"

#include <QTest>

#include <algorithm>

#include <sys/resource.h>

using namespace radpost;

class TestFileDescriptor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSoftLimitIsRaisedToTheHardOne()
    {
        rlimit limit = {};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
        const auto most = limit.rlim_max;
        limit.rlim_cur = std::min<rlim_t>(most, 64);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
        QCOMPARE(raiseDescriptorLimit(), quint64(most));
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
        QCOMPARE(limit.rlim_cur, most);
    }
};

QTEST_GUILESS_MAIN(TestFileDescriptor)
#include "TestFileDescriptor.moc"
