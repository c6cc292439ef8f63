#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <vector>

namespace radpost::dicom {

/// One tag on the way to an attribute.
struct AttributeStep
{
    quint32 tag = 0;    ///< group << 16 | element; of a private one the element without its block
    QByteArray creator; ///< empty: not private (PS3.5 7.8)
    int number = 0;     ///< counted from 1: of a sequence the item (PS3.5 7.5), of the last step the value; 0: any
    friend bool operator==(const AttributeStep&, const AttributeStep&) = default;
};

/// Where in a data set an attribute is, through sequences.
struct AttributePath
{
    std::vector<AttributeStep> steps;
    QByteArray vr; ///< of the last step as the dictionary has it, "PN"; empty: unknown
    friend bool operator==(const AttributePath&, const AttributePath&) = default;

    /// What it may tell about a person: patient module, names, identifiers, free text, unknown private content.
    [[nodiscard]] bool isPersonal() const;
};

enum class PathFault { Unknown, Shape, Group, NoCreator, NotASequence, TooDeep };

/// Steps more than any IOD needs.
inline constexpr int kDeepestPath = 8;

/// Reads "StudyDescription", "(0008,1030)", "00081030", "RequestAttributesSequence[1].ScheduledProcedureStepID",
/// "ImageType[3]", "(0019,\"SIEMENS MR HEADER\",0C)"; @p creator belongs to the last tag: "(0019,100C)" with "SIEMENS
/// MR HEADER". Keywords are those of PS3.6 as DCMTK has them. Blocks on the first use of the dictionary; any thread.
/// Errors: the PathFault; Unknown is a keyword that the dictionary lacks, a tag need not be there.
[[nodiscard]] tl::expected<AttributePath, PathFault> parseAttributePath(QStringView text, QStringView creator = {});

/// The VR that the dictionary has for a tag that is not private, "PN"; empty: unknown. Any thread.
[[nodiscard]] QByteArray dictionaryVr(quint32 tag);

/// The keyword, else the tag, of every step: "RequestAttributesSequence.ScheduledProcedureStepID".
[[nodiscard]] QString toText(const AttributePath& path);

} // namespace radpost::dicom
