#pragma once

#include "core/base/StrongId.h"
#include "core/observe/AuditMessage.h"
#include "core/queue/Receipt.h"

#include <QList>

namespace radpost::engine {

/// What the audit trail says of a job that is at rest: for each patient "Begin Transferring DICOM Instances" and "DICOM
/// Instances Transferred" with what was stored, and one more for what was rejected, with its first reason. Nothing of a
/// patient of whom nothing came to an end. @p callingAeTitle is ours where the destination names no other.
[[nodiscard]] QList<observe::AuditMessage> auditMessages(const queue::Receipt& receipt, const AeTitle& callingAeTitle);

} // namespace radpost::engine
