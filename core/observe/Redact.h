#pragma once

#include <QString>
#include <QStringView>

namespace radpost::observe {

/// What stands for an identifier (patient ID, name, UID, accession number) in logs: "#" and ten hexadecimal digits,
/// the same for the same text on one machine, so that lines can be matched without saying who it is. Empty stays
/// empty. Keyed with the machine's id, so that a list of guesses cannot be checked elsewhere. Any thread.
[[nodiscard]] QString redact(QStringView identifier);

/// A line of a log in which paths, whose folders are often named after patients, and UIDs of instances, series and
/// studies are redacted. A path without quotation marks is taken to reach to the end of the line: blanks belong to
/// names of folders. UIDs of the Standard stay. Any thread.
[[nodiscard]] QString maskedText(const QString& line);

} // namespace radpost::observe
