#include "core/dicom/ChineseText_p.h"

#include "core/dicom/TextCodec_p.h"

#include <QList>
#include <QString>

#include <algorithm>
#include <bitset>

namespace radpost::dicom {

namespace {

// Surnames that cover some 99 % of the population, simplified, by frequency.
constexpr char16_t kSurnames[] =
    u"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    u"陆汪"
    u"范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍"
    u"庞颜"
    u"倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻"
    u"祁蒲"
    u"房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋"
    u"商刁"
    u"沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官诸葛司徒上官尉迟公皇甫慕容令狐端木萧阎付闻连代涂占";

constexpr char16_t kGivenNames[] = u"伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚玉萍红鹏玲飞建国辉力志海燕梦婷雪佳慧琳"
                                   u"倩颖琪瑶欣怡思雨宇轩浩然子涵梓晨"
                                   u"博俊泽睿昊天一诺可馨诗嘉美凤春香月珍莲翠云花莉晓小东西南北中大永福贵生德兴旺发财宝"
                                   u"利民健斌彬波冰冬峰锋光良善仁义礼智"
                                   u"信忠孝庆新立家树森松楠栋瑞祥祺琴瑟珊瑾瑜璐璇璟萱蕾菲芬芝茹莹薇蓉淑贞洁雅娴婉婧妍妮"
                                   u"娇娥媛嫣君凯旋帆航远征川河湖洪清源"
                                   u"泉润沛淼鑫钰铭锦镇钧钢铁银山岩嵩峻岭旭昕昱晟晖晗晴乐欢喜悦悠怀恒恩惠慈愿学士雄豪世"
                                   u"代年正元亨佩培亮振兆先进才根水火土"
                                   u"星辰阿爱伯长朝传达道殿鼎多凡奇启乾巧勤晶巍文武兵炜焕少绍胜圣诚承跃耀业益毅友有宪献"
                                   u"延彦阔来老妹弟哥儿女男二三四五六七八九十百千";

constexpr char16_t kReportWords[] =
    u"头颅脑胸腹盆腔部颈椎腰骶尾骨关节肩肘腕手指髋膝踝足趾左右侧双上下肢前后位斜轴冠矢状面平扫增强造影血管动静脉成像扫"
    u"描薄层"
    u"重建三维肝胆胰脾肾肺心脏主膀胱列腺子宫卵巢乳甲鼻窦眼眶内耳垂体超声彩色多普勒检查诊断报告病人患者医院科室放射磁共"
    u"振波谱"
    u"弥散加权灌注定序图测试姓名编号日期时间正常期相门延迟对比剂全身软组织窗常规急复查普通住体第次份号床测量结果输尿道"
    u"食胃肠钼靶脊柱腺管肌皮直透视穿刺活引导术口牙咽喉气支";

using HanziSet = std::bitset<0x10000>;

HanziSet setOf(std::initializer_list<QStringView> lists)
{
    HanziSet set;
    for (const QStringView list : lists) {
        for (const QChar c : list) {
            set.set(c.unicode());
        }
    }
    return set;
}

const HanziSet& surnames()
{
    static const HanziSet set = setOf({kSurnames});
    return set;
}

const HanziSet& commonHanzi()
{
    static const HanziSet set = setOf({kSurnames, kGivenNames, kReportWords});
    return set;
}

unsigned byteAt(std::string_view text, size_t i)
{
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

bool isLetter(unsigned byte)
{
    return (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z';
}

/// What speaks for and against Chinese in some texts.
struct Evidence
{
    bool isValid = true;
    int hanzi = 0;
    int firstLevel = 0;  ///< of the 3755 hanzi of GB 2312 in everyday use
    int longestRun = 0;  ///< hanzi without anything between
    int loneInWords = 0; ///< single hanzi beside ASCII letters: what Latin-1 words make
    int common = 0;
    int leadingSurnames = 0;

    void add(std::string_view text);

private:
    /// Reads the run of upper-half characters at @p i; the offset behind it.
    size_t addRun(std::string_view text, size_t i);
    /// Reads one character; its length, 0 when it is none.
    size_t addCharacter(std::string_view text, size_t i, int* hanziInRun);
};

void Evidence::add(std::string_view text)
{
    for (size_t i = 0; i < text.size() && isValid;) {
        i = byteAt(text, i) < 0x80 ? i + 1 : addRun(text, i);
    }
    QString decoded;
    convertText(TextCodec::Gb18030, text, decoded);
    common += static_cast<int>(commonHanziCount(decoded));
    // A Chinese family name stands first, in the value or in its ideographic group.
    for (const QStringView group : QStringView(decoded).split(u'=')) {
        leadingSurnames += !group.isEmpty() && surnames().test(group.front().unicode()) ? 1 : 0;
    }
}

size_t Evidence::addRun(std::string_view text, size_t i)
{
    const bool afterLetter = i > 0 && isLetter(byteAt(text, i - 1));
    int hanziInRun = 0;
    while (byteAt(text, i) >= 0x80) {
        const size_t length = addCharacter(text, i, &hanziInRun);
        if (length == 0) {
            isValid = false;
            return text.size();
        }
        i += length;
    }
    longestRun = std::max(longestRun, hanziInRun);
    loneInWords += hanziInRun == 1 && (afterLetter || isLetter(byteAt(text, i))) ? 1 : 0;
    return i;
}

size_t Evidence::addCharacter(std::string_view text, size_t i, int* hanziInRun)
{
    const unsigned lead = byteAt(text, i);
    const unsigned trail = byteAt(text, i + 1);
    if (lead == 0x80 || lead == 0xFF) {
        return 0;
    }
    const auto isDigit = [](unsigned byte) { return byte >= '0' && byte <= '9'; };
    if (isDigit(trail)) {
        return byteAt(text, i + 2) > 0x80 && isDigit(byteAt(text, i + 3)) ? 4 : 0;
    }
    if (trail < 0x40 || trail == 0x7F || trail == 0xFF) {
        return 0;
    }
    const bool isGb2312 = trail >= 0xA1;
    if (isGb2312 && lead >= 0xA1 && lead <= 0xA9) {
        return 2; // punctuation, full-width letters and the like
    }
    ++hanzi;
    ++*hanziInRun;
    firstLevel += isGb2312 && lead >= 0xB0 && lead <= 0xD7 ? 1 : 0;
    return 2;
}

/// True when all upper-half bytes are letters of one language that writes them side by side, as in "ÅÄÖ".
bool isOneAlphabet(std::span<const std::string_view> texts)
{
    constexpr std::string_view alphabets[] = {"\xC4\xC5\xD6\xE4\xE5\xF6", // Swedish, Finnish
        "\xC4\xD6\xDC\xDF\xE4\xF6\xFC",                                   // German
        "\xC5\xC6\xD8\xE5\xE6\xF8"};                                      // Danish, Norwegian
    return std::any_of(std::begin(alphabets), std::end(alphabets), [texts](std::string_view alphabet) {
        return std::all_of(texts.begin(), texts.end(), [alphabet](std::string_view text) {
            return std::all_of(text.begin(), text.end(), [alphabet](char c) {
                return static_cast<signed char>(c) >= 0 || alphabet.find(c) != std::string_view::npos;
            });
        });
    });
}

} // namespace

qsizetype commonHanziCount(QStringView text)
{
    return std::count_if(
        text.begin(), text.end(), [](QChar c) { return c.unicode() > 0xFF && commonHanzi().test(c.unicode()); });
}

bool looksLikeGb18030(std::span<const std::string_view> texts)
{
    Evidence evidence;
    for (const std::string_view text : texts) {
        evidence.add(text);
    }
    if (!evidence.isValid || evidence.hanzi == 0 || isOneAlphabet(texts)) {
        return false;
    }
    // Western text makes pairs too ("ção"), but alone, inside words, and of rare hanzi; Chinese has them in runs, or
    // alone between delimiters behind a family name, and of common ones.
    const int score = evidence.common + evidence.leadingSurnames;
    if (evidence.longestRun < 2 && (evidence.leadingSurnames == 0 || evidence.loneInWords > 0)) {
        return false;
    }
    return score * 2 > evidence.hanzi && evidence.firstLevel * 2 >= evidence.hanzi &&
        evidence.loneInWords * 2 <= evidence.hanzi;
}

} // namespace radpost::dicom
