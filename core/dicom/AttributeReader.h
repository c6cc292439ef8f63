#pragma once

#include "core/base/Result.h"
#include "core/dicom/AttributePath.h"
#include "core/dicom/InstanceHeader.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace radpost::dicom {

/// What one path found in a data set.
struct FoundAttribute
{
    bool isPresent = false;  ///< the element is there, perhaps empty
    bool hasContent = false; ///< not empty; of a sequence: it has items
    bool isComplete = true;  ///< false: some of it was too long or too much, so that more values may be there
    QByteArray vr;           ///< "PN"; of what was found, else of the dictionary
    QStringList values;      ///< that are not empty, decoded, without padding; none of sequences and bulk data
    friend bool operator==(const FoundAttribute&, const FoundAttribute&) = default;
};

/// One for each path, in the order of the paths.
using AttributeSet = std::vector<FoundAttribute>;

/// Reads chosen attributes of data sets in one pass that ends behind the last one wanted; pixel data are never read.
/// Without DCMTK: any encoding, deflated too, with every length checked. Text is decoded by the set that the header
/// found to be right, items by their own Specific Character Set (0008,0005) where they have one. A value above
/// kLongestAttribute, or more than kMostAttributeValues of them, is not given: see FoundAttribute::isComplete.
/// Blocks on file reads; one thread at a time; the reader keeps its buffer.
class AttributeReader final
{
public:
    static constexpr quint32 kLongestAttribute = 16 * 1024;
    static constexpr qsizetype kMostAttributeValues = 1000;

    explicit AttributeReader(std::vector<AttributePath> paths);
    ~AttributeReader();
    Q_DISABLE_COPY_MOVE(AttributeReader)

    [[nodiscard]] const std::vector<AttributePath>& paths() const;

    /// @p header is that of the same file, by HeaderReader. Reads nothing when there are no paths.
    /// Errors: FileNotFound, FileUnreadable, DicomTruncated, DicomMalformed.
    [[nodiscard]] Result<AttributeSet> readFile(const QString& path, const InstanceHeader& header);

    /// The same over bytes in memory that hold the whole file.
    [[nodiscard]] Result<AttributeSet> readBytes(std::span<const std::byte> file, const InstanceHeader& header);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::dicom
