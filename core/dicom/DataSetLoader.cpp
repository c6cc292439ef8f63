#include "core/dicom/DataSetLoader_p.h"

#include "core/dicom/FileSource_p.h"
#include "core/dicom/InflateSource_p.h"
#include "core/dicom/StructureCheck_p.h"
#include "core/dicom/TransferSyntax.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcistrmf.h>

#include <QFile>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

Result<> check(ByteSource& source, const InstanceHeader& header, const TransferSyntax& syntax, qint64 mostInflated)
{
    WalkStatus status = WalkStatus::Ok;
    if (syntax.isDeflated) {
        InflateSource inflated(source, header.dataSetOffset, mostInflated);
        status = checkStructure(inflated, 0, syntax.encoding);
    } else {
        status = checkStructure(source, header.dataSetOffset, syntax.encoding);
    }
    switch (status) {
    case WalkStatus::Truncated:
        return fail(ErrorCode::DicomTruncated, u"the bytes end inside an element"_s);
    case WalkStatus::Malformed:
        return fail(ErrorCode::DicomMalformed, u"elements are not nested properly"_s);
    default:
        return {};
    }
}

E_TransferSyntax dcmtkSyntax(const InstanceHeader& header, const TransferSyntax& syntax)
{
    const DcmXfer xfer(header.transferSyntaxUid.value.constData());
    if (xfer.getXfer() != EXS_Unknown) {
        return xfer.getXfer();
    }
    return syntax.encoding.explicitVr ? EXS_LittleEndianExplicit : EXS_LittleEndianImplicit;
}

Result<> read(DcmInputStream& stream, E_TransferSyntax syntax, DcmDataset& dataSet)
{
    dataSet.transferInit();
    const OFCondition status = dataSet.read(stream, syntax);
    dataSet.transferEnd();
    if (status.bad()) {
        return fail(status == EC_EndOfStream ? ErrorCode::DicomTruncated : ErrorCode::DicomMalformed,
            QString::fromLatin1(status.text()));
    }
    return {};
}

} // namespace

Result<> loadDataSet(const QString& path, const InstanceHeader& header, const TransferSyntax& syntax,
    DcmDataset& dataSet, qint64 mostInflated)
{
    FileSource source;
    const auto checked = source.open(path).and_then([&] { return check(source, header, syntax, mostInflated); });
    if (!checked) {
        return checked;
    }
    DcmInputFileStream stream(QFile::encodeName(path).constData());
    stream.skip(header.dataSetOffset);
    return read(stream, dcmtkSyntax(header, syntax), dataSet);
}

} // namespace radpost::dicom
