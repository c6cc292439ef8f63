#include "core/engine/InstanceList.h"

#include <algorithm>

namespace radpost::engine {

namespace {

quint64 hashOf(const SopInstanceUid& uid)
{
    return static_cast<quint64>(qHash(uid.value, 0));
}

} // namespace

void InstanceList::add(size_t series, const scan::ScannedInstance& instance)
{
    if (m_series.size() <= series) {
        m_series.resize(series + 1);
    }
    const auto& path = instance.path;
    const auto slash = path.lastIndexOf(u'/');
    Entry entry;
    entry.folder = folderOf(path.left(slash + 1));
    entry.name = static_cast<quint64>(m_names.size());
    m_names += QStringView(path).sliced(slash + 1).toUtf8() + '\0';
    entry.context = contextOf({instance.header.sopClassUid, instance.header.transferSyntaxUid});
    entry.number = instance.header.instanceNumber;
    entry.frames = std::max(1, instance.header.numberOfFrames);
    auto& entries = m_series[series];
    m_byUidHash.insert(
        hashOf(instance.header.sopInstanceUid), {static_cast<quint32>(series), static_cast<quint32>(entries.size())});
    entries.push_back(entry);
}

std::vector<SeriesInstance> InstanceList::instances(size_t series) const
{
    std::vector<SeriesInstance> made;
    if (series >= m_series.size()) {
        return made;
    }
    for (const auto& entry : m_series[series]) {
        const auto& context = m_contexts[entry.context];
        made.push_back({pathOf(entry), context.sopClassUid, context.transferSyntaxUid, entry.number, entry.frames});
    }
    std::stable_sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    return made;
}

std::optional<QString> InstanceList::pathOf(const SopInstanceUid& uid) const
{
    const auto found = m_byUidHash.constFind(hashOf(uid));
    if (found == m_byUidHash.constEnd()) {
        return std::nullopt;
    }
    return pathOf(m_series[found->series][found->entry]);
}

QString InstanceList::pathOf(const Entry& entry) const
{
    return m_folders[entry.folder] + QString::fromUtf8(m_names.constData() + entry.name);
}

quint32 InstanceList::folderOf(const QString& folder)
{
    const auto known = m_folderIndex.constFind(folder);
    if (known != m_folderIndex.constEnd()) {
        return *known;
    }
    const auto index = static_cast<quint32>(m_folders.size());
    m_folders.push_back(folder);
    m_folderIndex.insert(folder, index);
    return index;
}

quint32 InstanceList::contextOf(const Context& context)
{
    const auto known = std::find(m_contexts.begin(), m_contexts.end(), context);
    if (known == m_contexts.end()) {
        m_contexts.push_back(context);
        return static_cast<quint32>(m_contexts.size() - 1);
    }
    return static_cast<quint32>(known - m_contexts.begin());
}

} // namespace radpost::engine
