#pragma once

#include "core/base/Error.h"
#include "core/dicom/RenderedFrame.h"

#include <QCoreApplication>
#include <QString>

#include <vector>

namespace radpost::ui {

/// What stands where a picture would be.
struct PreviewMessage
{
    Q_DECLARE_TR_FUNCTIONS(PreviewMessage)

public:
    QString heading;
    QString text;
    QString small; ///< for support
};

[[nodiscard]] PreviewMessage messageOf(dicom::NoPicture reason);
[[nodiscard]] PreviewMessage messageOf(const Error& error);
/// The name of a class or a syntax in the Standard, else the UID.
[[nodiscard]] QString sopClassName(const QString& uid);
[[nodiscard]] QString transferSyntaxName(const QString& uid);

/// Transfer syntax, matrix, bits, photometric interpretation: one line.
[[nodiscard]] QString factsOf(const dicom::RenderedFrame& frame);
/// Of the corner of the picture; empty for colour.
[[nodiscard]] QString windowText(const dicom::RenderedFrame& frame, const dicom::WindowChoice& choice);

struct WindowPreset
{
    Q_DECLARE_TR_FUNCTIONS(WindowPreset)

public:
    QString name;
    dicom::WindowChoice window;
};

/// Those of the file first, then all values, then the usual ones of the modality.
[[nodiscard]] std::vector<WindowPreset> presetsFor(const dicom::RenderedFrame& frame);

} // namespace radpost::ui
