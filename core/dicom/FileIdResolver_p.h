#pragma once

#include <QByteArrayView>
#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace radpost::dicom {

/// Finds the files that Referenced File IDs (0004,1500) name below one folder.
class FileIdResolver final
{
public:
    explicit FileIdResolver(const QString& folder);

    /// The components of a file ID; nothing when one of them is empty, "." or "..", or cannot be a plain name.
    [[nodiscard]] static std::optional<QStringList> components(QByteArrayView fileId);

    enum class Outcome { Found, Missing, Outside };

    /// @p path gets the absolute path when the outcome is Found.
    [[nodiscard]] Outcome find(const QStringList& components, QString* path);

private:
    [[nodiscard]] QString childOf(const QString& folder, const QString& name);
    [[nodiscard]] const QHash<QString, QString>& listing(const QString& folder);

    QString m_folder;
    QString m_canonicalFolder;
    QHash<QString, QHash<QString, QString>> m_listings; ///< folder -> folded name -> name
};

} // namespace radpost::dicom
