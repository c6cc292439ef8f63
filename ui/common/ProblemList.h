#pragma once

#include "ui/common/Banner.h"

#include "core/base/Error.h"

#include <QHash>
#include <QPointer>
#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

class QVBoxLayout;

namespace radpost::ui {

/// A message that can be said again in another language.
struct Notice
{
    BannerKind kind = BannerKind::Info;
    std::function<QString()> heading;
    std::function<QString()> text{};  ///< may be empty
    std::function<QString()> small{}; ///< may be empty
    struct Action
    {
        std::function<QString()> label;
        std::function<void()> act;
    };
    std::vector<Action> actions{};
    bool isClosable = true;
};

/// What went wrong, in the user's language: what happened, what to do, and the code in small type.
[[nodiscard]] Notice errorNotice(const Error& error, std::function<QString()> heading = {});

/// The one place of a page where messages stand, at most one for each key: the same trouble again replaces the message,
/// so that nothing piles up.
class ProblemList final : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemList(QWidget* parent = nullptr);

    void show(const QString& key, Notice notice);
    void remove(const QString& key);
    [[nodiscard]] Banner* banner(const QString& key) const;

private:
    QVBoxLayout* m_layout;
    QHash<QString, QPointer<Banner>> m_banners;
};

} // namespace radpost::ui
