#pragma once

#include <QString>
#include <QStringView>

namespace radpost::observe {

/// What stands for an identifier (patient ID, name, UID, accession number) in logs: "#" and ten hexadecimal digits,
/// the same for the same text on one machine, so that lines can be matched without saying who it is. Empty stays
/// empty. Keyed with the machine's id, so that a list of guesses cannot be checked elsewhere. Any thread.
[[nodiscard]] QString redact(QStringView identifier);

} // namespace radpost::observe
