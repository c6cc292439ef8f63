#include "app/cli/TlsText.h"

#include "app/cli/Cli.h"
#include "app/cli/TextWidth.h"
#include "app/common/ErrorText.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using net::TlsCertificate;
using net::TlsFacts;

QString dayOf(const QDateTime& time)
{
    return time.date().toString(Qt::ISODate);
}

QString namesText(const TlsCertificate& certificate)
{
    const QStringList names = certificate.dnsNames + certificate.ipAddresses;
    return names.isEmpty() ? Cli::tr("none") : names.join(u", "_s);
}

QString askedText(const net::DoctorReport& report)
{
    if (!report.tls.certificateRequested) {
        return Cli::tr("The destination did not ask for a certificate of ours.");
    }
    return report.lacksOurCertificate ? Cli::tr("The destination asked for a certificate of ours, and none is set.")
                                      : Cli::tr("The destination asked for a certificate of ours, and one is set.");
}

QJsonObject certificateObject(const TlsCertificate& certificate)
{
    return {{u"subject"_s, certificate.subject}, {u"issuer"_s, certificate.issuer},
        {u"notBefore"_s, certificate.notBefore.toString(Qt::ISODate)},
        {u"notAfter"_s, certificate.notAfter.toString(Qt::ISODate)}, {u"key"_s, certificate.key},
        {u"sha256"_s, certificate.sha256}};
}

QJsonArray problemsArray(const TlsFacts& facts)
{
    QJsonArray array;
    for (const auto& problem : facts.problems) {
        array.append(QJsonObject{{u"code"_s, static_cast<int>(problem.code)},
            {u"name"_s, errorName(problem.code).toString()}, {u"depth"_s, problem.depth},
            {u"message"_s, app::errorText(problem.code).happened}, {u"detail"_s, problem.detail}});
    }
    return array;
}

} // namespace

QStringList tlsLines(const net::DoctorReport& report)
{
    const auto& facts = report.tls;
    if (facts.chain.empty()) {
        return {};
    }
    const auto& own = facts.chain.front();
    QStringList lines{Cli::tr("Certificate of %1, by %2").arg(printable(own.subject), printable(own.issuer)),
        Cli::tr("Made for: %1").arg(printable(namesText(own))), u"SHA-256: "_s + own.sha256, Cli::tr("Chain:")};
    int number = 0;
    for (const auto& certificate : facts.chain) {
        lines.append(u"  "_s +
            Cli::tr("%1. %2, by %3, until %4")
                .arg(++number)
                .arg(printable(certificate.subject), printable(certificate.issuer), dayOf(certificate.notAfter)));
    }
    for (const auto& problem : facts.problems) {
        lines.append(
            u"✖ "_s + Cli::tr("Certificate %1: %2").arg(problem.depth + 1).arg(app::errorText(problem.code).happened));
    }
    lines.append(askedText(report));
    return lines;
}

QJsonObject tlsFields(const net::DoctorReport& report)
{
    const auto& facts = report.tls;
    QJsonObject fields{{u"protocol"_s, facts.protocol}, {u"cipher"_s, facts.cipher},
        {u"problems"_s, problemsArray(facts)}, {u"clientCertificateRequested"_s, facts.certificateRequested}};
    QJsonArray chain;
    for (const auto& certificate : facts.chain) {
        chain.append(certificateObject(certificate));
    }
    fields.insert(u"chain"_s, chain);
    if (!facts.chain.empty()) {
        const auto& own = facts.chain.front();
        fields.insert(u"subject"_s, own.subject);
        fields.insert(u"issuer"_s, own.issuer);
        fields.insert(u"notAfter"_s, own.notAfter.toString(Qt::ISODate));
        fields.insert(u"sha256"_s, own.sha256);
        fields.insert(u"dnsNames"_s, QJsonArray::fromStringList(own.dnsNames));
        fields.insert(u"ipAddresses"_s, QJsonArray::fromStringList(own.ipAddresses));
    }
    return fields;
}

} // namespace radpost::cli
