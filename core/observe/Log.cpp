#include "core/observe/Log.h"

namespace radpost::observe {

Q_LOGGING_CATEGORY(lcConfig, "radpost.config", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "radpost.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcDicom, "radpost.dicom", QtInfoMsg)
Q_LOGGING_CATEGORY(lcScan, "radpost.scan", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNet, "radpost.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcQueue, "radpost.queue", QtInfoMsg)
Q_LOGGING_CATEGORY(lcEngine, "radpost.engine", QtInfoMsg)
Q_LOGGING_CATEGORY(lcApp, "radpost.app", QtInfoMsg)

} // namespace radpost::observe
