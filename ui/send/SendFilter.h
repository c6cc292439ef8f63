#pragma once

#include <QSortFilterProxyModel>

namespace radpost::ui {

/// The tree of what shall be sent, sorted, and narrowed to the series that hold every typed word in any text of their
/// row or of those above. While it is narrowed, a tick reaches only what is shown. Over a SendTreeModel.
class SendFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit SendFilter(QObject* parent = nullptr);

    void setWords(const QString& text);
    [[nodiscard]] bool isNarrowed() const { return !m_words.isEmpty(); }

    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    [[nodiscard]] bool matches(const QModelIndex& source) const;
    void collectSeries(const QModelIndex& index, QModelIndexList& found) const;

    QStringList m_words;
};

} // namespace radpost::ui
