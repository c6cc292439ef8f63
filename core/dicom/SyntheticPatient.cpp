#include "core/dicom/SyntheticPatient_p.h"

#include "core/dicom/PhantomPixels_p.h"

#include <iconv.h>

#include <array>

namespace radpost::dicom {

namespace {

using namespace Qt::StringLiterals;

struct NamePair
{
    const char* alphabetic;
    const char* ideographic; // UTF-8, GB 2312 characters only
};

constexpr std::array kNames{NamePair{"Wang^XiaoMing", "王^小明"}, NamePair{"Li^Na", "李^娜"},
    NamePair{"Zhang^Wei", "张^伟"}, NamePair{"Liu^Yang", "刘^洋"}, NamePair{"Chen^JianGuo", "陈^建国"},
    NamePair{"OuYang^Hua", "欧阳^华"}, NamePair{"Zhao^LiYing", "赵^丽颖"}, NamePair{"Sun^YuHan", "孙^雨涵"}};

constexpr const char* kInstitution = "南山区人民医院";
constexpr const char* kFinding = "两肺纹理清晰，未见明显异常。";
/// U+20000 has four bytes in GB18030 and no place in GBK: it tells the two apart.
constexpr const char* kRareCharacter = "𠀀";

Result<QByteArray> gb18030(QByteArrayView utf8)
{
    const iconv_t converter = iconv_open("GB18030", "UTF-8");
    if (converter == reinterpret_cast<iconv_t>(-1)) {
        return fail(ErrorCode::Internal, u"iconv knows no GB18030"_s);
    }
    QByteArray input = utf8.toByteArray();
    QByteArray output(input.size() * 2, '\0');
    char* from = input.data();
    char* to = output.data();
    auto fromLeft = static_cast<std::size_t>(input.size());
    auto toLeft = static_cast<std::size_t>(output.size());
    const auto converted = iconv(converter, &from, &fromLeft, &to, &toLeft);
    iconv_close(converter);
    if (converted == static_cast<std::size_t>(-1)) {
        return fail(ErrorCode::Internal, u"iconv to GB18030 failed"_s);
    }
    output.truncate(output.size() - static_cast<qsizetype>(toLeft));
    return output;
}

/// Designates GB 2312 to G1 before every run of Chinese: the designation ends at each delimiter (PS3.5 6.1.2.5.3).
QByteArray withEscapes(const QByteArray& gb)
{
    QByteArray out;
    bool inChinese = false;
    for (const char c : gb) {
        const bool high = (static_cast<unsigned char>(c) & 0x80) != 0;
        if (high && !inChinese) {
            out.append("\x1B$)A");
        }
        inChinese = high;
        out.append(c);
    }
    return out;
}

Result<QByteArray> encoded(SyntheticText text, const QByteArray& utf8)
{
    switch (text) {
    case SyntheticText::Gb18030:
    case SyntheticText::MislabelledGbk:
        return gb18030(utf8);
    case SyntheticText::Iso2022Ir58:
        return gb18030(utf8).map(withEscapes);
    case SyntheticText::Utf8:
    case SyntheticText::MislabelledUtf8:
    case SyntheticText::Ascii:
        break;
    }
    return utf8;
}

QByteArray declaration(SyntheticText text)
{
    switch (text) {
    case SyntheticText::Utf8:
        return "ISO_IR 192"_ba;
    case SyntheticText::Gb18030:
        return "GB18030"_ba;
    case SyntheticText::Iso2022Ir58:
        return "\\ISO 2022 IR 58"_ba;
    case SyntheticText::MislabelledGbk:
    case SyntheticText::MislabelledUtf8:
        return "ISO_IR 100"_ba;
    case SyntheticText::Ascii:
        break;
    }
    return {};
}

QByteArray nameInUtf8(SyntheticText text, int index)
{
    const NamePair& pair = kNames[static_cast<std::size_t>(index) % kNames.size()];
    if (text == SyntheticText::Ascii) {
        return pair.alphabetic;
    }
    const QByteArray name = QByteArray(pair.alphabetic) + '=' + pair.ideographic;
    return text == SyntheticText::Gb18030 ? name + kRareCharacter : name;
}

} // namespace

Result<SyntheticPatient> syntheticPatient(SyntheticText text, quint64 seed, int index)
{
    const bool ascii = text == SyntheticText::Ascii;
    auto name = encoded(text, nameInUtf8(text, index));
    auto institution = encoded(text, ascii ? "Nanshan District Hospital"_ba : QByteArray(kInstitution));
    auto finding = encoded(text, ascii ? "No abnormality seen."_ba : QByteArray(kFinding));
    for (const auto* one : {&name, &institution, &finding}) {
        if (!one->has_value()) {
            return fail(one->error());
        }
    }
    const quint64 dice = mixed(seed ^ mixed(static_cast<quint64>(index)));
    SyntheticPatient patient;
    patient.specificCharacterSet = declaration(text);
    patient.patientName = std::move(*name);
    patient.patientId = "SYN" + QByteArray::number(seed) + '-' + QByteArray::number(index + 1).rightJustified(5, '0');
    patient.patientBirthDate = QByteArray::number(1940 + dice % 70) +
        QByteArray::number(1 + (dice >> 8) % 12).rightJustified(2, '0') +
        QByteArray::number(1 + (dice >> 16) % 28).rightJustified(2, '0');
    patient.patientSex = index % 2 == 0 ? "M"_ba : "F"_ba;
    patient.institutionName = std::move(*institution);
    patient.finding = std::move(*finding);
    return patient;
}

} // namespace radpost::dicom
