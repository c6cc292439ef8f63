#pragma once

#include <QList>
#include <QModelIndex>
#include <QString>

#include <utility>

namespace radpost::ui {

class SendTreeModel;

/// What the check says of ticked series that somebody does not take.
struct RefusedPart
{
    QList<std::pair<QString, qint64>> instances; ///< of each destination that refuses some, in the order chosen
    QModelIndexList series;                      ///< that no chosen destination takes anything of
};

/// @p destinations are those that were asked.
[[nodiscard]] RefusedPart refusedPart(const SendTreeModel& model, const QStringList& destinations);

} // namespace radpost::ui
