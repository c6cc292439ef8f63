#pragma once

#include "core/engine/Inspection.h"

#include <Qt>

#include <memory>
#include <variant>
#include <vector>

namespace radpost::ui {

/// One row of the tree of what shall be sent. The value is without the nodes below it: those are the children.
struct SendNode
{
    using Value = std::variant<std::monostate, engine::PatientNode, engine::StudyNode, engine::SeriesNode>;

    explicit SendNode(Value content, SendNode* above = nullptr)
        : parent(above)
        , value(std::move(content))
    {
    }

    [[nodiscard]] const engine::PatientNode* patient() const { return std::get_if<engine::PatientNode>(&value); }
    [[nodiscard]] const engine::StudyNode* study() const { return std::get_if<engine::StudyNode>(&value); }
    [[nodiscard]] const engine::SeriesNode* series() const { return std::get_if<engine::SeriesNode>(&value); }

    SendNode* parent = nullptr;
    int row = 0;
    Qt::CheckState ticked = Qt::Checked;
    size_t serial = 0; ///< of a series
    Value value;
    QString searchText; ///< of this row alone, folded
    std::vector<std::unique_ptr<SendNode>> children;
};

/// Of its children; a node without children keeps its own.
[[nodiscard]] Qt::CheckState stateFromChildren(const SendNode& node);

/// What can be searched in the row.
[[nodiscard]] QString searchTextOf(const SendNode& node);

} // namespace radpost::ui
