#include "core/dicom/Identifier.h"

#include <algorithm>

namespace radpost::dicom {

namespace {

template <typename Attributes>
auto lowerBound(Attributes& attributes, quint32 tag)
{
    return std::lower_bound(attributes.begin(), attributes.end(), tag,
        [](const Identifier::Attribute& a, quint32 wanted) { return a.tag < wanted; });
}

} // namespace

void Identifier::set(quint32 tag, const QString& value)
{
    place(tag).value = value;
}

void Identifier::addItem(quint32 sequence, Identifier item)
{
    place(sequence).items.push_back(std::move(item));
}

QString Identifier::value(quint32 tag) const
{
    const auto* attribute = find(tag);
    return attribute == nullptr ? QString() : attribute->value;
}

const Identifier* Identifier::item(quint32 sequence) const
{
    const auto* attribute = find(sequence);
    return attribute == nullptr || attribute->items.empty() ? nullptr : &attribute->items.front();
}

Identifier& Identifier::ensureItem(quint32 sequence)
{
    auto& items = place(sequence).items;
    if (items.empty()) {
        items.emplace_back();
    }
    return items.front();
}

const Identifier::Attribute* Identifier::find(quint32 tag) const
{
    const auto found = lowerBound(m_attributes, tag);
    return found == m_attributes.end() || found->tag != tag ? nullptr : &*found;
}

Identifier::Attribute& Identifier::place(quint32 tag)
{
    const auto found = lowerBound(m_attributes, tag);
    return found != m_attributes.end() && found->tag == tag ? *found : *m_attributes.insert(found, {tag, {}, {}});
}

void setAt(Identifier& identifier, std::span<const quint32> path, const QString& value)
{
    Q_ASSERT(!path.empty());
    auto* inside = &identifier;
    for (const auto sequence : path.first(path.size() - 1)) {
        inside = &inside->ensureItem(sequence);
    }
    inside->set(path.back(), value);
}

} // namespace radpost::dicom
