#pragma once

#include <QString>

#include <string_view>

namespace radpost::dicom {

/// A byte encoding that has a converter.
enum class TextCodec : quint8 {
    Latin1,
    Latin2,
    Latin3,
    Latin4,
    Cyrillic,
    Arabic,
    Greek,
    Hebrew,
    Latin5,
    Latin9,
    Thai,
    EucJp,
    EucKr,
    Gb18030,
    JisX0201, ///< its upper half, katakana
    Utf8,
};

/// Appends @p bytes, converted. What cannot be converted becomes U+FFFD and false is returned. Any thread; converters
/// are kept per thread.
bool convertText(TextCodec codec, std::string_view bytes, QString& text);

} // namespace radpost::dicom
