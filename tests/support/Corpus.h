#pragma once

#include <QString>
#include <QStringList>

namespace radpost::test {

/// The folder of real DICOM files that some tests run over: $RADPOST_CORPUS, else ../shared/corpus beside the source
/// tree. Empty when there is none; such tests then have only generated data.
[[nodiscard]] QString corpusFolder();

/// Its files, licence texts left out, as paths relative to corpusFolder(), sorted.
[[nodiscard]] QStringList corpusFiles();

} // namespace radpost::test
