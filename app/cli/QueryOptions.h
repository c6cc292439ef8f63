#pragma once

#include "app/cli/Arguments.h"
#include "core/engine/QueryClient.h"

#include <variant>
#include <vector>

namespace radpost::cli {

/// --patient-id, --study, --series, --image, --model: what move and get take and find narrows its search by.
[[nodiscard]] std::vector<OptionSpec> uniqueKeyOptions();
/// --name, --accession, --date, --modality, --key, --charset, --limit: the rest of what find and worklist search by.
[[nodiscard]] std::vector<OptionSpec> searchOptions();

/// What find is to ask, or a sentence that says what is wrong.
[[nodiscard]] std::variant<engine::FindParams, QString> findParams(const Arguments& arguments);
[[nodiscard]] std::variant<engine::FindParams, QString> worklistParams(const Arguments& arguments);
/// The lowest of --patient-id, --study, --series, --image is the level.
[[nodiscard]] std::variant<engine::RetrieveParams, QString> retrieveParams(const Arguments& arguments);

} // namespace radpost::cli
