#pragma once

#include "core/engine/Inspection.h"
#include "core/store/LedgerTypes.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace radpost::ui {

/// What was found and will not be sent: a row for each reason with its count, the files below it.
class LeftOutModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    explicit LeftOutModel(QObject* parent = nullptr);

    void add(const std::vector<engine::LeftOutFile>& files);
    void clear();
    void retranslate();

    /// How many could not be read and may be images.
    [[nodiscard]] qint64 damaged() const;
    /// "1 file could not be read · 3 left out"; what could not be read comes first.
    [[nodiscard]] QString summary() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Group
    {
        ErrorCode reason = ErrorCode::NotDicom;
        bool isIdenticalCopy = false;
        std::vector<engine::LeftOutFile> files;
        [[nodiscard]] bool isDamaged() const; ///< could not be read and may be images
    };
    int groupOf(const engine::LeftOutFile& file);
    [[nodiscard]] static QString heading(const Group& group);

    std::vector<Group> m_groups;
};

} // namespace radpost::ui
