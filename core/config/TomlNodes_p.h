#pragma once

#include "core/config/Expectation.h"
#include "core/config/toml_p.h"

#include <QByteArray>
#include <QString>

#include <string_view>

namespace radpost::config {

inline QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

inline std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

inline Scalar scalarOf(const toml::node& node)
{
    if (const auto* text = node.as_string()) {
        return toText(text->get());
    }
    if (const auto* number = node.as_integer()) {
        return qint64{number->get()};
    }
    if (const auto* truth = node.as_boolean()) {
        return truth->get();
    }
    if (const auto* array = node.as_array();
        array != nullptr && (array->empty() || array->is_homogeneous<std::string>())) {
        QStringList items;
        array->for_each([&items](const toml::value<std::string>& item) { items.append(toText(item.get())); });
        return items;
    }
    return {};
}

/// A file is written by people; a bigger one is a mistake, and would only cost memory.
inline constexpr qsizetype kMaxFileBytes = qsizetype(4) << 20;

} // namespace radpost::config
