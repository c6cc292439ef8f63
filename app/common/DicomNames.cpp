#include "app/common/DicomNames.h"

#include "app/common/Sentences.h"
#include "core/dicom/SopClass.h"
#include "core/dicom/TransferSyntax.h"

namespace radpost::app {

namespace {

template <typename Row>
QString nameOf(const Row* row, const QString& uid)
{
    return row == nullptr ? uid : QString::fromLatin1(row->name.data(), static_cast<qsizetype>(row->name.size()));
}

} // namespace

QString sopClassName(const SopClassUid& uid)
{
    return nameOf(dicom::SopClass::find(uid.value), uid.toString());
}

QString transferSyntaxName(const TransferSyntaxUid& uid)
{
    return nameOf(dicom::TransferSyntax::find(uid.value), uid.toString());
}

QString transferSyntaxNames(const engine::SeriesNode& series)
{
    QStringList names;
    for (const auto& context : series.contexts) {
        const auto name = transferSyntaxName(context.transferSyntaxUid);
        if (!names.contains(name)) {
            names.append(name);
        }
    }
    return enumerated(names);
}

} // namespace radpost::app
