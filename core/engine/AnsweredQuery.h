#pragma once

#include <QString>
#include <QStringView>

#include <array>

namespace radpost::engine {

/// One query or retrieval of a peer, and what it was told at the end.
struct AnsweredQuery
{
    enum class Kind { Find, Move, Get };

    Kind kind = Kind::Find;
    QString callingAeTitle;
    QString calledAeTitle;
    QString peerAddress;   ///< without port
    QString level;         ///< "STUDY"; empty: the request named none that we know
    QString destination{}; ///< AE title that was to get it, of Move
    quint16 status = 0;
    qint64 matches = 0; ///< of Find: that were sent; else instances that were to be sent
    qint64 completed = 0;
    qint64 failed = 0;
    qint64 warning = 0;    ///< stored, and the receiver had something to say
    bool isBroken = false; ///< the association broke before the end was told

    [[nodiscard]] QStringView word() const
    {
        static constexpr std::array<QStringView, 3> kWords{u"find", u"move", u"get"};
        return kWords.at(static_cast<std::size_t>(kind));
    }
};

} // namespace radpost::engine
