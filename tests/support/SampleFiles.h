#pragma once

#include "core/dicom/InstanceHeader.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace radpost::test {

/// A DICOM file that can be sent.
struct Sample
{
    QString path;
    dicom::InstanceHeader header;

    /// The bytes that travel: everything behind the file meta information.
    [[nodiscard]] QByteArray dataSet() const;
};

/// Every readable file under @p folder.
[[nodiscard]] std::vector<Sample> readSamples(const QString& folder);

/// Makes synthetic files of several kinds in all uncompressed syntaxes.
[[nodiscard]] std::vector<Sample> makeSyntheticSamples(const QString& folder);

/// The same, followed by the corpus of real files, where there is one: RADPOST_CORPUS, else ../shared/corpus beside the
/// source.
[[nodiscard]] std::vector<Sample> allSamples(const QString& folder);

} // namespace radpost::test
