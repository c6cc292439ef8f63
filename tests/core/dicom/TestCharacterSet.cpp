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
        row("GBK", "\xE9\x46\xFD\x9B"_ba, u"镕龥"_s);
        row("GB18030", "\x81\x39\xEE\x39\x95\x32\x82\x36\xE9\x46"_ba, u"㐀𠀀镕"_s);
        row("ISO_IR 192", "\xC3\x89\xE2\x82\xAC\xF0\xA0\x80\x80"_ba, u"É€𠀀"_s);
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

    /// What the Standard's one-byte sets hold, byte by byte from A1. Expected text: Python 3.11's codecs iso8859_n,
    /// tis_620 and shift_jis (its half-width part).
    void everyUpperHalf_isThatOfItsSet_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QString>("text");
        QTest::newRow("Latin-1")
            << "ISO_IR 100"_ba
            << u"¡¢£¤¥¦§\u00A8©ª«¬\u00AD®\u00AF°±²³\u00B4µ¶·\u00B8¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"_s;
        QTest::newRow("Latin-2")
            << "ISO_IR 101"_ba
            << u"Ą\u02D8Ł¤ĽŚ§\u00A8ŠŞŤŹ\u00ADŽŻ°ą\u02DBł\u00B4ľś\u02C7\u00B8šşťź\u02DDžżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ\u02D9"_s;
        QTest::newRow("Latin-3")
            << "ISO_IR 109"_ba
            << u"Ħ\u02D8£¤\uFFFDĤ§\u00A8İŞĞĴ\u00AD\uFFFDŻ°ħ²³\u00B4µĥ·\u00B8ışğĵ½\uFFFDżÀÁÂ\uFFFDÄĊĈÇÈÉÊËÌÍÎÏ\uFFFDÑÒÓÔĠÖ×ĜÙÚÛÜŬŜßàáâ\uFFFDäċĉçèéêëìíîï\uFFFDñòóôġö÷ĝùúûüŭŝ\u02D9"_s;
        QTest::newRow("Latin-4")
            << "ISO_IR 110"_ba
            << u"ĄĸŖ¤ĨĻ§\u00A8ŠĒĢŦ\u00ADŽ\u00AF°ą\u02DBŗ\u00B4ĩļ\u02C7\u00B8šēģŧŊžŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎĪĐŅŌĶÔÕÖ×ØŲÚÛÜŨŪßāáâãäåæįčéęëėíîīđņōķôõö÷øųúûüũū\u02D9"_s;
        QTest::newRow("Cyrillic")
            << "ISO_IR 144"_ba
            << u"ЁЂЃЄЅІЇЈЉЊЋЌ\u00ADЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя№ёђѓєѕіїјљњћќ§ўџ"_s;
        QTest::newRow("Arabic")
            << "ISO_IR 127"_ba
            << u"\uFFFD\uFFFD\uFFFD¤\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD،\u00AD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u061B\uFFFD\uFFFD\uFFFD\u061F\uFFFD\u0621\u0622\u0623\u0624\u0625\u0626\u0627\u0628\u0629\u062A\u062B\u062C\u062D\u062E\u062F\u0630\u0631\u0632\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063A\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\u0640\u0641\u0642\u0643\u0644\u0645\u0646\u0647\u0648\u0649\u064A\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"_s;
        QTest::newRow("Greek")
            << "ISO_IR 126"_ba
            << u"‘’£€₯¦§\u00A8©\u037A«¬\u00AD\uFFFD―°±²³\u0384\u0385Ά·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\uFFFDΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ\uFFFD"_s;
        QTest::newRow("Hebrew")
            << "ISO_IR 138"_ba
            << u"\uFFFD¢£¤¥¦§\u00A8©×«¬\u00AD®\u00AF°±²³\u00B4µ¶·\u00B8¹÷»¼½¾\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD‗\u05D0\u05D1\u05D2\u05D3\u05D4\u05D5\u05D6\u05D7\u05D8\u05D9\u05DA\u05DB\u05DC\u05DD\u05DE\u05DF\u05E0\u05E1\u05E2\u05E3\u05E4\u05E5\u05E6\u05E7\u05E8\u05E9\u05EA\uFFFD\uFFFD\u200E\u200F\uFFFD"_s;
        QTest::newRow("Latin-5")
            << "ISO_IR 148"_ba
            << u"¡¢£¤¥¦§\u00A8©ª«¬\u00AD®\u00AF°±²³\u00B4µ¶·\u00B8¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ"_s;
        QTest::newRow("Latin-9")
            << "ISO_IR 203"_ba
            << u"¡¢£€¥Š§š©ª«¬\u00AD®\u00AF°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"_s;
        QTest::newRow("Thai")
            << "ISO_IR 166"_ba
            << u"กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะ\u0E31าำ\u0E34\u0E35\u0E36\u0E37\u0E38\u0E39\u0E3A\uFFFD\uFFFD\uFFFD\uFFFD฿เแโใไๅ\u0E46\u0E47\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E4D\u0E4E๏๐๑๒๓๔๕๖๗๘๙๚๛\uFFFD\uFFFD\uFFFD\uFFFD"_s;
        QTest::newRow("Katakana")
            << "ISO_IR 13"_ba
            << u"｡｢｣､･ｦｧｨｩｪｫｬｭｮｯ\uFF70ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ\uFF9E\uFF9F\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"_s;
    }

    void everyUpperHalf_isThatOfItsSet()
    {
        QFETCH(QByteArray, declared);
        QFETCH(QString, text);
        QCOMPARE(text.size(), 0xFF - 0xA1 + 1);
        for (int byte = 0xA1; byte <= 0xFF; ++byte) {
            const auto decoded = decode(declared.constData(), QByteArray(1, static_cast<char>(byte)));
            QCOMPARE(decoded.text, text.mid(byte - 0xA1, 1));
            QCOMPARE(decoded.isFaultless, text.at(byte - 0xA1) != QChar(QChar::ReplacementCharacter));
        }
    }

    /// PS3.3 tables C.12-3 and C.12-4. The first term is another one with an upper half of its own, so an escape
    /// sequence that is not understood cannot give the right text. Expected text: Python 3.11's codecs; for the sets of
    /// two bytes iso2022_jp, iso2022_jp_1, euc_kr and gb2312.
    void everyEscapeSequence_designatesItsSet_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* declared, const QByteArray& bytes, const QString& text) {
            QTest::newRow(name) << QByteArray(declared) << bytes << text;
        };
        row("Latin-1", "ISO 2022 IR 144\\ISO 2022 IR 100",
            "a\xE9\x1B-A\xD0\xF0\xFE"
            "b"_ba,
            u"aщÐðþb"_s);
        row("Latin-2", "ISO 2022 IR 100\\ISO 2022 IR 101",
            "a\xE9\x1B-B\xB3\xEA\xB1"
            "b"_ba,
            u"aéłęąb"_s);
        row("Latin-3", "ISO 2022 IR 100\\ISO 2022 IR 109",
            "a\xE9\x1B-C\xA6\xB6\xF5"
            "b"_ba,
            u"aéĤĥġb"_s);
        row("Latin-4", "ISO 2022 IR 100\\ISO 2022 IR 110",
            "a\xE9\x1B-D\xE0\xE7\xBF"
            "b"_ba,
            u"aéāįŋb"_s);
        row("Cyrillic", "ISO 2022 IR 100\\ISO 2022 IR 144",
            "a\xE9\x1B-L\xDB\xEE\xD1"
            "b"_ba,
            u"aéлюбb"_s);
        row("Arabic", "ISO 2022 IR 100\\ISO 2022 IR 127",
            "a\xE9\x1B-G\xE2\xC8\xC7"
            "b"_ba,
            u"aé\u0642\u0628\u0627b"_s);
        row("Greek", "ISO 2022 IR 100\\ISO 2022 IR 126",
            "a\xE9\x1B-F\xC4\xE9\xF9"
            "b"_ba,
            u"aéΔιωb"_s);
        row("Hebrew", "ISO 2022 IR 100\\ISO 2022 IR 138",
            "a\xE9\x1B-H\xF9\xF8\xE5"
            "b"_ba,
            u"aé\u05E9\u05E8\u05D5b"_s);
        row("Latin-5", "ISO 2022 IR 100\\ISO 2022 IR 148",
            "a\xE9\x1B-M\xD0\xDD\xFE"
            "b"_ba,
            u"aéĞİşb"_s);
        row("Latin-9", "ISO 2022 IR 100\\ISO 2022 IR 203",
            "a\xE9\x1B-b\xA4\xBD\xB8"
            "b"_ba,
            u"aé€œžb"_s);
        row("Thai", "ISO 2022 IR 100\\ISO 2022 IR 166",
            "a\xE9\x1B-T\xB9\xD2\xC1"
            "b"_ba,
            u"aéนามb"_s);
        row("Katakana", "ISO 2022 IR 100\\ISO 2022 IR 13",
            "a\xE9\x1B)I\xD4\xCF\xC0"
            "b"_ba,
            u"aéﾔﾏﾀb"_s);
        // ISO-IR 14 differs from ASCII in two characters: its tilde is an overline.
        row("ASCII to G0", "ISO 2022 IR 13\\ISO 2022 IR 6", "~\x1B(B~"_ba, u"\u203E~"_s);
        row("ISO-IR 14 to G0", "ISO 2022 IR 6\\ISO 2022 IR 13", "~\x1B(J~"_ba, u"~\u203E"_s);
        row("JIS X 0208", "ISO 2022 IR 100\\ISO 2022 IR 87", "a\x1B$B;3ED0!t&\x1B(Ba\xE9"_ba, u"a山田亜熙aé"_s);
        row("JIS X 0212", "ISO 2022 IR 100\\ISO 2022 IR 159", "a\x1B$(D0!mc\x1B(Ba\xE9"_ba, u"a丂龥aé"_s);
        row("JIS X 0208 and 0212", "ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159",
            "\xD4\x1B$B;3\x1B$(D0!\x1B$BED\x1B(J\xCF"_ba, u"ﾔ山丂田ﾏ"_s);
        row("KS X 1001", "ISO 2022 IR 100\\ISO 2022 IR 149", "\xE9\x1B$)C\xB1\xE8\xC8\xF1\xC1\xDF\xD1\xD1z"_ba,
            u"é김희중金z"_s);
        row("GB 2312", "ISO 2022 IR 100\\ISO 2022 IR 58", "\xE9\x1B$)A\xCD\xF5\xD0\xA1\xB6\xAB\xF7\xFEz"_ba,
            u"é王小东齄z"_s);
        row("one in each half", "ISO 2022 IR 100\\ISO 2022 IR 87\\ISO 2022 IR 144",
            "\x1B-L\xDB\x1B$B;3\xDB\x1B(Ba\x1B-A\xE9"_ba, u"л山лaé"_s);
    }

    void everyEscapeSequence_designatesItsSet()
    {
        QFETCH(QByteArray, declared);
        QFETCH(QByteArray, bytes);
        const auto decoded = decode(declared.constData(), bytes);
        QTEST(decoded.text, "text");
        QVERIFY(decoded.isFaultless);
        QCOMPARE(CharacterSet::fromDeclared(declared.constData()).name(), declared);
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
