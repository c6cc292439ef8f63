#pragma once

#include <QWidget>

#include <initializer_list>

class QAbstractItemModel;
class QLabel;
class QTreeView;

namespace radpost::ui {

class AssociationsModel;
class Receiver;

/// Who is connected now, or that nobody is.
class ConnectedList final : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectedList(Receiver& receiver, QWidget* parent = nullptr);

    [[nodiscard]] QTreeView* view() const { return m_view; }

private:
    void retranslate();
    void showState();

    Receiver& m_receiver;
    AssociationsModel* m_model;
    QLabel* m_title;
    QLabel* m_nobody;
    QTreeView* m_view;
};

/// A list of rows whose second column takes the room that is left.
[[nodiscard]] QTreeView* makeArrivalList(QAbstractItemModel& model, std::initializer_list<int> widths);

} // namespace radpost::ui
