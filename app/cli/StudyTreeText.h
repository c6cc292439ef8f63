#pragma once

#include "core/engine/StudyTree.h"

#include <QString>

#include <vector>

namespace radpost::cli {

class Console;

/// Patients, studies and series as indented lines; with --json one "series" event each series, which holds what is
/// known of its patient and study, too.
void printStudyTree(Console& console, const std::vector<engine::PatientNode>& patients);

[[nodiscard]] QString warningText(engine::TreeWarning warning);

} // namespace radpost::cli
