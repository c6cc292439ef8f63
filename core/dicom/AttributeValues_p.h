#pragma once

#include "core/dicom/AttributeReader.h"
#include "core/dicom/CharacterSet.h"
#include "core/dicom/ElementWalker_p.h"

#include <string>
#include <string_view>
#include <vector>

namespace radpost::dicom {

/// Blanks around a value are padding (PS3.5 6.2), NUL ends a UID; line ends are seen from hand-made files.
[[nodiscard]] std::string_view withoutPadding(std::string_view text);

/// The values of an element of this VR, empty ones and padding included; none of sequences and bulk data.
[[nodiscard]] QStringList valuesOf(
    const QByteArray& vr, std::string_view bytes, bool bigEndian, const CharacterSet& set);

/// No fewer than valuesOf() gives, in no memory: of text the backslashes are counted, also those that are half a
/// letter.
[[nodiscard]] qsizetype mostValuesOf(const QByteArray& vr, std::string_view bytes);

/// True for VRs that Specific Character Set (0008,0005) applies to, unknown ones among them.
[[nodiscard]] bool isInCharacterSet(const QByteArray& vr);

[[nodiscard]] QString trimmedText(QString text);

/// Collects values as they stand in the file, then decodes them: only when all text is known can the character set be
/// judged.
class AttributeValues final
{
public:
    explicit AttributeValues(const std::vector<AttributePath>& paths)
        : m_paths(paths)
        , m_found(paths.size())
        , m_charsets(1)
    {
        for (size_t i = 0; i < paths.size(); ++i) {
            m_found[i].vr = paths[i].vr;
        }
    }

    struct Context
    {
        size_t charset = 0;
        bool bigEndian = false;
    };

    /// @p value: nullptr when the element is empty or too long to be read.
    void add(size_t path, const Element& element, const std::byte* value, Context context);

    /// The path ends at a sequence, which has an item.
    void noteItem(size_t path);

    /// Of the data set, or of an item that has its own. Gives the index for Context.
    size_t addCharacterSet(std::string_view declared, bool isOfItem);

    [[nodiscard]] AttributeSet decoded(const InstanceHeader& header);

private:
    struct Raw
    {
        size_t path = 0;
        QByteArray vr;
        std::string bytes;
        Context context;
    };

    void decode(const Raw& raw, const std::vector<CharacterSet>& sets);
    [[nodiscard]] std::vector<CharacterSet> characterSets(const InstanceHeader& header) const;

    const std::vector<AttributePath>& m_paths;
    AttributeSet m_found;
    std::vector<Raw> m_raws;
    std::vector<std::string> m_charsets; ///< as declared; the first is that of the data set
    size_t m_bytes = 0;
};

} // namespace radpost::dicom
