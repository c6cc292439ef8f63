#pragma once

#include "core/dicom/HeaderReader.h"
#include "core/route/RuleBook.h"
#include "tests/support/DataSetBuilder.h"

#include <QTest>

namespace radpost::test {

inline const QStringList kDestinations{
    QStringLiteral("PACS"), QStringLiteral("BACKUP"), QStringLiteral("AI"), QStringLiteral("CLOUD")};

inline std::shared_ptr<const route::RuleBook> bookOf(const QByteArray& toml)
{
    auto loaded = route::loadRules(toml, QStringLiteral("r.toml"), kDestinations);
    for (const auto& problem : loaded.problems) {
        qWarning("%s", qPrintable(problem.toError().detail));
    }
    return loaded.book;
}

/// A CT from CT1 at 10.1.2.3, received on Wednesday, 2025-01-08 10:30 local time.
inline route::InstanceFacts someFacts()
{
    route::InstanceFacts facts;
    facts.callingAeTitle = {"CT1"};
    facts.calledAeTitle = {"GATEWAY"};
    facts.peerAddress = QStringLiteral("10.1.2.3");
    const QDateTime received(QDate(2025, 1, 8), QTime(10, 30));
    facts.receivedAt = Clock::WallTime(std::chrono::milliseconds(received.toMSecsSinceEpoch()));
    facts.sopClassUid = {"1.2.840.10008.5.1.4.1.1.2"};
    facts.sopInstanceUid = {"1.2.3.4"};
    facts.transferSyntaxUid = {"1.2.840.10008.1.2.1"};
    facts.studyInstanceUid = {"1.2.3"};
    facts.seriesInstanceUid = {"1.2.3.1"};
    facts.modality = QStringLiteral("CT");
    facts.studyDescription = QStringLiteral("HEAD routine");
    facts.attributes = dicom::AttributeSet();
    return facts;
}

/// The facts of a file in memory, as the book needs them.
inline route::InstanceFacts factsOfFile(const QByteArray& file, const route::RuleBook& book)
{
    const auto header = dicom::HeaderReader().readBytes(asBytes(file));
    if (!header) {
        return {};
    }
    auto facts = route::factsOf(*header);
    auto found = dicom::AttributeReader(book.attributes()).readBytes(asBytes(file), *header);
    if (found) {
        facts.attributes = *std::move(found);
    }
    return facts;
}

} // namespace radpost::test
