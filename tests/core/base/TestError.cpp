#include "core/base/Result.h"

#include <QSet>
#include <QTest>

using namespace radpost;

class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasANameOfItsOwn()
    {
        QSet<QString> names;
        for (int value = 1; value < 700; ++value) {
            const auto name = errorName(static_cast<ErrorCode>(value)).toString();
            if (name != QStringLiteral("Unknown")) {
                QVERIFY2(!names.contains(name), qPrintable(name));
                names.insert(name);
            }
        }
        QVERIFY(names.size() > 50);
    }

    void failCarriesTheDefaultRetryOfItsCode()
    {
        const Result<int> refused = fail(ErrorCode::CalledAeNotRecognised, QStringLiteral("x"));
        QCOMPARE(refused.error().retry, Retry::AfterOperator);
        QCOMPARE(Result<int>(fail(ErrorCode::ConnectionLost)).error().retry, Retry::Later);
        QCOMPARE(Result<int>(fail(ErrorCode::NotDicom)).error().retry, Retry::Never);
    }
};

QTEST_GUILESS_MAIN(TestError)
#include "TestError.moc"
