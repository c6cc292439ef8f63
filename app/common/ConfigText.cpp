#include "app/common/ConfigText.h"

#include "app/common/RuleText.h"
#include "app/common/Sentences.h"

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

QString rangeText(const config::Expectation& expectation)
{
    using config::ExpectedKind;
    const auto low = expectation.minimum;
    const auto high = expectation.maximum;
    switch (expectation.kind) {
    case ExpectedKind::Duration:
        return ConfigText::tr("%1 to %2").arg(config::durationText(low), config::durationText(high));
    case ExpectedKind::Size:
    case ExpectedKind::Rate:
    case ExpectedKind::SizeOrUnlimited:
        return ConfigText::tr("%1 to %2").arg(config::sizeText(low), config::sizeText(high));
    default:
        return ConfigText::tr("%1 to %2").arg(low).arg(high);
    }
}

} // namespace

QString expectationText(const config::Expectation& expectation)
{
    using config::ExpectedKind;
    switch (expectation.kind) {
    case ExpectedKind::Text:
        return ConfigText::tr("text without control characters, of at most %1 characters").arg(expectation.maximum);
    case ExpectedKind::Name:
        return ConfigText::tr("a name of 1 to %1 characters").arg(expectation.maximum);
    case ExpectedKind::Host:
        return ConfigText::tr("a host name with letters or an IP address such as \"10.1.2.3\"");
    case ExpectedKind::AeTitle:
        return ConfigText::tr("an AE title: 1 to 16 ASCII characters, no backslash");
    case ExpectedKind::Language:
        return ConfigText::tr("\"auto\", \"en\" or \"zh_CN\"");
    case ExpectedKind::Path:
        return ConfigText::tr("a path");
    case ExpectedKind::SecretReference:
        return ConfigText::tr("\"env:NAME\" or \"file:PATH\", never the secret itself");
    case ExpectedKind::Boolean:
        return ConfigText::tr("true or false");
    case ExpectedKind::Integer:
        return ConfigText::tr("a whole number, %1").arg(rangeText(expectation));
    case ExpectedKind::IntegerOrAuto:
        return ConfigText::tr("\"auto\" or a whole number, %1").arg(rangeText(expectation));
    case ExpectedKind::IntegerOrUnlimited:
        return ConfigText::tr("\"unlimited\" or a whole number, %1").arg(rangeText(expectation));
    case ExpectedKind::Duration:
        return ConfigText::tr("a duration such as \"30s\", %1").arg(rangeText(expectation));
    case ExpectedKind::Size:
        return ConfigText::tr("a size such as \"64 KiB\", %1").arg(rangeText(expectation));
    case ExpectedKind::Rate:
        return ConfigText::tr("\"unlimited\" or a rate such as \"20 MiB/s\" or \"100 Mbit/s\"");
    case ExpectedKind::Hours:
        return ConfigText::tr("hours such as \"22:00-06:00\"");
    case ExpectedKind::SizeOrUnlimited:
        return ConfigText::tr("\"unlimited\" or a size such as \"500 GB\", %1").arg(rangeText(expectation));
    case ExpectedKind::AddressList:
        return ConfigText::tr("a list of IP addresses and ranges such as \"10.1.0.0/16\"");
    case ExpectedKind::UidList:
        return ConfigText::tr("a list of UIDs");
    case ExpectedKind::LoopbackEndpoint:
        return ConfigText::tr("an address of this machine itself with a port, such as \"127.0.0.1:9104\"");
    case ExpectedKind::AuditReceiver:
        return ConfigText::tr("a receiver such as \"tls://audit.example:6514\" or \"udp://10.1.2.3:514\"");
    case ExpectedKind::Choice:
        return ConfigText::tr("one of: %1").arg(enumerated(expectation.choices));
    }
    return {};
}

QString problemSentence(const config::ConfigProblem& problem)
{
    using config::ProblemKind;
    const auto& key = problem.key;
    switch (problem.kind) {
    case ProblemKind::Syntax:
        return ConfigText::tr("This is not TOML: %1").arg(problem.detail);
    case ProblemKind::UnknownKey:
        return ConfigText::tr("%1 is not a key that Radpost knows.").arg(key);
    case ProblemKind::BadValue:
        return problem.expectation ? ConfigText::tr("%1 must be %2.").arg(key, expectationText(*problem.expectation))
                                   : ConfigText::tr("Tables of this name must be written as [[%1]].").arg(key);
    case ProblemKind::Missing:
        return ConfigText::tr("%1 is missing.").arg(key);
    case ProblemKind::Contradiction:
        return ConfigText::tr("%1 does not fit the other keys: %2").arg(key, problem.detail);
    case ProblemKind::DuplicateName:
        return ConfigText::tr("Another destination has this name already.");
    case ProblemKind::NewerVersion:
        return ConfigText::tr("The file was written by a newer Radpost.");
    case ProblemKind::Rule:
        return ruleFaultText(problem);
    }
    return {};
}

QString problemText(const config::ConfigProblem& problem)
{
    QString where = problem.file;
    if (problem.line > 0) {
        where += u":%1:%2"_s.arg(problem.line).arg(problem.column);
    }
    // As compilers write it: editors find the place.
    return where.isEmpty() ? problemSentence(problem) : QString(where + u": "_s + problemSentence(problem));
}

} // namespace radpost::app
