#pragma once

#include <QLoggingCategory>

namespace radpost::observe {

// One category per module: qCInfo(observe::lcNet) << "..."; a line names job, peer and step, and never patient data.
Q_DECLARE_LOGGING_CATEGORY(lcConfig) ///< radpost.config
Q_DECLARE_LOGGING_CATEGORY(lcStore)  ///< radpost.store
Q_DECLARE_LOGGING_CATEGORY(lcDicom)  ///< radpost.dicom
Q_DECLARE_LOGGING_CATEGORY(lcScan)   ///< radpost.scan
Q_DECLARE_LOGGING_CATEGORY(lcNet)    ///< radpost.net
Q_DECLARE_LOGGING_CATEGORY(lcQueue)  ///< radpost.queue
Q_DECLARE_LOGGING_CATEGORY(lcEngine) ///< radpost.engine
Q_DECLARE_LOGGING_CATEGORY(lcApp)    ///< radpost.app

} // namespace radpost::observe
