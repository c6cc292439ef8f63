#pragma once

#include "ui/common/Background.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>

namespace radpost::ui {

/// A mounted volume as the system describes it.
struct Volume
{
    QString root;
    QString name;       ///< the label; may be empty
    QString fileSystem; ///< "iso9660", "CDFS", "vfat", …
};

/// A CD, DVD or stick with a DICOMDIR on it.
struct Disc
{
    QString root;
    QString name; ///< never empty
    friend bool operator==(const Disc&, const Disc&) = default;
};

/// True for the file systems that patients' media have: others may be far away and slow to ask.
[[nodiscard]] bool mayBeDisc(const Volume& volume);

/// Those of @p volumes with a DICOMDIR in their root (PS3.10 8.6). Blocks on the media.
[[nodiscard]] QList<Disc> discsAmong(const QList<Volume>& volumes);

/// The volumes with such a file system in @p table, the text of Linux's /proc/self/mountinfo, without their names.
[[nodiscard]] QList<Volume> volumesIn(const QByteArray& table);

/// The same for what is mounted now.
[[nodiscard]] QList<Disc> mountedDiscs();

/// Knows which discs are in the drives while somebody wants to know. GUI thread; the drives are asked on another.
class DiscWatch final : public QObject
{
    Q_OBJECT

public:
    explicit DiscWatch(std::function<QList<Disc>()> find = &mountedDiscs, QObject* parent = nullptr);

    /// Looks at once and then every few seconds, or no more.
    void setWatching(bool isWatching);
    [[nodiscard]] const QList<Disc>& discs() const { return m_discs; }

Q_SIGNALS:
    void changed();

private:
    void look();

    std::function<QList<Disc>()> m_find;
    QList<Disc> m_discs;
    bool m_isLooking = false;
    QTimer m_timer;
    Background m_background; // the last member: its thread ends before the rest goes
};

} // namespace radpost::ui
