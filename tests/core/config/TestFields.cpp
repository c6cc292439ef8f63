#include "core/config/Fields.h"

#include <QFile>
#include <QSet>
#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace Qt::StringLiterals;

namespace {

// Every default can be written down and read back: otherwise a file that spells defaults out would be refused.
template <typename Owner>
void checkDefaults(std::span<const Field<Owner>> fields)
{
    const Owner defaults;
    for (const auto& field : fields) {
        const bool mustBeGiven = field.key == u"name" || field.key == u"host" ||
            (field.key == u"ae_title" && std::is_same_v<Owner, Destination>);
        Owner owner;
        QVERIFY2(mustBeGiven || field.set(owner, field.get(defaults)), qPrintable(field.key.toString()));
        QVERIFY(owner == defaults);
        QVERIFY(!describe(field.expects()).isEmpty());
        QVERIFY2(!field.set(owner, Scalar()), "a float, a date or a table is never a value");
    }
}

} // namespace

class TestFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsOfSettingsAreValid() { checkDefaults(settingsFields()); }
    void defaultsOfDestinationsAreValid() { checkDefaults(destinationFields()); }
    void defaultsOfListenersAreValid() { checkDefaults(listenerFields()); }
    void defaultsOfPeersAreValid() { checkDefaults(peerFields()); }

    void keysAreUnique()
    {
        QSet<QString> keys;
        for (const auto& field : destinationFields()) {
            keys.insert(field.key.toString());
        }
        QCOMPARE(keys.size(), qsizetype(destinationFields().size()));
    }

    void theManualNamesEveryKey()
    {
        QFile file(qEnvironmentVariable("RADPOST_SOURCE_DIR") + u"/docs/user/config.md"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto manual = QString::fromUtf8(file.readAll());
        for (const auto& field : destinationFields()) {
            QVERIFY2(manual.contains(u"| `"_s + field.key + u"` |"_s), qPrintable(field.key.toString()));
        }
        for (const auto& field : listenerFields()) {
            QVERIFY2(manual.contains(u"| `"_s + field.key + u"` |"_s), qPrintable(field.key.toString()));
        }
        for (const auto& field : peerFields()) {
            QVERIFY2(manual.contains(u"| `"_s + field.key + u"` |"_s), qPrintable(field.key.toString()));
        }
        for (const auto& field : watchFields()) {
            QVERIFY2(manual.contains(u"| `"_s + field.key + u"` |"_s), qPrintable(field.key.toString()));
        }
        for (const auto& field : settingsFields()) {
            QVERIFY2(manual.contains(u"| `"_s + field.key + u"` |"_s), qPrintable(field.key.toString()));
        }
    }

    void textBecomesTheKindOfValueThatIsExpected()
    {
        QVERIFY(scalarFromText(u"8"_s, {ExpectedKind::Integer, 0, 9, {}}) == Scalar(qint64(8)));
        QVERIFY(scalarFromText(u"auto"_s, {ExpectedKind::IntegerOrAuto, 0, 9, {}}) == Scalar(u"auto"_s));
        QVERIFY(scalarFromText(u"8"_s, {ExpectedKind::Name, 0, 9, {}}) == Scalar(u"8"_s));
        QVERIFY(scalarFromText(u"Yes"_s, {ExpectedKind::Boolean, 0, 0, {}}) == Scalar(true));
        QVERIFY(scalarFromText(u"no"_s, {ExpectedKind::Boolean, 0, 0, {}}) == Scalar(false));
        QVERIFY(scalarFromText(u"maybe"_s, {ExpectedKind::Boolean, 0, 0, {}}) == Scalar());
    }

    void quantitiesAreWrittenInTheLargestExactUnit()
    {
        QCOMPARE(durationText(0), u"0ms"_s);
        QCOMPARE(durationText(1500), u"1500ms"_s);
        QCOMPARE(durationText(90'000), u"90s"_s);
        QCOMPARE(durationText(3'600'000), u"1h"_s);
        QCOMPARE(sizeText(0), u"0 B"_s);
        QCOMPARE(sizeText(1000), u"1000 B"_s);
        QCOMPARE(sizeText(65536), u"64 KiB"_s);
        QCOMPARE(sizeText(1 << 20), u"1 MiB"_s);
    }
};

QTEST_GUILESS_MAIN(TestFields)
#include "TestFields.moc"
