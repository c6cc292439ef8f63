// A file manager for tests: radpost_drag_source PATH... shows a small window from which the paths can be dragged.

#include <QApplication>
#include <QDrag>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QMouseEvent>
#include <QUrl>

#include <cstdio>

namespace {

class DragSource final : public QLabel
{
public:
    explicit DragSource(QList<QUrl> urls)
        : QLabel(QStringLiteral("drag me"))
        , m_urls(std::move(urls))
    {
        setWindowFlags(Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint);
        setAlignment(Qt::AlignCenter);
        setGeometry(0, 0, 80, 80);
    }

protected:
    void mouseMoveEvent(QMouseEvent* event) override
    {
        if (!(event->buttons() & Qt::LeftButton)) {
            return;
        }
        auto* data = new QMimeData;
        data->setUrls(m_urls);
        auto* drag = new QDrag(this); // the target asks for the data when the drag is over
        drag->setMimeData(data);
        drag->exec(Qt::CopyAction);
    }

    void paintEvent(QPaintEvent* event) override
    {
        QLabel::paintEvent(event);
        if (!m_isShown) { // it is on the screen now
            m_isShown = true;
            std::puts("shown");
            std::fflush(stdout);
        }
    }

private:
    QList<QUrl> m_urls;
    bool m_isShown = false;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QList<QUrl> urls;
    for (const auto& path : QApplication::arguments().mid(1)) {
        urls.append(QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath()));
    }
    DragSource source(urls);
    source.show();
    return QApplication::exec();
}
