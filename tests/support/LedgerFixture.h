#pragma once

#include "core/base/Result.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "core/store/LedgerTypes.h"

#include <QTemporaryDir>

#include <memory>

namespace radpost::test {

/// A ledger in a folder of its own.
class LedgerFixture final
{
public:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("data/ledger.db")); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }

    /// Null when it cannot be opened; error() says why.
    store::Ledger* open(const Clock* clock = nullptr)
    {
        m_ledger.reset();
        auto opened = store::Ledger::open({.path = path(), .mode = store::LedgerMode::ReadWrite, .clock = clock});
        m_error = opened ? std::nullopt : std::optional(opened.error());
        m_ledger = opened ? std::move(*opened) : nullptr;
        return m_ledger.get();
    }
    void close() { m_ledger.reset(); }
    [[nodiscard]] store::Ledger& ledger() { return *m_ledger; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<store::Ledger> m_ledger;
    std::optional<Error> m_error;
};

/// The n-th of a made-up study; 10 to a series, 100 to a folder.
inline store::NewInstance makeInstance(int n, qint64 bytes = 1000)
{
    store::NewInstance instance;
    instance.path = QStringLiteral("/data/%1/IM%2.dcm").arg(n / 100).arg(n, 6, 10, QLatin1Char('0'));
    instance.sizeBytes = bytes + 400;
    instance.mtimeNs = 1'700'000'000'000'000'000 + n;
    instance.dataSetOffset = 400;
    instance.dataSetLength = bytes;
    instance.sopClassUid.value = "1.2.840.10008.5.1.4.1.1.2";
    instance.transferSyntaxUid.value = "1.2.840.10008.1.2.1";
    instance.sopInstanceUid.value = "2.25.1000." + QByteArray::number(n);
    instance.series.patientName = QStringLiteral("Test^Patient");
    instance.series.patientId = QStringLiteral("P1");
    instance.series.studyInstanceUid.value = "2.25.1";
    instance.series.seriesInstanceUid.value = "2.25.1." + QByteArray::number(n / 10);
    instance.series.modality = QStringLiteral("CT");
    instance.series.seriesNumber = n / 10;
    return instance;
}

inline store::NewJob makeJob(const QString& destination = QStringLiteral("PACS"))
{
    return {QStringLiteral("a job"), destination, QStringLiteral("contract of ") + destination, QString(), 0};
}

} // namespace radpost::test
