#include "core/dicom/FileIdResolver_p.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

// File sets have few folders; more listings than this are not worth their memory.
constexpr qsizetype kMostListings = 64;

bool isPlainName(const QString& name)
{
    const auto isPlain = [](QChar c) { return c.unicode() >= 0x20 && c != u':' && c != u'\\' && c != u'/'; };
    return !name.isEmpty() && name != "."_L1 && name != ".."_L1 && std::all_of(name.begin(), name.end(), isPlain);
}

/// What stays equal when media are copied: not the case, nor the ".;1" that ISO 9660 puts behind names.
QString folded(QString name)
{
    if (const qsizetype version = name.lastIndexOf(u';'); version > 0) {
        name.truncate(version);
    }
    while (name.endsWith(u'.')) {
        name.chop(1);
    }
    return name.toCaseFolded();
}

} // namespace

FileIdResolver::FileIdResolver(const QString& folder)
    : m_folder(QDir(folder).absolutePath())
    , m_canonicalFolder(QDir(folder).canonicalPath())
{
}

std::optional<QStringList> FileIdResolver::components(QByteArrayView fileId)
{
    QString text = QString::fromUtf8(fileId);
    // Against the Standard, some writers use one component with slashes.
    text.replace(u'/', u'\\');
    QStringList names = text.split(u'\\');
    for (QString& name : names) {
        name = name.trimmed();
        if (!isPlainName(name)) {
            return std::nullopt;
        }
    }
    return names;
}

FileIdResolver::Outcome FileIdResolver::find(const QStringList& components, QString* path)
{
    QString found = m_folder + u'/' + components.join(u'/');
    if (!QFileInfo::exists(found)) {
        found = m_folder;
        for (const QString& name : components) {
            found = childOf(found, name);
            if (found.isEmpty()) {
                return Outcome::Missing;
            }
        }
    }
    const QFileInfo info(found);
    if (!info.isFile()) {
        return Outcome::Missing;
    }
    const QString root = m_canonicalFolder.endsWith(u'/') ? m_canonicalFolder : m_canonicalFolder + u'/';
    if (!info.canonicalFilePath().startsWith(root)) {
        return Outcome::Outside;
    }
    *path = found;
    return Outcome::Found;
}

QString FileIdResolver::childOf(const QString& folder, const QString& name)
{
    const QString exact = folder + u'/' + name;
    if (QFileInfo::exists(exact)) {
        return exact;
    }
    const auto& names = listing(folder);
    const auto found = names.constFind(folded(name));
    return found == names.constEnd() ? QString() : folder + u'/' + *found;
}

const QHash<QString, QString>& FileIdResolver::listing(const QString& folder)
{
    const auto known = m_listings.constFind(folder);
    if (known != m_listings.constEnd()) {
        return *known;
    }
    if (m_listings.size() >= kMostListings) {
        m_listings.clear();
    }
    QHash<QString, QString> names;
    const auto entries = QDir(folder).entryList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden);
    for (const QString& name : entries) {
        names.insert(folded(name), name);
    }
    return *m_listings.insert(folder, names);
}

} // namespace radpost::dicom
