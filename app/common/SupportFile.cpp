#include "app/common/SupportFile.h"

#include "app/common/TraceWords.h"

#include <QDate>

#include <limits>

using namespace Qt::StringLiterals;

namespace radpost::app {

QString SupportFile::readme()
{
    const QStringList lines{
        tr("Support bundle of Radpost"),
        {},
        tr("What is in it"),
        tr("- versions.txt, system.txt: versions of Radpost and its libraries, operating system, time zone"),
        tr("- settings.toml, destinations.toml: settings and destinations"),
        tr("- ledger.txt, schema.sql: how many jobs and deliveries there are and how they stand, causes of failures, "
           "and "
           "how the ledger is built"),
        tr("- log: the recent log, masked"),
        tr("- trace.txt, if a destination was traced: what was said on its associations, PDU by PDU, without data "
           "sets"),
        {},
        tr("What is not in it"),
        tr("- images, and anything else from a data set"),
        tr("- names and IDs of patients: paths and UIDs are replaced by marks such as #0123456789 where they are "
           "written, "
           "and names and IDs of every patient in the ledger were looked for in every file and replaced"),
        tr("- passcodes, tickets, tokens, user names, private keys, and where these are kept"),
        {},
        tr("The same text has the same mark on one computer, so that lines can be matched; it cannot be turned back."),
        tr("Not looked for, because they are parts of ordinary text: names of one Chinese character or of fewer than "
           "three letters, and IDs that are numbers of fewer than four digits."),
        tr("Please look through the files before you pass them on."),
    };
    return lines.join(u'\n') + u'\n';
}

Result<engine::SupportBundleFacts> saveSupportBundle(
    const SupportRequest& request, const engine::Engine* engine, const CancelToken& cancel)
{
    engine::SupportBundleParams params;
    params.file = request.file;
    params.program = request.program + u" "_s + QStringLiteral(RADPOST_VERSION);
    params.config = request.config;
    params.logFolder = request.logFolder;
    params.readme = {u"README.txt"_s, SupportFile::readme()};
    if (request.trace) {
        const auto records = request.trace->from(0, std::numeric_limits<std::size_t>::max());
        const QString head = request.tracedDestination + u"\n\n"_s;
        params.more.push_back({u"trace.txt"_s, head + traceText(records, observe::Masking::On)});
    }
    return engine::writeSupportBundle(params, engine, cancel);
}

QString supportFileName()
{
    return u"radpost-support-%1.zip"_s.arg(QDate::currentDate().toString(Qt::ISODate));
}

} // namespace radpost::app
