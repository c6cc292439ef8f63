#include "core/net/DimseStatus.h"

#include <QTest>

using namespace radpost;
using namespace radpost::net;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(radpost::net::StatusClass)
Q_DECLARE_METATYPE(radpost::net::StatusAction)
Q_DECLARE_METATYPE(radpost::Retry)

class TestDimseStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachStatusHasItsClassActionAndRetry_data();
    void eachStatusHasItsClassActionAndRetry();
    void everyValueHasAMeaningWhoseRetryFitsItsClass();
    void aStoredInstanceIsNoError();
    void anErrorKeepsTheNumberAndThePeersComment();
    void refusalsOfAClassAndOfAnAuthorisationHaveTheirOwnCodes();
};

void TestDimseStatus::eachStatusHasItsClassActionAndRetry_data()
{
    QTest::addColumn<quint16>("status");
    QTest::addColumn<QString>("keyword");
    QTest::addColumn<StatusClass>("statusClass");
    QTest::addColumn<StatusAction>("action");
    QTest::addColumn<Retry>("retry");

    const auto row = [](quint16 status, const QString& keyword, StatusClass statusClass, StatusAction action,
                         Retry retry) {
        QTest::newRow(qPrintable(u"%1"_s.arg(status, 4, 16, QLatin1Char('0'))))
            << status << keyword << statusClass << action << retry;
    };
    const auto warning = [&row](quint16 status, const QString& keyword) {
        row(status, keyword, StatusClass::StoredWithWarning, StatusAction::Note, Retry::Never);
    };
    const auto permanent = [&row](quint16 status, const QString& keyword) {
        row(status, keyword, StatusClass::Permanent, StatusAction::FailInstance, Retry::Never);
    };
    const auto transient = [&row](quint16 status, const QString& keyword, StatusAction action) {
        row(status, keyword, StatusClass::Transient, action, Retry::Later);
    };

    row(0x0000, u"Success"_s, StatusClass::Stored, StatusAction::None, Retry::Never);
    warning(0x0001, u"OptionalAttributesNotSupported"_s);
    permanent(0x0002, u"Unknown"_s);
    permanent(0x0100, u"Unknown"_s);
    permanent(0x0105, u"NoSuchAttribute"_s);
    permanent(0x0106, u"InvalidAttributeValue"_s);
    warning(0x0107, u"AttributeListError"_s);
    transient(0x0110, u"ProcessingFailure"_s, StatusAction::RetryInstance);
    warning(0x0111, u"DuplicateSopInstance"_s);
    permanent(0x0112, u"NoSuchSopInstance"_s);
    permanent(0x0113, u"NoSuchEventType"_s);
    permanent(0x0114, u"NoSuchArgument"_s);
    permanent(0x0115, u"InvalidArgumentValue"_s);
    warning(0x0116, u"AttributeValueOutOfRange"_s);
    permanent(0x0117, u"InvalidSopInstance"_s);
    permanent(0x0118, u"NoSuchSopClass"_s);
    permanent(0x0119, u"ClassInstanceConflict"_s);
    permanent(0x0120, u"MissingAttribute"_s);
    permanent(0x0121, u"MissingAttributeValue"_s);
    permanent(0x0122, u"SopClassNotSupported"_s);
    permanent(0x0123, u"NoSuchActionType"_s);
    row(0x0124, u"NotAuthorised"_s, StatusClass::Configuration, StatusAction::StopJob, Retry::AfterOperator);
    permanent(0x0131, u"Unknown"_s);
    transient(0x0210, u"DuplicateInvocation"_s, StatusAction::RetryInstance);
    permanent(0x0211, u"UnrecognizedOperation"_s);
    permanent(0x0212, u"MistypedArgument"_s);
    transient(0x0213, u"ResourceLimitation"_s, StatusAction::BackOffDestination);
    permanent(0x1234, u"Unknown"_s);
    permanent(0xA000, u"Refused"_s);
    permanent(0xA6FF, u"Refused"_s);
    transient(0xA700, u"OutOfResources"_s, StatusAction::BackOffDestination);
    transient(0xA701, u"OutOfResources"_s, StatusAction::BackOffDestination);
    transient(0xA7FF, u"OutOfResources"_s, StatusAction::BackOffDestination);
    permanent(0xA800, u"Refused"_s);
    permanent(0xA801, u"MoveDestinationUnknown"_s);
    permanent(0xA900, u"DataSetDoesNotMatchSopClass"_s);
    permanent(0xA9FF, u"DataSetDoesNotMatchSopClass"_s);
    permanent(0xAA00, u"Refused"_s);
    warning(0xB000, u"CoercionOfDataElements"_s);
    warning(0xB006, u"ElementsDiscarded"_s);
    warning(0xB007, u"DataSetDoesNotMatchSopClassWarning"_s);
    warning(0xB001, u"Warning"_s);
    warning(0xBFFF, u"Warning"_s);
    permanent(0xC000, u"CannotUnderstand"_s);
    permanent(0xCFFF, u"CannotUnderstand"_s);
    permanent(0xD000, u"Unknown"_s);
    transient(0xFE00, u"Cancelled"_s, StatusAction::RetryInstance);
    transient(0xFF00, u"Pending"_s, StatusAction::RetryInstance);
    transient(0xFF01, u"Pending"_s, StatusAction::RetryInstance);
    permanent(0xFFFF, u"Unknown"_s);
}

void TestDimseStatus::eachStatusHasItsClassActionAndRetry()
{
    QFETCH(quint16, status);
    QFETCH(QString, keyword);
    QFETCH(StatusClass, statusClass);
    QFETCH(StatusAction, action);
    QFETCH(Retry, retry);

    const StatusMeaning meaning = storeStatusMeaning(status);
    QCOMPARE(meaning.keyword.toString(), keyword);
    QCOMPARE(meaning.statusClass, statusClass);
    QCOMPARE(meaning.action, action);
    QCOMPARE(meaning.retry, retry);
}

void TestDimseStatus::everyValueHasAMeaningWhoseRetryFitsItsClass()
{
    for (int value = 0; value <= 0xFFFF; ++value) {
        const StatusMeaning meaning = storeStatusMeaning(static_cast<quint16>(value));
        QVERIFY(!meaning.keyword.isEmpty());
        QCOMPARE(meaning.retry == Retry::Later, meaning.statusClass == StatusClass::Transient);
        QCOMPARE(meaning.retry == Retry::AfterOperator, meaning.statusClass == StatusClass::Configuration);
    }
}

void TestDimseStatus::aStoredInstanceIsNoError()
{
    for (const quint16 status : {quint16(0), quint16(0xB000), quint16(0xB006), quint16(0xB007), quint16(0x0111)}) {
        QVERIFY(storeStatusMeaning(status).isStored());
        QVERIFY(!storeStatusError(status, u"x"_s));
    }
}

void TestDimseStatus::anErrorKeepsTheNumberAndThePeersComment()
{
    const auto error = storeStatusError(0xA701, u"disk full"_s);
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::StatusRefused);
    QCOMPARE(error->dimseStatus, quint16(0xA701));
    QCOMPARE(error->detail, u"C-STORE status 0xa701 (OutOfResources): disk full"_s);
    QCOMPARE(storeStatusError(0x1234)->dimseStatus, quint16(0x1234));
}

void TestDimseStatus::refusalsOfAClassAndOfAnAuthorisationHaveTheirOwnCodes()
{
    QCOMPARE(storeStatusError(0x0122)->code, ErrorCode::SopClassRefused);
    QCOMPARE(storeStatusError(0x0124)->code, ErrorCode::StatusNotAuthorised);
    QCOMPARE(storeStatusError(0xC123)->code, ErrorCode::StatusFailed);
    QCOMPARE(storeStatusError(0xA900)->code, ErrorCode::StatusFailed);
}

QTEST_GUILESS_MAIN(TestDimseStatus)
#include "TestDimseStatus.moc"
