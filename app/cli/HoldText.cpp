#include "app/cli/HoldText.h"

#include "app/cli/Cli.h"
#include "app/cli/TextWidth.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

QString holdWord(store::HoldReason reason)
{
    switch (reason) {
    case store::HoldReason::Rule:
        return u"rule"_s;
    case store::HoldReason::Undecided:
        return u"undecided"_s;
    case store::HoldReason::ProfilesDiffer:
        return u"profiles-differ"_s;
    case store::HoldReason::TransformMissing:
        return u"transform-missing"_s;
    case store::HoldReason::DestinationMissing:
        return u"destination-missing"_s;
    case store::HoldReason::FileMissing:
        break;
    }
    return u"file-missing"_s;
}

QString holdText(const store::SpoolHold& hold)
{
    const auto rule = printable(hold.rule);
    const auto destination = printable(hold.destination);
    const auto text = printable(hold.text);
    switch (hold.reason) {
    case store::HoldReason::Rule:
        return text.isEmpty() ? Cli::tr("The rule \"%1\" holds it.").arg(rule)
                              : Cli::tr("The rule \"%1\" holds it: %2").arg(rule, text);
    case store::HoldReason::Undecided:
        return Cli::tr("The rule \"%1\" could not be judged.").arg(rule);
    case store::HoldReason::ProfilesDiffer:
        return Cli::tr("Two rules send it to %1 with different transform profiles.").arg(destination);
    case store::HoldReason::TransformMissing:
        return Cli::tr("The rule \"%1\" wants the transform profile %2, which cannot be carried out yet; nothing is "
                       "sent to %3.")
            .arg(rule, text, destination);
    case store::HoldReason::DestinationMissing:
        return Cli::tr("The destination %1 is not in the configuration any more.").arg(destination);
    case store::HoldReason::FileMissing:
        break;
    }
    return Cli::tr("Its file in the spool is gone.");
}

} // namespace radpost::cli
