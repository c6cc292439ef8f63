#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <QString>
#include <QtGlobal>

#include <compare>

namespace radpost {

/// An integer that cannot be mistaken for another kind of integer; 0 means "none".
template <typename Tag>
struct StrongId
{
    qint64 value = 0;

    [[nodiscard]] bool isValid() const { return value > 0; }
    friend auto operator<=>(const StrongId&, const StrongId&) = default;
    friend size_t qHash(const StrongId& id, size_t seed = 0) { return ::qHash(id.value, seed); }
};

/// ASCII text (a UID, an AE title) that cannot be mistaken for another kind of text. Copies share the bytes.
template <typename Tag>
struct StrongText
{
    QByteArray value;

    [[nodiscard]] bool isEmpty() const { return value.isEmpty(); }
    [[nodiscard]] QString toString() const { return QString::fromLatin1(value); }
    friend bool operator==(const StrongText&, const StrongText&) = default;
    friend bool operator<(const StrongText& a, const StrongText& b) { return a.value < b.value; }
    friend size_t qHash(const StrongText& text, size_t seed = 0) { return ::qHash(text.value, seed); }
};

using JobId = StrongId<struct JobTag>;
using InstanceId = StrongId<struct InstanceTag>;
using DeliveryId = StrongId<struct DeliveryTag>;
using AssociationId = StrongId<struct AssociationTag>;

using SopClassUid = StrongText<struct SopClassTag>;
using SopInstanceUid = StrongText<struct SopInstanceTag>;
using TransferSyntaxUid = StrongText<struct TransferSyntaxTag>;
using StudyInstanceUid = StrongText<struct StudyTag>;
using SeriesInstanceUid = StrongText<struct SeriesTag>;

/// An application entity title: at most 16 characters, leading and trailing blanks not significant (PS3.5 6.2).
using AeTitle = StrongText<struct AeTitleTag>;

} // namespace radpost
