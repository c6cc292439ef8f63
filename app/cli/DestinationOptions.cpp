#include "app/cli/DestinationOptions.h"

#include "app/cli/Cli.h"
#include "app/common/ConfigText.h"
#include "core/config/Fields.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

constexpr std::array<std::pair<QStringView, QStringView>, 3> kShortcuts{
    {{u"associations", u"associations"}, {u"window", u"window"}, {u"calling-aet", u"calling_ae_title"}}};

Result<> setField(config::Destination& destination, QStringView key, const QString& text)
{
    const auto* field = config::findDestinationField(key);
    if (field == nullptr) {
        return fail(ErrorCode::InvalidArgument, Cli::tr("%1 is not a key of a destination.").arg(key));
    }
    const auto expects = field->expects();
    if (!field->set(destination, config::scalarFromText(text, expects))) {
        return fail(ErrorCode::InvalidArgument, Cli::tr("%1 must be %2.").arg(key, app::expectationText(expects)));
    }
    return {};
}

} // namespace

std::vector<OptionSpec> destinationOptions()
{
    return {
        {u"associations"_s, u"auto|N"_s, Cli::tr("Associations at once; auto: as many as bring something."), {}},
        {u"window"_s, u"N"_s, Cli::tr("Requests without answer on one association; the destination may allow fewer."),
            {}},
        {u"calling-aet"_s, u"AET"_s, Cli::tr("AE title by which we call."), {}},
        {u"set"_s, u"KEY=VALUE"_s,
            Cli::tr("Any other key of a destination, such as tls.mode=bcp195; see docs/user/config.md."), {}},
    };
}

Result<> applyDestinationOptions(const Arguments& arguments, config::Destination& destination)
{
    Result<> result;
    for (const auto& [option, key] : kShortcuts) {
        if (result && arguments.has(option.toString())) {
            result = setField(destination, key, arguments.value(option.toString()));
        }
    }
    for (const auto& assignment : arguments.list(u"set"_s)) {
        const auto equals = assignment.indexOf(u'=');
        if (result) {
            result = setField(
                destination, QStringView(assignment).left(equals < 0 ? 0 : equals), assignment.mid(equals + 1));
        }
    }
    if (result) {
        if (const auto wrong = config::findContradiction(destination)) {
            return fail(ErrorCode::InvalidArgument, wrong->key + u": "_s + wrong->detail);
        }
    }
    return result;
}

} // namespace radpost::cli
