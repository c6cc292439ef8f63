#include "tests/ui/support/UiFixture.h"

#include "core/config/Fields.h"
#include "ui/destinations/DestinationForm.h"
#include "ui/destinations/DestinationTexts.h"

#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

class TestDestinationForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAddressIsAskedForInOneOrderEverywhere()
    {
        QCOMPARE(sectionKeys(DestinationSection::Address),
            QStringList({u"name"_s, u"ae_title"_s, u"host"_s, u"port"_s, u"calling_ae_title"_s})); // as at first start
    }

    void everySettingOfADestinationHasItsPlaceAndItsTexts()
    {
        QStringList placed;
        for (const auto section : {DestinationSection::Address, DestinationSection::Security,
                 DestinationSection::Identity, DestinationSection::Transfer, DestinationSection::Patience}) {
            placed += sectionKeys(section);
        }
        QCOMPARE(placed.size(), static_cast<qsizetype>(config::destinationFields().size()));
        for (const auto& field : config::destinationFields()) {
            QVERIFY2(placed.contains(field.key.toString()), qPrintable(field.key.toString()));
            QVERIFY(!destinationFieldTexts(field.key.toString()).label.isEmpty());
        }
    }

    void anEmptyFormComplainsOnlyWhenSaved()
    {
        DestinationForm form({}, {});
        QVERIFY(form.problem(u"name"_s).isEmpty());
        QVERIFY(!form.destination());
        QCOMPARE(form.touchAll(), u"name"_s);
        QVERIFY(!form.problem(u"host"_s).isEmpty());
        QVERIFY(!form.problem(u"ae_title"_s).isEmpty());
        QVERIFY(form.problem(u"port"_s).isEmpty());
    }

    void whatIsTypedBecomesADestination()
    {
        DestinationForm form({}, {});
        form.setText(u"name"_s, u" 本院 "_s);
        form.setText(u"host"_s, u"10.1.2.3 "_s);
        form.setText(u"ae_title"_s, u"PACS1"_s);
        form.setText(u"port"_s, u"2762"_s);
        form.setText(u"tls.mode"_s, u"bcp195"_s);
        form.setText(u"associations"_s, u"4"_s);
        form.setText(u"hours"_s, u"22:00-06:00"_s);
        form.setText(u"tls.verify_host"_s, u"false"_s);
        const auto made = form.destination();
        QVERIFY(made);
        QCOMPARE(made->name, u"本院"_s);
        QCOMPARE(made->host, u"10.1.2.3"_s);
        QCOMPARE(made->port, 2762);
        QCOMPARE(made->tls.mode, config::TlsMode::Bcp195);
        QCOMPARE(made->associations, 4);
        QCOMPARE(made->hours->from, QTime(22, 0));
        QVERIFY(!made->tls.verifyHost);
        QVERIFY(form.isChanged());
    }

    void impossibleValuesAreRefusedAtTheField_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const QString& key, const QString& text) {
            QTest::newRow(name) << key << text;
        };
        row("port 0", u"port"_s, u"0"_s);
        row("port too large", u"port"_s, u"70000"_s);
        row("port in words", u"port"_s, u"dicom"_s);
        row("title of 17", u"ae_title"_s, u"ABCDEFGHIJKLMNOPQ"_s);
        row("title in Chinese", u"ae_title"_s, u"影像"_s);
        row("title with backslash", u"calling_ae_title"_s, u"A\\B"_s);
        row("host with space", u"host"_s, u"my pacs"_s);
        row("host of one number", u"host"_s, u"12345"_s);
        row("half an IPv4 address", u"host"_s, u"1.2.3"_s);
        row("full-width numbers", u"host"_s, u"１０.１.２.３"_s);
        row("host and port", u"host"_s, u"10.1.2.3:104"_s);
        row("no host", u"host"_s, u""_s);
        row("duration without unit", u"timeouts.connect"_s, u"soon"_s);
        row("hours", u"hours"_s, u"25:00-06:00"_s);
        row("secret itself", u"user_identity.secret"_s, u"swordfish"_s);
        row("attempts", u"retry.max_attempts"_s, u"0"_s);
        row("PDU", u"max_pdu"_s, u"1 B"_s);
        row("rate", u"rate_limit"_s, u"fast"_s);
        row("duplicate name", u"name"_s, u"main-pacs"_s);
    }

    void impossibleValuesAreRefusedAtTheField()
    {
        QFETCH(QString, key);
        QFETCH(QString, text);
        DestinationForm form(destination(u"A"_s), {destination(u"MAIN-PACS"_s, 999)});
        QVERIFY(form.destination());
        form.setText(key, text);
        QVERIFY(!form.problem(key).isEmpty());
        QVERIFY(!form.destination());
        QCOMPARE(form.touchAll(), key);
    }

    void anImpossibleHostIsToldWhatIsPossible()
    {
        DestinationForm form(destination(u"A"_s), {});
        form.setText(u"host"_s, u"12345"_s);
        QCOMPARE(
            form.problem(u"host"_s), u"This must be a host name with letters or an IP address such as \"10.1.2.3\"."_s);
        form.setText(u"host"_s, u"3dlab"_s);
        QVERIFY(form.problem(u"host"_s).isEmpty());
        QCOMPARE(form.destination()->host, u"3dlab"_s);
    }

    void contradictionsAreSaidAtTheirField()
    {
        DestinationForm form(destination(u"A"_s), {});
        form.setText(u"tls.certificate_file"_s, u"/c.pem"_s);
        QCOMPARE(form.touchAll(), u"tls.key_file"_s);
        form.setText(u"tls.key_file"_s, u"/k.pem"_s);
        QVERIFY(form.touchAll().isEmpty());
        form.setText(u"user_identity.kind"_s, u"username-passcode"_s);
        QCOMPARE(form.touchAll(), u"user_identity.user"_s);
        form.setText(u"user_identity.user"_s, u"ct"_s);
        QCOMPARE(form.touchAll(), u"user_identity.secret"_s);
        form.setText(u"user_identity.secret"_s, u"env:PACS"_s);
        form.setText(u"retry.first_delay"_s, u"2h"_s);
        QCOMPARE(form.touchAll(), u"retry.first_delay"_s);
    }

    void theSameAddressIsNotedAndAllowed()
    {
        DestinationForm form(destination(u"A"_s, 105), {destination(u"B"_s, 104)});
        QVERIFY(form.note(u"host"_s).isEmpty());
        form.setText(u"port"_s, u"104"_s);
        QVERIFY(form.note(u"host"_s).contains(u"B"));
        QVERIFY(form.destination());
    }

    void onlyWhatMattersIsRelevant()
    {
        DestinationForm form(destination(u"A"_s), {});
        QVERIFY(!form.isRelevant(u"tls.ca_file"_s));
        QVERIFY(!form.isRelevant(u"user_identity.secret"_s));
        form.setText(u"tls.mode"_s, u"bcp195"_s);
        form.setText(u"user_identity.kind"_s, u"jwt"_s);
        QVERIFY(form.isRelevant(u"tls.ca_file"_s));
        QVERIFY(form.isRelevant(u"user_identity.secret"_s));
        QVERIFY(!form.isRelevant(u"user_identity.user"_s));
    }
};

QTEST_MAIN(TestDestinationForm)
#include "TestDestinationForm.moc"
