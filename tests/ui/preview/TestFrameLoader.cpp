#include "ui/preview/FrameLoader.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <mutex>

using namespace radpost;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

/// Renders when it is let to, and remembers what.
struct Gate
{
    QSemaphore begun;
    QSemaphore go;
    std::mutex mutex; // of frames
    QList<int> frames;
    qsizetype bytes = 1;

    Result<dicom::FrameRendering> render(const dicom::FrameRequest& request)
    {
        {
            const std::lock_guard lock(mutex);
            frames << request.frame;
        }
        begun.release();
        go.acquire();
        if (request.path == u"bad"_s) {
            return fail(ErrorCode::FileNotFound);
        }
        dicom::RenderedFrame frame;
        frame.pixels = QByteArray(bytes, '\0');
        return dicom::FrameRendering(std::move(frame));
    }

    QList<int> rendered()
    {
        const std::lock_guard lock(mutex);
        return frames;
    }
};

dicom::FrameRequest frame(int index, const QString& path = u"good"_s)
{
    return {path, index, dicom::FileWindow{}, 0};
}

} // namespace

class TestFrameLoader : public QObject
{
    Q_OBJECT

private:
    Gate m_gate;
    std::unique_ptr<FrameLoader> m_loader;
    QList<int> m_loaded;

private Q_SLOTS:
    void init()
    {
        m_gate.frames.clear();
        m_gate.bytes = 1;
        m_gate.go.acquire(m_gate.go.available());
        m_gate.begun.acquire(m_gate.begun.available());
        m_loaded.clear();
        m_loader = std::make_unique<FrameLoader>(
            [this](const dicom::FrameRequest& request) { return m_gate.render(request); });
        connect(m_loader.get(), &FrameLoader::loaded, this,
            [this](const dicom::FrameRequest& request, const LoadedFrame&) { m_loaded << request.frame; });
    }

    void cleanup()
    {
        m_gate.go.release(1000);
        m_loader.reset();
    }

    void overtakenWishes_areNeitherRenderedNorTold()
    {
        m_loader->want(frame(0));
        m_gate.begun.acquire();
        for (int i = 1; i < 50; ++i) {
            m_loader->want(frame(i));
        }
        QVERIFY(m_loader->isBusy());
        m_gate.go.release(2);
        QTRY_VERIFY(!m_loader->isBusy());
        QCOMPARE(m_gate.rendered(), (QList<int>{0, 49}));
        QCOMPARE(m_loaded, QList<int>{49});
    }

    void neighboursWaitForWishes_andAreKept()
    {
        m_gate.go.release(1000);
        m_loader->want(frame(5));
        QTRY_COMPARE(m_loaded, QList<int>{5});
        m_loader->foresee({frame(6), frame(4)});
        QTRY_COMPARE(m_gate.rendered(), (QList<int>{5, 6, 4}));
        m_loader->want(frame(7));
        QTRY_COMPARE(m_loaded, (QList<int>{5, 7}));
        m_loader->want(frame(6));
        QCOMPARE(m_loaded, (QList<int>{5, 7, 6})); // at once, without being rendered again
        QCOMPARE(m_gate.rendered(), (QList<int>{5, 6, 4, 7}));
    }

    void aWishDropsNeighbours()
    {
        m_loader->want(frame(0));
        m_gate.begun.acquire();
        m_loader->foresee({frame(1), frame(2), frame(3)});
        m_loader->want(frame(9));
        m_gate.go.release(1000);
        QTRY_COMPARE(m_loaded, QList<int>{9});
        QCOMPARE(m_gate.rendered(), (QList<int>{0, 9}));
    }

    void whatWasCleared_isNotTold()
    {
        m_loader->want(frame(0));
        m_gate.begun.acquire();
        m_loader->clear();
        m_loader->want(frame(1));
        m_gate.go.release(1000);
        QTRY_COMPARE(m_loaded, QList<int>{1});
        m_loader->want(frame(0)); // was not kept either
        QVERIFY(m_loader->isBusy());
        QTRY_COMPARE(m_loaded, (QList<int>{1, 0}));
    }

    void errorsAreTriedAgain()
    {
        m_gate.go.release(1000);
        m_loader->want(frame(3, u"bad"_s));
        QTRY_COMPARE(m_loaded, QList<int>{3});
        m_loader->want(frame(3, u"bad"_s));
        QTRY_COMPARE(m_gate.rendered(), (QList<int>{3, 3}));
    }

    void picturesAreKeptUpToABound()
    {
        m_gate.go.release(1000);
        m_gate.bytes = qsizetype(FrameLoader::kMostKeptBytes / 3);
        for (int i = 0; i < 5; ++i) {
            m_loader->want(frame(i));
            QTRY_VERIFY(!m_loader->isBusy());
        }
        m_loader->want(frame(3));
        QVERIFY(!m_loader->isBusy());
        m_loader->want(frame(0));
        QVERIFY(m_loader->isBusy());
        QTRY_VERIFY(!m_loader->isBusy());
    }

    void itEndsWhileItRenders()
    {
        m_loader->want(frame(0));
        m_gate.begun.acquire();
        m_gate.go.release();
        m_loader.reset();
        QVERIFY(m_loaded.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFrameLoader)

#include "TestFrameLoader.moc"
