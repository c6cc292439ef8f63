#pragma once

#include "core/engine/StudyTree.h"

#include <QString>

#include <vector>

namespace radpost::cli {

class Console;

/// Patients, studies and series as indented lines; with --json one "series" event each series, which holds what is
/// known of its patient and study, too.
void printStudyTree(Console& console, const std::vector<engine::PatientNode>& patients);

/// In an order that stays, which that of a parallel scan is not: by patient ID, date of the study, number of the
/// series.
[[nodiscard]] std::vector<engine::PatientNode> sortedForPeople(std::vector<engine::PatientNode> patients);

/// Name, ID, sex and date of birth on one line.
[[nodiscard]] QString patientText(const engine::PatientNode& patient);
/// Date, description and accession number on one line.
[[nodiscard]] QString studyText(const engine::StudyNode& study);

[[nodiscard]] QString warningText(engine::TreeWarning warning);

} // namespace radpost::cli
