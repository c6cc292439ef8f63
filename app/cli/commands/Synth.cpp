#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/JsonValues.h"
#include "app/cli/Session.h"
#include "app/cli/SyntheticOptions.h"
#include "app/common/Format.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec synthSpec()
{
    return {u"synth"_s, u"FOLDER"_s, Cli::tr("Make synthetic studies for tests and demonstrations"),
        Cli::tr(
            "Writes DICOM files of people who do not exist: a phantom with noise, names from a fixed list, Chinese "
            "ones among them. The same options give the same files.\n"
            "KIND is ct, mr, us (multi-frame), cr, sr or tiny; COUNT instances of it make one series; SIZE, such as "
            "2GiB, is what one instance should have."),
        1, 1,
        {{u"series"_s, u"KIND[:COUNT[:SIZE]]"_s,
             Cli::tr("A series of each study; may be given several times. Without it: one of every kind."), {}},
            {u"patients"_s, u"N"_s, Cli::tr("Number of patients; the default is 1."), {}},
            {u"studies"_s, u"N"_s, Cli::tr("Studies of each patient; the default is 1."), {}},
            {u"text"_s, u"NAME"_s,
                Cli::tr("Encoding of names, patients take them in turn: utf8, gb18030, iso2022, mislabelled-gbk, "
                        "mislabelled-utf8, ascii."),
                {}},
            {u"syntax"_s, u"NAME"_s, Cli::tr("Transfer syntax: explicit, implicit, big-endian, deflated."), {}},
            {u"seed"_s, u"N"_s, Cli::tr("Another number gives other people, UIDs and noise."), {}}},
        {u"radpost synth /tmp/studies"_s,
            u"radpost synth /tmp/ct --series ct:1000 --patients 2 --text gb18030,utf8"_s}};
}

ExitCode runSynth(Session& session, const Arguments& arguments)
{
    dicom::SyntheticParams params;
    params.folder = arguments.positional().first();
    if (const auto wrong = readSyntheticOptions(arguments, params); !wrong.isEmpty()) {
        return session.misused(wrong, u"synth"_s);
    }
    const Interrupt interrupt;
    const auto made = dicom::makeSyntheticStudies(params, interrupt.token());
    if (!made) {
        return session.failed(made.error());
    }
    session.console().event(u"made"_s, toJson(*made, params.folder));
    session.console().line(
        Cli::tr("%1 instances (%2) in %3 series of %4 studies, %5 patients: %6")
            .arg(app::countText(made->instances), app::bytesText(made->bytes), app::countText(made->series),
                app::countText(made->studies), app::countText(made->patients), params.folder));
    return ExitCode::Ok;
}

} // namespace radpost::cli
