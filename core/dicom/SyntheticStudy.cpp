#include "core/dicom/SyntheticStudy.h"

#include "core/dicom/PhantomPixels_p.h"
#include "core/dicom/SyntheticInstance_p.h"

#include <zlib.h>

#include <QDate>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

namespace radpost::dicom {

namespace {

using namespace Qt::StringLiterals;

/// An even number that still fits the length field of Pixel Data (PS3.5 7.1).
constexpr qint64 kLargestPixelBytes = 0xFFFFFFFE;

/// Raw deflate of all that is given (PS3.5 A.5).
class Deflater final
{
public:
    Deflater() { m_ready = deflateInit2(&m_stream, 1, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK; }
    ~Deflater() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Deflater)

    /// Feeds @p in and appends what comes out. @p last ends the stream.
    [[nodiscard]] bool feed(QByteArrayView in, bool last, QByteArray& out)
    {
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
        m_stream.avail_in = static_cast<uInt>(in.size());
        std::array<char, 65536> piece;
        do {
            m_stream.next_out = reinterpret_cast<Bytef*>(piece.data());
            m_stream.avail_out = piece.size();
            if (!m_ready || deflate(&m_stream, last ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR) {
                return false;
            }
            out.append(piece.data(), static_cast<qsizetype>(piece.size() - m_stream.avail_out));
        } while (m_stream.avail_out == 0);
        return true;
    }

private:
    z_stream m_stream{};
    bool m_ready = false;
};

/// One Part 10 file being written: first what stays as it is, then the data set, deflated when the syntax says so.
class InstanceWriter final
{
public:
    InstanceWriter(const QString& path, bool deflated)
        : m_file(path)
    {
        if (deflated) {
            m_deflater.emplace();
        }
    }

    [[nodiscard]] Result<> open(const QByteArray& fileMeta)
    {
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered)) {
            return failed();
        }
        m_pending = fileMeta;
        return {};
    }

    [[nodiscard]] Result<> write(QByteArrayView dataSet) { return put(dataSet, false); }

    [[nodiscard]] Result<qint64> finish()
    {
        if (auto done = put({}, true); !done) {
            return fail(done.error());
        }
        const qint64 size = m_file.size();
        m_file.close();
        return size;
    }

private:
    Result<> put(QByteArrayView bytes, bool last)
    {
        if (!m_deflater) {
            m_pending.append(bytes);
        } else if (!m_deflater->feed(bytes, last, m_pending)) {
            return fail(ErrorCode::Internal, u"zlib refused to deflate"_s);
        }
        if (last && m_deflater && m_file.pos() + m_pending.size() % 2 != 0) {
            m_pending.append('\0'); // a deflated data set of odd length is padded (PS3.5 A.5)
        }
        if (!last && m_pending.size() < kFlushBytes) {
            return {};
        }
        const bool written = m_file.write(m_pending) == m_pending.size();
        m_pending.resize(0);
        return written ? Result<>{} : failed();
    }

    tl::unexpected<Error> failed() const
    {
        return fail(ErrorCode::FileWriteFailed, m_file.fileName() + u": " + m_file.errorString());
    }

    static constexpr qsizetype kFlushBytes = 1 << 20;

    QFile m_file;
    QByteArray m_pending;
    std::optional<Deflater> m_deflater;
};

/// A series with every default filled in.
struct Shape
{
    int rows = 0;
    int columns = 0;
    int frames = 1;
    qint64 pixelBytes = 0; // even
};

Result<Shape> shapeOf(const SyntheticSeries& series)
{
    const SyntheticTraits& traits = syntheticTraits(series.kind);
    if (series.instances < 1 || series.rows < 0 || series.columns < 0 || series.frames < 0 ||
        series.instanceBytes < 0) {
        return fail(
            ErrorCode::InvalidArgument, u"a synthetic series wants at least one instance and no negative size"_s);
    }
    if (traits.rows == 0) {
        return Shape{};
    }
    const bool cine = series.kind == SyntheticKind::UsMultiFrame;
    qint64 rows = series.rows > 0 ? series.rows : traits.rows;
    const qint64 columns = series.columns > 0 ? series.columns : traits.columns;
    qint64 frames = cine && series.frames > 0 ? series.frames : traits.frames;
    const qint64 rowBytes = columns * traits.bitsAllocated / 8;
    if (series.instanceBytes > 0 && cine) {
        frames = std::max<qint64>(1, series.instanceBytes / (rows * rowBytes));
    } else if (series.instanceBytes > 0) {
        rows = std::max<qint64>(1, series.instanceBytes / rowBytes);
    }
    const qint64 pixelBytes = (rows * rowBytes * frames + 1) & ~qint64(1);
    if (rows > 0xFFFF || columns > 0xFFFF || pixelBytes > kLargestPixelBytes) {
        return fail(ErrorCode::InvalidArgument, u"a synthetic instance of this size does not fit its length fields"_s);
    }
    return Shape{static_cast<int>(rows), static_cast<int>(columns), static_cast<int>(frames), pixelBytes};
}

/// Makes one run; holds what its steps share.
class Maker final
{
public:
    Maker(const SyntheticParams& params, const CancelToken& cancel)
        : m_params(params)
        , m_cancel(cancel)
    {
    }

    Result<SyntheticSummary> run()
    {
        if (auto ready = prepare(); !ready) {
            return fail(ready.error());
        }
        for (int patient = 0; patient < m_params.patients; ++patient) {
            if (auto made = makePatient(patient); !made) {
                return fail(made.error());
            }
        }
        return m_summary;
    }

private:
    Result<> prepare()
    {
        const bool counts = m_params.patients > 0 && m_params.studiesPerPatient > 0 && !m_params.series.isEmpty();
        if (m_params.folder.isEmpty() || !counts || m_params.texts.isEmpty()) {
            return fail(ErrorCode::InvalidArgument,
                u"synthetic studies want a folder, patients, studies, series and a text kind"_s);
        }
        for (const SyntheticSeries& series : m_params.series) {
            auto shape = shapeOf(series);
            if (!shape) {
                return fail(shape.error());
            }
            const SyntheticTraits& traits = syntheticTraits(series.kind);
            m_shapes.push_back(*shape);
            m_pixels.push_back(shape->rows == 0 ? nullptr
                                                : std::make_unique<PhantomPixels>(shape->rows, shape->columns,
                                                      traits.bitsAllocated, traits.bitsStored));
        }
        return {};
    }

    Result<> makePatient(int index)
    {
        auto patient = syntheticPatient(m_params.texts[index % m_params.texts.size()], m_params.seed, index);
        if (!patient) {
            return fail(patient.error());
        }
        ++m_summary.patients;
        for (int study = 0; study < m_params.studiesPerPatient; ++study) {
            if (auto made = makeStudy(*patient, index, study); !made) {
                return made;
            }
        }
        return {};
    }

    Result<> makeStudy(const SyntheticPatient& patient, int patientIndex, int study)
    {
        const QByteArray name = QByteArray::number(m_params.seed) + '/' + QByteArray::number(patientIndex) + '/' +
            QByteArray::number(study);
        const int ordinal = patientIndex * m_params.studiesPerPatient + study;
        SyntheticInstance instance;
        instance.syntax = m_params.syntax;
        instance.patient = &patient;
        instance.studyInstanceUid = syntheticUid(name);
        instance.frameOfReferenceUid = syntheticUid(name + "/frame");
        instance.accessionNumber = "A" + QByteArray::number(ordinal + 1).rightJustified(7, '0');
        instance.studyDate = QDate(2024, 1, 15).addDays(ordinal % 365).toString(u"yyyyMMdd").toLatin1();
        const QString folder = u"%1/P%2/ST%3"_s.arg(m_params.folder)
                                   .arg(patientIndex + 1, 4, 10, QLatin1Char('0'))
                                   .arg(study + 1, 2, 10, QLatin1Char('0'));
        ++m_summary.studies;
        for (int series = 0; series < m_params.series.size(); ++series) {
            instance.seriesNumber = series + 1;
            if (auto made = makeSeries(instance, name, folder); !made) {
                return made;
            }
        }
        return {};
    }

    Result<> makeSeries(SyntheticInstance& instance, const QByteArray& studyName, const QString& studyFolder)
    {
        const qsizetype index = instance.seriesNumber - 1;
        const SyntheticSeries& series = m_params.series[index];
        const Shape& shape = m_shapes[static_cast<std::size_t>(index)];
        const QString folder = u"%1/SE%2_%3"_s.arg(studyFolder)
                                   .arg(instance.seriesNumber, 2, 10, QLatin1Char('0'))
                                   .arg(QLatin1String(syntheticTraits(series.kind).modality));
        if (!QDir().mkpath(folder)) {
            return fail(ErrorCode::FileWriteFailed, u"cannot make the folder "_s + folder);
        }
        const QByteArray name = studyName + '/' + QByteArray::number(index);
        instance.kind = series.kind;
        instance.seriesInstanceUid = syntheticUid(name);
        instance.rows = shape.rows;
        instance.columns = shape.columns;
        instance.frames = shape.frames;
        ++m_summary.series;
        for (int number = 1; number <= series.instances; ++number) {
            instance.instanceNumber = number;
            instance.sopInstanceUid = syntheticUid(name + '/' + QByteArray::number(number));
            if (auto made = makeInstance(instance, folder); !made) {
                return made;
            }
        }
        return {};
    }

    Result<> makeInstance(const SyntheticInstance& instance, const QString& folder)
    {
        const Shape& shape = m_shapes[static_cast<std::size_t>(instance.seriesNumber - 1)];
        const QString path = folder + u"/I%1.dcm"_s.arg(instance.instanceNumber, 5, 10, QLatin1Char('0'));
        InstanceWriter writer(path, m_params.syntax == SyntheticSyntax::Deflated);
        auto written = writer.open(syntheticFileMeta(instance))
                           .and_then([&] {
                               return writer.write(syntheticDataSet(instance, static_cast<quint32>(shape.pixelBytes)));
                           })
                           .and_then([&] { return writePixels(instance, writer); })
                           .and_then([&] { return writer.finish(); });
        if (!written) {
            return fail(written.error());
        }
        ++m_summary.instances;
        m_summary.bytes += *written;
        return m_cancel.check();
    }

    Result<> writePixels(const SyntheticInstance& instance, InstanceWriter& writer)
    {
        const auto series = static_cast<std::size_t>(instance.seriesNumber - 1);
        const Shape& shape = m_shapes[series];
        if (shape.rows == 0) {
            return {};
        }
        const PhantomPixels& pixels = *m_pixels[series];
        m_frame.resize(pixels.frameBytes());
        const quint64 seed = mixed(m_params.seed ^ mixed(static_cast<quint64>(m_summary.instances)));
        for (int frame = 0; frame < shape.frames; ++frame) {
            pixels.fill(m_frame, seed + static_cast<quint64>(frame), m_params.syntax == SyntheticSyntax::ExplicitBig);
            const QByteArrayView view(
                reinterpret_cast<const char*>(m_frame.data()), static_cast<qsizetype>(m_frame.size()));
            if (auto step = m_cancel.check().and_then([&] { return writer.write(view); }); !step) {
                return step;
            }
        }
        const qint64 bytes = static_cast<qint64>(m_frame.size()) * shape.frames;
        return bytes == shape.pixelBytes ? Result<>{} : writer.write(QByteArrayView("\0", 1));
    }

    const SyntheticParams& m_params;
    const CancelToken& m_cancel;
    std::vector<Shape> m_shapes; // one for each of m_params.series, like m_pixels
    std::vector<std::unique_ptr<PhantomPixels>> m_pixels;
    std::vector<std::byte> m_frame;
    SyntheticSummary m_summary;
};

} // namespace

Result<SyntheticSummary> makeSyntheticStudies(const SyntheticParams& params, const CancelToken& cancel)
{
    return Maker(params, cancel).run();
}

} // namespace radpost::dicom
