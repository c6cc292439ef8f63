#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace radpost::app {

/// How texts that are made of parts are put together in the user's language: Chinese has no blank after a sentence, a
/// colon of its own, and an enumeration comma.
struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(Sentences)
};

/// One after the other, without those that are empty: "It failed. Try again." and "失败了。请重试。"
[[nodiscard]] QString sentences(const QStringList& parts);
/// "MAIN-PACS: not reached" and "MAIN-PACS：无法连接".
[[nodiscard]] QString labelled(const QString& label, const QString& text);
/// "CT, MR" and "CT、MR".
[[nodiscard]] QString enumerated(const QStringList& parts);

} // namespace radpost::app
