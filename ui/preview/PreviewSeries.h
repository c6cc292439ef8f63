#pragma once

#include <QString>

#include <vector>

namespace radpost::ui {

struct PreviewInstance
{
    QString path;
    QString sopClassUid;
    QString transferSyntaxUid;
    int number = 0; ///< Instance Number
    int frames = 1;
};

/// What is known of a series from its headers.
struct PreviewSeries
{
    QString title;
    std::vector<PreviewInstance> instances; ///< in any order
    QString note;                           ///< stands below the facts, as it is
};

} // namespace radpost::ui
