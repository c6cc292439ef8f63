#include "core/dicom/TextCodec_p.h"

#include <QStringDecoder>

#include <iconv.h>

#include <array>
#include <cerrno>

namespace radpost::dicom {

namespace {

// Names that glibc, GNU libiconv and the BSDs share, in the order of TextCodec.
constexpr std::array kIconvNames = {"ISO-8859-1", "ISO-8859-2", "ISO-8859-3", "ISO-8859-4", "ISO-8859-5", "ISO-8859-6",
    "ISO-8859-7", "ISO-8859-8", "ISO-8859-9", "ISO-8859-15", "TIS-620", "EUC-JP", "EUC-KR", "GB18030"};

constexpr auto kUtf16 = Q_BYTE_ORDER == Q_LITTLE_ENDIAN ? "UTF-16LE" : "UTF-16BE";

class Converter final
{
public:
    Converter() = default;
    ~Converter()
    {
        if (m_isOpen) {
            iconv_close(m_iconv);
        }
    }
    Q_DISABLE_COPY_MOVE(Converter)

    bool append(TextCodec codec, std::string_view bytes, QString& text)
    {
        if (!open(codec)) {
            text.append(QString(static_cast<qsizetype>(bytes.size()), QChar(QChar::ReplacementCharacter)));
            return false;
        }
        iconv(m_iconv, nullptr, nullptr, nullptr, nullptr);
        bool faultless = true;
        char* in = const_cast<char*>(bytes.data());
        size_t inLeft = bytes.size();
        while (inLeft > 0) {
            if (!step(&in, &inLeft, text)) {
                // Resume behind the bad byte, so that one fault does not swallow the text behind it.
                faultless = false;
                text.append(QChar(QChar::ReplacementCharacter));
                ++in;
                --inLeft;
            }
        }
        return faultless;
    }

private:
    bool open(TextCodec codec)
    {
        if (!m_isOpen) {
            m_iconv = iconv_open(kUtf16, kIconvNames[static_cast<size_t>(codec)]);
            m_isOpen = m_iconv != reinterpret_cast<iconv_t>(-1);
        }
        return m_isOpen;
    }

    /// Converts as far as the block or the first fault; false at a fault.
    bool step(char** in, size_t* inLeft, QString& text)
    {
        std::array<char16_t, 128> block;
        char* out = reinterpret_cast<char*>(block.data());
        size_t outLeft = sizeof block;
        const size_t outcome = iconv(m_iconv, in, inLeft, &out, &outLeft);
        const int error = errno;
        text.append(QStringView(block.data(), static_cast<qsizetype>((sizeof block - outLeft) / sizeof(char16_t))));
        return outcome != static_cast<size_t>(-1) || error == E2BIG;
    }

    iconv_t m_iconv = {};
    bool m_isOpen = false;
};

bool appendUtf8(std::string_view bytes, QString& text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    text += decoder(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return !decoder.hasError();
}

/// ISO-IR 13; not every iconv has it.
bool appendKatakana(std::string_view bytes, QString& text)
{
    bool faultless = true;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isKatakana = byte >= 0xA1 && byte <= 0xDF;
        text += isKatakana ? QChar(0xFF61 + byte - 0xA1) : QChar(QChar::ReplacementCharacter);
        faultless = faultless && isKatakana;
    }
    return faultless;
}

} // namespace

bool convertText(TextCodec codec, std::string_view bytes, QString& text)
{
    switch (codec) {
    case TextCodec::Utf8:
        return appendUtf8(bytes, text);
    case TextCodec::JisX0201:
        return appendKatakana(bytes, text);
    case TextCodec::Latin1:
        text += QLatin1StringView(bytes.data(), static_cast<qsizetype>(bytes.size()));
        return true;
    default:
        break;
    }
    thread_local std::array<Converter, kIconvNames.size()> converters;
    return converters[static_cast<size_t>(codec)].append(codec, bytes, text);
}

} // namespace radpost::dicom
