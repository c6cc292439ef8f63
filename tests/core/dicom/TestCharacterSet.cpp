#include "core/dicom/CharacterSet.h"

#include <QTest>

using namespace radpost::dicom;
using namespace Qt::StringLiterals;

namespace {

DecodedText decode(const char* declared, const QByteArray& bytes, TextKind kind = TextKind::PersonName)
{
    return CharacterSet::fromDeclared(declared).decode({bytes.constData(), size_t(bytes.size())}, kind);
}

} // namespace

class TestCharacterSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDefinedTerm_decodes_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* declared, const QByteArray& bytes, const QString& text) {
            QTest::addRow("%s: %s", declared, qPrintable(text)) << QByteArray(declared) << bytes << text;
        };
        row("", "ABC"_ba, u"ABC"_s);
        row("ISO_IR 6", "ABC"_ba, u"ABC"_s);
        row("ISO_IR 100", "Buc^J\xE9r\xF4me"_ba, u"Buc^Jérôme"_s);
        row("ISO_IR 101", "Wa\xB3\xEAsa"_ba, u"Wałęsa"_s);
        row("ISO_IR 109", "\xA6\xB6"_ba, u"Ĥĥ"_s);
        row("ISO_IR 110", "\xE0\xE7"_ba, u"āį"_s);
        row("ISO_IR 144", "\xBB\xEE\xDA\x63\xD5\xDC\xD1\xE3\xE0\xD3"_ba, u"Люкcембург"_s);
        row("ISO_IR 127", "\xE2\xC8\xC7\xE6\xEA"_ba, u"قباني"_s);
        row("ISO_IR 126", "\xC4\xE9\xEF\xED\xF5\xF3\xE9\xEF\xF2"_ba, u"Διονυσιος"_s);
        row("ISO_IR 138", "\xF9\xF8\xE5\xEF"_ba, u"שרון"_s);
        row("ISO_IR 148", "\xC7\x61\x76\x75\xFE\x6F\xF0\x6C\x75"_ba, u"Çavuşoğlu"_s);
        row("ISO_IR 203", "\xA4\xBD"_ba, u"€œ"_s);
        row("ISO_IR 166", "\xB9\xD2\xC1\xCA\xA1\xD8\xC5"_ba, u"นามสกุล"_s);
        row("ISO_IR 13", "\xD4\xCF\xC0\xDE^\xC0\xDB\xB3"_ba, u"ﾔﾏﾀﾞ^ﾀﾛｳ"_s);
        row("ISO_IR 13", "a~b"_ba, u"a\u203Eb"_s);
        row("ISO_IR 192", "Wang^XiaoDong=王^小东"_ba, u"Wang^XiaoDong=王^小东"_s);
        row("GB18030", "Wang^XiaoDong=\xCD\xF5^\xD0\xA1\xB6\xAB"_ba, u"Wang^XiaoDong=王^小东"_s);
        row("GB18030", "\x81\x30\x89\x38"_ba, u"\u00DF"_s);
        row("GBK", "\xCD\xF5^\xD0\xA1\xB6\xAB"_ba, u"王^小东"_s);
        // PS3.5 Annexes H, I and K: the Standard's own examples.
        row("\\ISO 2022 IR 87",
            "Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B=\x1B$B$d$^$@\x1B(B^\x1B$B$?$m$&\x1B(B"_ba,
            u"Yamada^Tarou=山田^太郎=やまだ^たろう"_s);
        row("ISO 2022 IR 13\\ISO 2022 IR 87",
            "\xD4\xCF\xC0\xDE^\xC0\xDB\xB3=\x1B$B;3ED\x1B(J^\x1B$BB@O:\x1B(J=\x1B$B$d$^$@\x1B(J^\x1B$B$?$m$&\x1B(J"_ba,
            u"ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"_s);
        row("\\ISO 2022 IR 149",
            "Hong^Gildong=\x1B$)C\xFB\xF3^\x1B$)C\xD1\xCE\xD4\xD7=\x1B$)C\xC8\xAB^\x1B$)C\xB1\xE6\xB5\xBF"_ba,
            u"Hong^Gildong=洪^吉洞=홍^길동"_s);
        row("\\ISO 2022 IR 58", "Zhang^XiaoDong=\x1B$)A\xD5\xC5^\x1B$)A\xD0\xA1\xB6\xAB="_ba,
            u"Zhang^XiaoDong=张^小东="_s);
        row("ISO 2022 IR 6\\ISO 2022 IR 159", "\x1B$(D\x30\x21\x1B(B"_ba, u"丂"_s);
        row("ISO 2022 IR 100\\ISO 2022 IR 144", "\xE9\x1B-L\xDB"_ba, u"éл"_s);
        row("ISO 2022 IR 6\\ISO 2022 IR 100", "\x1B-A\xC4neas"_ba, u"Äneas"_s);
    }

    void everyDefinedTerm_decodes()
    {
        QFETCH(QByteArray, declared);
        QFETCH(QByteArray, bytes);
        const auto decoded = decode(declared.constData(), bytes);
        QTEST(decoded.text, "text");
        QVERIFY(decoded.isFaultless);
    }

    void shiftsEnd_atDelimiters()
    {
        // Behind '^' G1 is the initial one again: nothing, or Latin-1 where the first term says so.
        const auto latin = decode("ISO 2022 IR 100\\ISO 2022 IR 144", "\x1B-L\xDB^\xE9=\x1B-L\xDB\\\xE9"_ba);
        QCOMPARE(latin.text, u"л^é=л\\é"_s);
        const auto lines =
            decode("ISO 2022 IR 100\\ISO 2022 IR 144", "\x1B-L\xDB^\xDB\\\xDB\r\n\xE9"_ba, TextKind::LongText);
        QCOMPARE(lines.text, u"л^л\\л\r\né"_s);
        const auto text = decode("ISO 2022 IR 100\\ISO 2022 IR 144", "\x1B-L\xDB^\xDB=\xDB\\\xE9"_ba, TextKind::Text);
        QCOMPARE(text.text, u"л^л=л\\é"_s);
    }

    void delimiterBytesInsideWideCharacters_areNoDelimiters()
    {
        // JIS X 0208 3D5E and 3D3D: the second bytes are those of '^' and '='.
        const auto decoded = decode("\\ISO 2022 IR 87", "\x1B$B\x3D\x5E\x3D\x3D\x1B(B"_ba);
        QCOMPARE(decoded.text, u"殉十"_s);
        QVERIFY(decoded.isFaultless);
    }

    void forgottenEscapeBehindADelimiter_isUnderstood()
    {
        const auto decoded = decode("\\ISO 2022 IR 149", "\x1B$)C\xFB\xF3^\xD1\xCE\xD4\xD7"_ba);
        QCOMPARE(decoded.text, u"洪^吉洞"_s);
    }

    void yenSign_isADelimiterExceptInLongText()
    {
        QCOMPARE(decode("ISO_IR 13", "a\\b"_ba, TextKind::Text).text, u"a\\b"_s);
        QCOMPARE(decode("ISO_IR 13", "a\\b"_ba, TextKind::LongText).text, u"a¥b"_s);
    }

    void misspelledTerms_areUnderstood_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("name");
        const auto row = [](const char* declared, const char* name) {
            QTest::newRow(declared) << QByteArray(declared) << QByteArray(name);
        };
        row("ISO-IR 100", "ISO_IR 100");
        row("ISO_IR_100", "ISO_IR 100");
        row("ISO IR 100", "ISO_IR 100");
        row("ISO_IR100", "ISO_IR 100");
        row("iso_ir 100", "ISO_IR 100");
        row(" ISO_IR 100 ", "ISO_IR 100");
        row("ISO 2022 IR 100", "ISO_IR 100");
        row("ISO 8859-1", "ISO_IR 100");
        row("ISO_8859-5", "ISO_IR 144");
        row("ISO_IR_192", "ISO_IR 192");
        row("ISO-IR 192", "ISO_IR 192");
        row("ISO 2022 IR 192", "ISO_IR 192");
        row("UTF-8", "ISO_IR 192");
        row("utf8", "ISO_IR 192");
        row("gb18030", "GB18030");
        row("GB 18030", "GB18030");
        row("gbk", "GBK");
        row("\\GB18030", "GB18030");
        row("ISO_IR 192\\ISO 2022 IR 87", "ISO_IR 192");
        row("GB2312", "ISO 2022 IR 6\\ISO 2022 IR 58");
        row("ISO 2022 IR 58", "ISO 2022 IR 6\\ISO 2022 IR 58");
        row("ISO 2022 58", "ISO 2022 IR 6\\ISO 2022 IR 58");
        row("\\ISO-2022-IR-87", "ISO 2022 IR 6\\ISO 2022 IR 87");
        row("ISO_IR 13\\ISO_IR 87", "ISO 2022 IR 13\\ISO 2022 IR 87");
        row("", "ISO_IR 6");
        row("ISO_IR 6", "ISO_IR 6");
        row("NONSENSE", "ISO_IR 6");
    }

    void misspelledTerms_areUnderstood()
    {
        QFETCH(QByteArray, declared);
        QTEST(CharacterSet::fromDeclared(declared.constData()).name(), "name");
    }

    void badBytes_becomeReplacementCharacters_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("ascii") << ""_ba
                               << "a\xE9z"_ba << u"a\uFFFDz"_s;
        QTest::newRow("utf-8") << "ISO_IR 192"_ba
                               << "a\xE9z"_ba << u"a\uFFFDz"_s;
        QTest::newRow("utf-8, cut") << "ISO_IR 192"_ba
                                    << "a\xE9"_ba << u"a\uFFFD"_s;
        QTest::newRow("gbk, cut") << "GBK"_ba
                                  << "a\xCD"_ba << u"a\uFFFD"_s;
        QTest::newRow("gbk") << "GBK"_ba
                             << "\xFF\x61"_ba << u"\uFFFDa"_s;
        QTest::newRow("greek") << "ISO_IR 126"_ba
                               << "\xFF\x61"_ba << u"\uFFFDa"_s;
        QTest::newRow("escape") << "ISO 2022 IR 6\\ISO 2022 IR 87"_ba
                                << "a\x1B%/z"_ba << u"a\uFFFD%/z"_s;
        QTest::newRow("half a wide character") << "\\ISO 2022 IR 87"_ba
                                               << "\x1B$B;"_ba << u"\uFFFD"_s;
        QTest::newRow("half a Korean one") << "\\ISO 2022 IR 149"_ba
                                           << "\x1B$)C\xFB"_ba << u"\uFFFD"_s;
        QTest::newRow("lone escape") << "\\ISO 2022 IR 149"_ba
                                     << "\x1B"_ba << u"\uFFFD"_s;
    }

    void badBytes_becomeReplacementCharacters()
    {
        QFETCH(QByteArray, declared);
        QFETCH(QByteArray, bytes);
        const auto decoded = decode(declared.constData(), bytes);
        QTEST(decoded.text, "text");
        QVERIFY(!decoded.isFaultless);
    }

    void longTexts_areDecodedWhole()
    {
        const auto decoded = decode("GB18030", QByteArray("\xCD\xF5").repeated(1000) + "\xFF" + "abc");
        QCOMPARE(decoded.text, QString(1000, u'王') + u"\uFFFDabc"_s);
    }
};

QTEST_GUILESS_MAIN(TestCharacterSet)
#include "TestCharacterSet.moc"
