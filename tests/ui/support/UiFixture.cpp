#include "tests/ui/support/UiFixture.h"

#include "core/config/ConfigText.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

namespace radpost::test {

UiFixture::UiFixture(const QByteArray& toml)
{
    if (!toml.isEmpty()) {
        write(toml);
    }
}

void UiFixture::write(const QByteArray& toml) const
{
    QFile file(configFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(toml), toml.size());
}

QByteArray UiFixture::fileText() const
{
    QFile file(configFile);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool UiFixture::load()
{
    QSignalSpy loaded(&config, &ui::ConfigStore::loaded);
    config.load();
    return loaded.wait();
}

config::Destination destination(const QString& name, quint16 port)
{
    config::Destination made;
    made.name = name;
    made.host = QStringLiteral("127.0.0.1");
    made.port = port;
    made.calledAeTitle = {"PACS1"};
    return made;
}

QByteArray toml(const config::Destination& destination)
{
    return config::destinationToToml(destination);
}

std::unique_ptr<FakeScp> goodPacs()
{
    return std::make_unique<FakeScp>([](FakePeer& peer, int) {
        if (peer.accept()) {
            peer.serve();
        }
    });
}

std::unique_ptr<FakeScp> rejectingPacs()
{
    return std::make_unique<FakeScp>([](FakePeer& peer, int) {
        if (peer.readRequest()) {
            peer.reject(1, 1, 7);
        }
        peer.drain();
    });
}

std::unique_ptr<FakeScp> silentPacs()
{
    return std::make_unique<FakeScp>([](FakePeer& peer, int) { peer.hold(); });
}

quint16 deadPort()
{
    return FakeScp([](FakePeer&, int) {}).port();
}

QStringList namelessWidgets(const QWidget& window)
{
    QStringList nameless;
    for (const auto* widget : window.findChildren<QWidget*>()) {
        const bool isInput = widget->focusPolicy() != Qt::NoFocus &&
            (qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
                qobject_cast<const QComboBox*>(widget));
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool hasText = button != nullptr && !button->text().isEmpty();
        if (isInput && !hasText && widget->accessibleName().isEmpty()) {
            nameless.append(QStringLiteral("%1 in %2")
                                .arg(QString::fromLatin1(widget->metaObject()->className()),
                                    QString::fromLatin1(widget->parentWidget()->metaObject()->className())));
        }
    }
    return nameless;
}

QStringList shownTexts(const QWidget& window)
{
    QStringList texts{window.windowTitle()};
    for (const auto* widget : window.findChildren<QWidget*>()) {
        texts += {widget->toolTip(), widget->accessibleName()};
        if (const auto* label = qobject_cast<const QLabel*>(widget)) {
            texts += label->text();
        } else if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
            texts += button->text();
        } else if (const auto* line = qobject_cast<const QLineEdit*>(widget)) {
            texts += line->placeholderText();
        } else if (const auto* combo = qobject_cast<const QComboBox*>(widget)) {
            texts += combo->currentText();
        }
    }
    texts.removeAll(QString());
    return texts;
}

QList<QWidget*> tabChain(QWidget& window)
{
    QList<QWidget*> chain;
    for (auto* widget = window.nextInFocusChain(); widget != &window; widget = widget->nextInFocusChain()) {
        if (widget->isVisibleTo(&window) && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) &&
            widget->focusProxy() == nullptr) {
            chain.append(widget);
        }
    }
    return chain;
}

} // namespace radpost::test
