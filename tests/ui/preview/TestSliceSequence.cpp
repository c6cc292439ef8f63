#include "ui/preview/SliceSequence.h"

#include <QTest>

#include <limits>

using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

PreviewInstance instance(const QString& path, int number, int frames = 1)
{
    return {path, {}, {}, number, frames};
}

} // namespace

class TestSliceSequence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothing_hasNoMiddle()
    {
        QCOMPARE(SliceSequence().count(), 0);
        QCOMPARE(SliceSequence().middle(), -1);
    }

    void instancesStandByNumber_thenFrames()
    {
        const SliceSequence slices({instance(u"c"_s, 10), instance(u"a"_s, 2, 3), instance(u"b"_s, 1)});
        QCOMPARE(slices.count(), 5);
        QCOMPARE(slices.middle(), 2);
        QStringList order;
        for (int i = 0; i < slices.count(); ++i) {
            order << slices.at(i).instance->path + QString::number(slices.at(i).frame);
        }
        QCOMPARE(order, (QStringList{u"b0"_s, u"a0"_s, u"a1"_s, u"a2"_s, u"c0"_s}));
        QCOMPARE(slices.indexOf(u"a"_s, 2), 3);
        QCOMPARE(slices.indexOf(u"a"_s, 3), -1);
        QCOMPARE(slices.indexOf(u"x"_s, 0), -1);
    }

    void sameNumbers_standByPath()
    {
        const SliceSequence slices({instance(u"b"_s, 0), instance(u"a"_s, 0)});
        QCOMPARE(slices.at(0).instance->path, u"a"_s);
    }

    void impossibleFrameCounts_areBounded()
    {
        constexpr int kMost = std::numeric_limits<int>::max();
        const SliceSequence slices({instance(u"a"_s, 1, kMost), instance(u"b"_s, 2, kMost), instance(u"c"_s, 3, -5)});
        QVERIFY(slices.count() > 0);
        QCOMPARE(slices.at(slices.count() - 1).instance->path, u"c"_s);
    }
};

QTEST_GUILESS_MAIN(TestSliceSequence)

#include "TestSliceSequence.moc"
