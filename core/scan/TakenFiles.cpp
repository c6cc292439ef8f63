#include "core/scan/TakenFiles.h"

#include <QFileInfo>
#include <QSaveFile>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace radpost::scan {

namespace {

constexpr qsizetype kSpareLines = 1000; // of files that are gone, before the journal is written anew

constexpr auto kOwner = QFile::ReadOwner | QFile::WriteOwner;

QByteArray lineOf(const QString& file, const FileStamp& stamp, Fate fate)
{
    return QByteArray(fate == Fate::Taken ? "taken " : "aside ") + QByteArray::number(stamp.sizeBytes) + ' ' +
        QByteArray::number(stamp.mtimeNs) + ' ' + file.toUtf8().toBase64() + '\n';
}

struct Line
{
    QString file;
    FileStamp stamp;
    Fate fate = Fate::Taken;
};

std::optional<Line> parse(const QByteArray& line)
{
    const auto parts = line.trimmed().split(' ');
    if (!line.endsWith('\n') || parts.size() != 4 || (parts[0] != "taken" && parts[0] != "aside")) {
        return std::nullopt;
    }
    bool isSize = false;
    bool isTime = false;
    const FileStamp stamp{parts[1].toLongLong(&isSize), parts[2].toLongLong(&isTime)};
    const auto file = QString::fromUtf8(QByteArray::fromBase64(parts[3]));
    const Fate fate = parts[0] == "taken" ? Fate::Taken : Fate::SetAside;
    return isSize && isTime && !file.isEmpty() ? std::optional(Line{file, stamp, fate}) : std::nullopt;
}

} // namespace

Result<> TakenFiles::open(const QString& path)
{
    constexpr qint64 kLongestLine = 64 * 1024;
    QFile file(path);
    if (file.exists() && !file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::FileUnreadable, path + u": "_s + file.errorString());
    }
    while (file.isOpen() && !file.atEnd()) {
        if (const auto line = parse(file.readLine(kLongestLine))) {
            m_taken.insert(line->file, {line->stamp, line->fate});
        }
    }
    file.close();
    m_journal.setFileName(path);
    return rewrite(); // without what was cut off or is double
}

std::optional<Fate> TakenFiles::fateOf(const QString& file, const FileStamp& stamp) const
{
    const auto found = m_taken.find(file);
    return found != m_taken.end() && found->stamp == stamp ? std::optional(found->fate) : std::nullopt;
}

Result<> TakenFiles::add(const QString& file, const FileStamp& stamp, Fate fate)
{
    m_taken.insert(file, {stamp, fate});
    if (m_journal.fileName().isEmpty()) {
        return {};
    }
    return append(lineOf(file, stamp, fate));
}

void TakenFiles::forget(const QString& file)
{
    if (m_taken.remove(file) > 0 && !m_journal.fileName().isEmpty() && m_lines > 2 * m_taken.size() + kSpareLines) {
        static_cast<void>(rewrite()); // a longer journal does no harm
    }
}

Result<> TakenFiles::append(const QByteArray& line)
{
    bool isWritten = m_journal.isOpen() && m_journal.write(line) == line.size() && m_journal.flush();
#ifdef Q_OS_UNIX
    isWritten = isWritten && ::fsync(m_journal.handle()) == 0;
#endif
    ++m_lines;
    return isWritten ? Result<>() : fail(ErrorCode::FileWriteFailed, m_journal.fileName());
}

Result<> TakenFiles::rewrite()
{
    m_journal.close();
    QSaveFile file(m_journal.fileName());
    bool isWritten = file.open(QIODevice::WriteOnly) && file.setPermissions(kOwner);
    for (auto it = m_taken.cbegin(); it != m_taken.cend() && isWritten; ++it) {
        const auto line = lineOf(it.key(), it->stamp, it->fate);
        isWritten = file.write(line) == line.size();
    }
    isWritten = isWritten && file.flush() && file.commit(); // commit() alone misses a disk that is full
    const bool isOpen =
        m_journal.open(QIODevice::WriteOnly | QIODevice::Append, kOwner); // the old one when that failed
    m_lines = m_taken.size(); // after a failure, too: not again before as many lines came
    return isWritten && isOpen ? Result<>() : fail(ErrorCode::FileWriteFailed, m_journal.fileName());
}

} // namespace radpost::scan
