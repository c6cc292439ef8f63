#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"
#include "tests/ui/support/PseudoTranslator.h"
#include "tests/ui/support/TextFit.h"

#include "ui/common/ElidedLabel.h"
#include "ui/common/PageHeader.h"
#include "ui/main/MainWindow.h"
#include "ui/main/NavigationRail.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

using Scenes = void (*)(Studio&);

// Texts are as long in every build: the one that a sanitizer makes five times slower shows some pages only.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

/// What people call things by, and what the scenes are full of: words that no language has its own for.
bool isNobodysLanguage(const QString& word)
{
    static const QRegularExpression kept(
        u"^(Radpost|English|synthetic|study|axial|Dose|report|[A-Z0-9_-]+|.*[0-9/\\\\.:@_].*)$"_s);
    return kept.match(word).hasMatch();
}

/// Words without an accent in a text that should be in the pseudo language.
QStringList plainWords(const QString& text)
{
    static const QRegularExpression wordLike(u"[A-Za-z0-9_./\\\\:@-]*[a-z]{3,}[A-Za-z0-9_./\\\\:@-]*"_s);
    QStringList plain;
    QString folded;
    for (const auto c : text) {
        folded += PseudoTranslator::isAccented(c) ? QChar(u'\x1') : c; // breaks words that are accented
    }
    if (folded != text) {
        return {}; // it has been translated; names in it are arguments
    }
    for (const auto& match : wordLike.globalMatch(folded)) {
        if (!isNobodysLanguage(match.captured())) {
            plain.append(match.captured());
        }
    }
    return plain;
}

QStringList textsOf(const QWidget& widget)
{
    QStringList texts{widget.toolTip(), widget.accessibleName()};
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        texts += label->text();
    } else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) {
        texts += button->text();
    } else if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) {
        texts += line->placeholderText();
    } else if (const auto* box = qobject_cast<const QComboBox*>(&widget)) {
        for (int item = 0; item < box->count(); ++item) {
            texts += box->itemText(item);
        }
    } else if (const auto* header = qobject_cast<const QHeaderView*>(&widget)) {
        for (int section = 0; section < header->count(); ++section) {
            texts += header->model()->headerData(section, header->orientation()).toString();
        }
    }
    return texts;
}

/// What is too narrow at 960 x 600 for texts that are 40 per cent longer than English ones, and waits for another
/// layout. Neither language of the program is cut there.
bool isKnown(const QString& fault)
{
    static const QList<QRegularExpression> known{
        QRegularExpression(u"PageHeader>Q(Label|PushButton): "_s), // four buttons beside the title
        QRegularExpression(u"^receive-.*lies outside$"_s, QRegularExpression::DotMatchesEverythingOption), // its column
        QRegularExpression(u"^receive-.*(QHeaderView|ReceivePage>QWidget>QLabel): "_s),
        QRegularExpression(
            u"^settings: .*FieldRow>QLabel: "_s), // a scroll area does not ask for the height at its width
        QRegularExpression(u"^receive-.*(EmptyState>QLabel|StoreWork>QPushButton): "_s),
        QRegularExpression(u"^(send|preview)-.*(QHeaderView|QComboBox|DestinationPicker): "_s),
        QRegularExpression(
            u"^send-(damaged|started): .*(SendPage>QWidget>QWidget|SendFoot|DropZone)>Q(Label|PushButton): "_s),
        QRegularExpression(u"^activity-attention: .*lies outside$"_s, QRegularExpression::DotMatchesEverythingOption),
    };
    return std::any_of(known.begin(), known.end(), [&fault](const auto& one) { return one.match(fault).hasMatch(); });
}

QStringList untranslatedTexts(const QWidget& window)
{
    QStringList found;
    for (const auto* widget : window.findChildren<QWidget*>()) {
        for (const auto& text : textsOf(*widget)) {
            const bool isForSupport = widget->property("role") == u"small"_s; // English, with names of the Standard
            if (widget->isVisible() && !isForSupport && !plainWords(text).isEmpty()) {
                found.append(u"%1: \"%2\" is not translated"_s.arg(
                    QString::fromLatin1(widget->metaObject()->className()).section(u':', -1), text));
            }
        }
    }
    found.removeDuplicates();
    return found;
}

} // namespace

class TestPseudoLocale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextIsTranslatedAndFits_data()
    {
        QTest::addColumn<Qt::LayoutDirection>("direction");
        QTest::addColumn<Scenes>("scenes");
        const QList<std::pair<const char*, Scenes>> pages{{"first start", shootFirstStart}, {"settings", shootSettings},
            {"send", shootSend}, {"activity", shootActivity}, {"rules", shootRules}, {"receive", shootReceive},
            {"destinations", shootDestinations}, {"preview", shootPreview}, {"shell", shootShell},
            {"troubles", shootTroubles}};
        for (const auto& [name, scenes] : kIsSanitized ? pages.first(2) : pages) {
            QTest::addRow("%s, left to right", name) << Qt::LeftToRight << scenes;
            QTest::addRow("%s, right to left", name) << Qt::RightToLeft << scenes;
        }
    }

    void everyTextIsTranslatedAndFits()
    {
        QFETCH(const Qt::LayoutDirection, direction);
        QFETCH(const Scenes, scenes);
        std::unique_ptr<PseudoTranslator> language;
        QStringList faults;
        const auto prepare = [&] {
            language = std::make_unique<PseudoTranslator>(direction);
            QCoreApplication::installTranslator(language.get()); // above those of the program
        };
        const auto look = [&](const QString& scene, QWidget& window) {
            if (qobject_cast<MainWindow*>(&window) != nullptr) {
                window.resize(window.minimumSize()); // the smallest that is supported
            }
            settle();
            if (qEnvironmentVariableIsSet("RADPOST_SHOTS")) {
                window.grab().save(u"%1/%2-%3.png"_s.arg(
                    qEnvironmentVariable("RADPOST_SHOTS"), scene, direction == Qt::RightToLeft ? u"rtl" : u"ltr"));
            }
            for (const auto& fault : cutTexts(window) + untranslatedTexts(window)) {
                faults.append(scene + u": "_s + fault);
            }
            const auto* rail = window.findChild<NavigationRail*>();
            if (rail != nullptr && rail->isVisible() && (rail->x() > 0) != (direction == Qt::RightToLeft)) {
                faults.append(scene + u": the rail is on the wrong side"_s);
            }
        };
        Studio studio({u"en"_s, u"light"_s}, look, prepare);
        scenes(studio);
        faults.removeDuplicates();
        faults.removeIf(isKnown);
        for (const auto& fault : faults) {
            qWarning("%s", qPrintable(fault)); // one by one: a message has a limit
        }
        QCOMPARE(faults.size(), 0);
    }

    void nothingIsCutInTheLanguagesOfTheProgram_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << u"en"_s;
        QTest::newRow("Chinese") << u"zh_CN"_s;
    }

    void nothingIsCutInTheLanguagesOfTheProgram()
    {
        QFETCH(const QString, language);
        QStringList faults;
        const auto look = [&faults](const QString& scene, QWidget& window) {
            if (qobject_cast<MainWindow*>(&window) != nullptr) {
                window.resize(window.minimumSize());
            }
            settle();
            for (const auto& fault : cutTexts(window)) {
                faults.append(scene + u": "_s + fault);
            }
            for (const auto* header : window.findChildren<PageHeader*>()) {
                for (const auto* title : header->findChildren<ElidedLabel*>()) {
                    if (title->isVisible() && title->isElided()) {
                        faults.append(scene + u": the title of the page gives way: "_s + title->text());
                    }
                }
            }
        };
        Studio studio({language, u"light"_s}, look, [] {});
        const QList<Scenes> pages{shootSettings, shootSend, shootActivity, shootReceive, shootRules, shootDestinations};
        for (const auto scenes : kIsSanitized ? pages.first(1) : pages) {
            scenes(studio);
        }
        for (const auto& fault : std::as_const(faults)) {
            qWarning("%s", qPrintable(fault));
        }
        QCOMPARE(faults.size(), 0);
    }

private:
    /// Layouts ask for each other's room in posted events.
    static void settle()
    {
        for (int round = 0; round < 5; ++round) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
    }
};

QTEST_MAIN(TestPseudoLocale)
#include "TestPseudoLocale.moc"
