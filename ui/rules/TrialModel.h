#pragma once

#include "ui/common/StatusDot.h"
#include "ui/rules/RuleTrial.h"

#include <QAbstractItemModel>

#include <memory>

namespace radpost::ui {

/// What rules say of files, as a tree: a file, what becomes of it, each rule, and the tests of a rule with what was
/// seen. What may tell who a patient is is masked until showPersonal().
class TrialModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { What, Outcome, ColumnCount };
    static constexpr int kStatusRole = Qt::UserRole + 1; ///< Status, where a row has a verdict
    static constexpr int kOpensRole = Qt::UserRole + 2;  ///< worth being unfolded at once

    explicit TrialModel(QObject* parent = nullptr);
    ~TrialModel() override;

    void setOutcomes(std::vector<TrialOutcome> outcomes);
    void showPersonal(bool shows);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Makes every text anew, after a change of the language.
    void retranslate();

private:
    struct Node;
    void rebuild();
    [[nodiscard]] const Node& nodeOf(const QModelIndex& index) const;

    std::vector<TrialOutcome> m_outcomes;
    bool m_showsPersonal = false;
    std::unique_ptr<Node> m_root;
};

} // namespace radpost::ui
