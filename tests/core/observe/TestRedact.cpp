#include "core/observe/Redact.h"

#include <QRegularExpression>
#include <QTest>

using namespace radpost::observe;
using namespace Qt::StringLiterals;

class TestRedact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameTextGivesTheSameMark() { QCOMPARE(redact(u"HO-2231"), redact(u"HO-2231")); }

    void otherTextGivesAnotherMark() { QVERIFY(redact(u"HO-2231") != redact(u"HO-2232")); }

    void theMarkHidesTheText()
    {
        static const QRegularExpression shape(u"^#[0-9a-f]{10}$"_s);
        const auto mark = redact(u"王^小东");
        QVERIFY2(shape.match(mark).hasMatch(), qPrintable(mark));
    }

    void nothingStaysNothing() { QCOMPARE(redact({}), QString()); }

    void pathsAndUidsOfALineAreMasked_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected"); // * for a mark
        const auto row = [](const char* title, const QString& line, const QString& expected) {
            QTest::newRow(title) << line << expected;
        };
        row("path to the end of the line", u"cannot read /in/Zhang San/a b.dcm: denied"_s, u"cannot read path *"_s);
        row("path in quotation marks", u"read \"/in/Zhang \\\"San/1.dcm\" twice"_s, u"read path * twice"_s);
        row("marks that are not closed", u"read \"/in/Zhang"_s, u"read \"path *"_s);
        row("drive", u"at C:\\in\\Zhang"_s, u"at path *"_s);
        row("share", u"at \\\\server\\in"_s, u"at path *"_s);
        row("address of a file", u"at file:///in/Zhang"_s, u"at path *"_s);
        row("after a comma", u"a,/in/Zhang"_s, u"a,path *"_s);
        row("UID", u"for 1.2.826.0.1.3680043.9 now"_s, u"for * now"_s);
        row("UID of the Standard", u"class 1.2.840.10008.5.1.4.1.1.2"_s, u"class 1.2.840.10008.5.1.4.1.1.2"_s);
        row("address and version", u"10.1.2.3 is DCMTK 3.6.7"_s, u"10.1.2.3 is DCMTK 3.6.7"_s);
        row("rate and fraction", u"12 MB/s, 3 / 4, text/html"_s, u"12 MB/s, 3 / 4, text/html"_s);
    }

    void pathsAndUidsOfALineAreMasked()
    {
        QFETCH(QString, line);
        QFETCH(QString, expected);
        static const QRegularExpression mark(u"#[0-9a-f]{10}"_s);
        QCOMPARE(maskedText(line).replace(mark, u"*"_s), expected);
    }
};

QTEST_GUILESS_MAIN(TestRedact)
#include "TestRedact.moc"
