#include "ui/common/Icons.h"

#include "ui/common/Theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString resource(const QString& name)
{
    return u":/icons/"_s + name + u".svg"_s;
}

// From the program's own memory: no disk is touched.
QByteArray drawing(const QString& name, const QColor& color)
{
    QFile file(resource(name));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return isOpen ? file.readAll().replace("#000", color.name().toLatin1()) : QByteArray();
}

QPixmap rendered(const QString& name, const QColor& color, QSize pixels)
{
    const QString key = u"radpost/%1/%2/%3x%4"_s.arg(name, color.name()).arg(pixels.width()).arg(pixels.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(drawing(name, color));
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// Asks for the colour at each painting, so that icons follow a change of the theme.
class TintedIcon final : public QIconEngine
{
public:
    enum class Ground { Surface, Accent };

    TintedIcon(QString name, Ground ground)
        : m_name(std::move(name))
        , m_ground(ground)
    {
    }

    void paint(QPainter* painter, const QRect& area, QIcon::Mode mode, QIcon::State state) override
    {
        const auto ratio = painter->device()->devicePixelRatio();
        painter->drawPixmap(area, pixmap((QSizeF(area.size()) * ratio).toSize(), mode, state));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return rendered(m_name, color(mode, state), size);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }
    [[nodiscard]] QIconEngine* clone() const override { return new TintedIcon(m_name, m_ground); }
    bool isNull() override { return false; }

private:
    [[nodiscard]] QColor color(QIcon::Mode mode, QIcon::State state) const
    {
        const auto& colors = currentColors();
        if (mode == QIcon::Disabled) {
            return colors.mutedText;
        }
        return m_ground == Ground::Accent || mode == QIcon::Selected ? colors.onAccent
            : state == QIcon::On                                     ? colors.accent
                                                                     : colors.text;
    }

    QString m_name;
    Ground m_ground;
};

} // namespace

QIcon icon(const QString& name)
{
    return QIcon(new TintedIcon(name, TintedIcon::Ground::Surface));
}

QIcon onAccentIcon(const QString& name)
{
    return QIcon(new TintedIcon(name, TintedIcon::Ground::Accent));
}

QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio)
{
    auto pixmap = rendered(name, color, (QSizeF(size, size) * devicePixelRatio).toSize());
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QIcon logo()
{
    return QIcon(resource(u"logo"_s));
}

} // namespace radpost::ui
