#include "core/dicom/CharsetChoice.h"

#include <QTest>

#include <iconv.h>

#include <vector>

using namespace radpost::dicom;
using namespace Qt::StringLiterals;

namespace {

QByteArray gbOf(const QString& text)
{
    QByteArray utf8 = text.toUtf8();
    QByteArray bytes(4 * text.size(), '\0');
    char* in = utf8.data();
    char* out = bytes.data();
    auto inLeft = static_cast<size_t>(utf8.size());
    auto outLeft = static_cast<size_t>(bytes.size());
    const iconv_t converter = iconv_open("GB18030", "UTF-8");
    iconv(converter, &in, &inLeft, &out, &outLeft);
    iconv_close(converter);
    bytes.chop(static_cast<qsizetype>(outLeft));
    return inLeft == 0 ? bytes : QByteArray();
}

struct Outcome
{
    CharsetVerdict verdict;
    QByteArray set;
    QStringList texts;
};

Outcome choose(const char* declared, const QList<QByteArray>& values)
{
    std::vector<std::string_view> texts;
    for (const QByteArray& value : values) {
        texts.emplace_back(value.constData(), size_t(value.size()));
    }
    const CharsetChoice choice = chooseCharacterSet(declared, texts);
    Outcome outcome{choice.verdict, choice.set.name(), {}};
    for (const std::string_view text : texts) {
        outcome.texts += choice.set.decode(text, TextKind::PersonName).text;
    }
    return outcome;
}

void addNames(const char* language, std::initializer_list<QStringView> names)
{
    for (const QStringView name : names) {
        QTest::addRow("%s: %s", language, qPrintable(name.toString())) << name.toString();
    }
}

} // namespace

class TestCharsetChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void latin1Names_stayLatin1_data()
    {
        QTest::addColumn<QString>("name");
        addNames("German",
            {u"Müller^Jürgen", u"Weiß", u"Größe^Ärztin", u"Über", u"ÄÖÜ", u"äöü", u"Schäfer^Käthe", u"Jäger",
                u"Ölschläger^Björn", u"BÖHM^MÄRZ", u"Kniegelenk rechts, Übersicht", u"Fußgelenk", u"äußere",
                u"Straßenfuß", u"MÜßIG", u"ÄÖ", u"ÖÄ", u"ÜÄ", u"äö", u"öä", u"ÄÜ", u"öü", u"üö", u"ÖÜ^ÄÖ"});
        addNames("Swedish",
            {u"Östergård^Åke", u"Åström", u"Sjöström^Pär", u"ÅÄÖ", u"åäö", u"åäöÅÄÖ", u"ÅÄÖÅÄÖ", u"Höft vä",
                u"BRÖST FRÅN VÄNSTER", u"Hjärna", u"ÅÅ", u"Öå", u"ÄÅ", u"ÅÄ", u"åä"});
        addNames(
            "Danish", {u"Sørensen^Bjørnæs", u"Ærø", u"ÆØÅ", u"æøå", u"BLÅØJE", u"ØÅ", u"Åse^Ødegård", u"Håøya", u"Æø"});
        addNames("Finnish",
            {u"Hämäläinen^Yrjö", u"Määttä", u"Pääkkönen", u"TÖÖLÖ", u"Väänänen^Päivi", u"Hyöty", u"yöÄÄ", u"MÄÄTTÄ^PÄÄ",
                u"Työ^öö"});
        addNames("French",
            {u"Café", u"Crépée", u"Noël^Zoé", u"Désirée", u"créée", u"À l", u"Façade^Ç", u"où", u"là",
                u"Crâne sans préparation", u"Thorax de face, côté gauche", u"ÉLÉONORE", u"née", u"Né à Évreux", u"CÔTÉ",
                u"Aïe", u"Haüy", u"garçon"});
        addNames("Spanish",
            {u"Peña^José", u"Muñoz^Íñigo", u"Núñez", u"Ibáñez", u"MUÑOZ", u"¿Qué?", u"Año", u"Rodríguez^Sofía",
                u"Tórax: niño pequeño", u"Güemes", u"ÑANDÚ", u"Mamografía"});
        addNames("Portuguese",
            {u"Conceição^João", u"CONCEIÇÃO", u"CONCEIÇÃO^JOÃO", u"Assunção", u"Gonçalves", u"Magalhães", u"Simões",
                u"CAMÕES", u"Corações", u"ções", u"ÇÃO", u"Crânio: avaliação", u"Coração^Mãe", u"ENCARNAÇÃO^ASSUNÇÃO",
                u"Lesões e infecções", u"São Simão"});
        addNames("Icelandic",
            {u"Þórðardóttir", u"Sigurðsson^Ægir", u"Ísleifur", u"Þóra^Guðrún", u"ÞÓRÐUR", u"Hvítá", u"Æðey",
                u"Guðný^Ýr", u"ÆÐÍ"});
        addNames("Dutch", {u"Daniël^Zoë", u"Coördinatie", u"reëel", u"financiën", u"vóór", u"Curaçao"});
        addNames("Italian", {u"Nicolò^Però", u"Città", u"perché", u"Torace: già visto"});
        addNames("Symbols",
            {u"37 °C", u"±5 µm", u"½ dose", u"5 m²", u"10 cm³", u"§ 12", u"« oui »", u"© 2024", u"²", u"°", u"T2* ±",
                u"1½", u"×2", u"90°", u"µCT"});
    }

    void latin1Names_stayLatin1()
    {
        QFETCH(QString, name);
        const QByteArray bytes = name.toLatin1();
        QVERIFY(!bytes.contains('?') || name.contains(u'?'));
        for (const char* declared : {"ISO_IR 100", "ISO 2022 IR 100"}) {
            const auto outcome = choose(declared, {bytes, "12345"_ba});
            QCOMPARE(outcome.texts.first(), name);
            QCOMPARE(outcome.verdict, CharsetVerdict::Declared);
            QCOMPARE(outcome.set, "ISO_IR 100"_ba);
        }
        const auto undeclared = choose("", {bytes});
        QVERIFY(undeclared.verdict == CharsetVerdict::Mislabelled || undeclared.verdict == CharsetVerdict::Undecodable);
        QVERIFY2(undeclared.set != "GB18030" && undeclared.set != "ISO_IR 192", undeclared.set.constData());
    }

    void chineseText_isFoundUnderAWrongLabel_data()
    {
        QTest::addColumn<QString>("name");
        addNames("names",
            {u"王^小东", u"张伟", u"李娜", u"王芳", u"刘洋", u"陈静", u"杨^勇", u"赵敏", u"黄^磊", u"周杰", u"吴秀英",
                u"徐丽", u"孙^强", u"胡军", u"朱镕基", u"高^明", u"林丹", u"何炅", u"郭^晶晶", u"马云", u"罗^永浩",
                u"梁朝伟", u"宋慧", u"郑^爽", u"谢霆锋", u"韩^雪", u"唐嫣", u"冯^小刚", u"于^洋", u"董洁", u"萧^红",
                u"程^潇", u"曹^雪芹", u"袁隆平", u"邓^超", u"许^晴", u"傅^红雪", u"沈腾", u"曾国^藩", u"彭^于晏",
                u"吕布", u"苏轼", u"卢^沟", u"蒋^勤勤", u"蔡^文姬", u"贾^玲", u"丁^俊晖", u"魏^晨", u"薛^之谦",
                u"叶^问", u"阎^锡山", u"余^华", u"潘^粤明", u"杜^甫", u"戴^望舒", u"夏雨", u"钟^南山", u"汪^涵",
                u"田^亮", u"任^正非", u"姜^文", u"范^冰冰", u"方^大同", u"石^磊", u"姚^明", u"谭^咏麟", u"廖^凡",
                u"邹^市明", u"熊^黛林", u"金^星", u"陆^毅", u"郝^建", u"孔^祥东", u"白^岩松", u"崔^健", u"康^辉",
                u"毛^阿敏", u"邱^淑贞", u"秦^昊", u"江^珊", u"史^铁生", u"顾^城", u"侯^勇", u"邵^兵", u"孟^非",
                u"龙^丹妮", u"万^茜", u"段^奕宏", u"雷^军", u"钱^钟书", u"汤^唯", u"尹^正", u"黎^明", u"易^烊千玺",
                u"常^昊", u"武^大靖", u"乔^丹", u"贺^龙", u"赖^声川", u"龚^琳娜", u"文^章", u"欧阳^修", u"司马^光",
                u"诸葛^亮"});
        addNames("groups",
            {u"Wang^XiaoDong=王^小东", u"Zhang^Wei=张^伟", u"Li^Na=李^娜=", u"OUYANG^XIU=欧阳^修", u"ZHOU^JIE=周^杰",
                u"Chen=陈"});
        addNames("descriptions",
            {u"头颅CT平扫", u"CT平扫", u"胸部正位片", u"腰椎MRI", u"上腹部增强", u"T2加权 轴位", u"MR头颅平扫+增强",
                u"乳腺钼靶", u"左膝关节正侧位", u"冠状动脉CTA", u"泌尿系超声", u"盆腔", u"全脊柱", u"颈部血管彩超",
                u"胸部（平扫）", u"定位像"});
    }

    void chineseText_isFoundUnderAWrongLabel()
    {
        QFETCH(QString, name);
        const QByteArray utf8 = name.toUtf8();
        const QByteArray gb = gbOf(name);
        for (const char* declared : {"ISO_IR 100", "", "ISO_IR 6", "ISO_IR 999"}) {
            const auto asGb = choose(declared, {gb, "P001"_ba});
            QCOMPARE(asGb.texts.first(), name);
            QCOMPARE(asGb.verdict, CharsetVerdict::Mislabelled);
            QCOMPARE(asGb.set, "GB18030"_ba);
            const auto asUtf8 = choose(declared, {utf8, "P001"_ba});
            QCOMPARE(asUtf8.texts.first(), name);
            QCOMPARE(asUtf8.verdict, CharsetVerdict::Mislabelled);
            QCOMPARE(asUtf8.set, "ISO_IR 192"_ba);
        }
        QCOMPARE(choose("GB18030", {gb}).verdict, CharsetVerdict::Declared);
        QCOMPARE(choose("GBK", {gb}).texts.first(), name);
        QCOMPARE(choose("ISO_IR 192", {utf8}).verdict, CharsetVerdict::Declared);
    }

    void declaredSetsThatFit_areTrusted_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        // Valid UTF-8 by chance, or pairs that could be hanzi, in sets whose letters are all in the upper half.
        QTest::newRow("Russian") << "ISO_IR 144"_ba
                                 << "\xB8\xD2\xD0\xDD\xDE\xD2"_ba << u"Иванов"_s;
        QTest::newRow("Russian, valid UTF-8") << "ISO_IR 144"_ba
                                              << "\xC2\xB0\xC2\xB0"_ba << u"ТАТА"_s;
        QTest::newRow("Polish, valid UTF-8") << "ISO_IR 101"_ba
                                             << "R\xD3\xAF\x41"_ba << u"RÓŻA"_s;
        QTest::newRow("Greek") << "ISO_IR 126"_ba
                               << "\xC4\xE9\xEF\xED"_ba << u"Διον"_s;
        QTest::newRow("Arabic") << "ISO_IR 127"_ba
                                << "\xE2\xC8\xC7\xE6\xEA"_ba << u"قباني"_s;
        QTest::newRow("Turkish") << "ISO_IR 148"_ba
                                 << "\xC7\xDD\xD0\x44\x45\x4D"_ba << u"ÇİĞDEM"_s;
        QTest::newRow("Korean") << "\\ISO 2022 IR 149"_ba
                                << "\x1B$)C\xFB\xF3"_ba << u"洪"_s;
        QTest::newRow("Chinese") << "\\ISO 2022 IR 58"_ba
                                 << "\x1B$)A\xD5\xC5"_ba << u"张"_s;
        QTest::newRow("Japanese") << "ISO_IR 13"_ba
                                  << "\xD4\xCF\xC0\xDE"_ba << u"ﾔﾏﾀﾞ"_s;
    }

    void declaredSetsThatFit_areTrusted()
    {
        QFETCH(QByteArray, declared);
        QFETCH(QByteArray, bytes);
        const auto outcome = choose(declared.constData(), {bytes});
        QTEST(outcome.texts.first(), "text");
        QCOMPARE(outcome.verdict, CharsetVerdict::Declared);
    }

    void wrongLabelsOfOtherKinds_areSeen_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("set");
        QTest::newRow("UTF-8 as GB18030") << "GB18030"_ba << u"王芳"_s.toUtf8() << u"王芳"_s << "ISO_IR 192"_ba;
        QTest::newRow("GBK as UTF-8") << "ISO_IR 192"_ba << gbOf(u"王^小东"_s) << u"王^小东"_s << "GB18030"_ba;
        QTest::newRow("GBK as ISO 2022 IR 58")
            << "\\ISO 2022 IR 58"_ba << gbOf(u"朱^镕基"_s) << u"朱^镕基"_s << "GB18030"_ba;
        QTest::newRow("UTF-8 as ISO 2022 IR 58")
            << "\\ISO 2022 IR 58"_ba << u"王^小东"_s.toUtf8() << u"王^小东"_s << "ISO_IR 192"_ba;
        QTest::newRow("Latin-1 as UTF-8") << "ISO_IR 192"_ba
                                          << "M\xFCller"_ba << u"Müller"_s << "ISO_IR 100"_ba;
        QTest::newRow("Latin-1 as nothing") << ""_ba
                                            << "M\xFCller"_ba << u"Müller"_s << "ISO_IR 100"_ba;
        QTest::newRow("UTF-8 as Latin-1") << "ISO_IR 100"_ba << u"Müller"_s.toUtf8() << u"Müller"_s << "ISO_IR 192"_ba;
        QTest::newRow("UTF-8 as Latin-2") << "ISO_IR 101"_ba << u"王芳"_s.toUtf8() << u"王芳"_s << "ISO_IR 192"_ba;
        QTest::newRow("UTF-8 Korean") << "ISO_IR 100"_ba << u"김희중"_s.toUtf8() << u"김희중"_s << "ISO_IR 192"_ba;
        QTest::newRow("UTF-8 Russian") << ""_ba << u"Иванов"_s.toUtf8() << u"Иванов"_s << "ISO_IR 192"_ba;
        QTest::newRow("escapes as Latin-1")
            << "ISO_IR 100"_ba
            << "\x1B$B;3ED\x1B(B"_ba << u"山田"_s << "ISO 2022 IR 100\\ISO 2022 IR 87"_ba;
        QTest::newRow("escapes as nothing") << ""_ba
                                            << "\x1B$)C\xFB\xF3"_ba << u"洪"_s << "ISO 2022 IR 6\\ISO 2022 IR 149"_ba;
        QTest::newRow("escapes as UTF-8") << "ISO_IR 192"_ba
                                          << "\x1B$)A\xD5\xC5"_ba << u"张"_s << "ISO 2022 IR 6\\ISO 2022 IR 58"_ba;
    }

    void wrongLabelsOfOtherKinds_areSeen()
    {
        QFETCH(QByteArray, declared);
        QFETCH(QByteArray, bytes);
        const auto outcome = choose(declared.constData(), {bytes});
        QTEST(outcome.texts.first(), "text");
        QTEST(outcome.set, "set");
        QCOMPARE(outcome.verdict, CharsetVerdict::Mislabelled);
    }

    void plainAscii_isDeclaredOrDefaulted()
    {
        QCOMPARE(choose("", {"DOE^JANE"_ba}).verdict, CharsetVerdict::Defaulted);
        QCOMPARE(choose("ISO_IR 100", {"DOE^JANE"_ba}).verdict, CharsetVerdict::Declared);
        QCOMPARE(choose("", {}).verdict, CharsetVerdict::Defaulted);
    }

    void oneGoodText_helpsTheOthers()
    {
        // One hanzi alone is too little to go by; beside a name it is enough.
        const auto outcome = choose("ISO_IR 100", {gbOf(u"王^小东"_s), gbOf(u"胸"_s)});
        QCOMPARE(outcome.texts, (QStringList{u"王^小东"_s, u"胸"_s}));
    }

    void bytesOfNoSet_areUndecodable()
    {
        QCOMPARE(choose("", {"a\xFF\x80\xFE"_ba}).verdict, CharsetVerdict::Undecodable);
        QVERIFY(choose("", {"a\x80z"_ba}).texts.first().contains(QChar(QChar::ReplacementCharacter)));
        QCOMPARE(choose("ISO_IR 192", {"a\x80z"_ba}).verdict, CharsetVerdict::Undecodable);
        QCOMPARE(choose("\\ISO 2022 IR 87", {"\x1B%Gab"_ba}).verdict, CharsetVerdict::Undecodable);
    }
};

QTEST_GUILESS_MAIN(TestCharsetChoice)
#include "TestCharsetChoice.moc"
