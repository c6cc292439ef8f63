#include "app/common/Format.h"

#include "app/common/Language.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace radpost::app {

QString countText(qint64 count)
{
    return spokenLocale().toString(count);
}

QString bytesText(qint64 bytes)
{
    constexpr qint64 kOneDecimalBelow = 100;
    qint64 unit = 1;
    while (bytes / unit >= 1000) {
        unit *= 1000;
    }
    const int decimals = unit == 1 || bytes / unit >= kOneDecimalBelow ? 0 : 1;
    return QLocale::c().formattedDataSize(bytes, decimals, QLocale::DataSizeSIFormat);
}

QString rateText(double bytesPerSecond)
{
    return bytesText(static_cast<qint64>(bytesPerSecond)) + u"/s"_s;
}

QString durationText(std::chrono::seconds duration)
{
    const auto seconds = duration.count();
    const auto two = [](qint64 number) { return u"%1"_s.arg(number, 2, 10, QChar(u'0')); };
    if (seconds >= 3600) {
        return QString::number(seconds / 3600) + u':' + two(seconds / 60 % 60) + u':' + two(seconds % 60);
    }
    return QString::number(seconds / 60) + u':' + two(seconds % 60);
}

QString dateTimeText(Clock::WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString momentText(Clock::WallTime time, Precision today)
{
    const auto when = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    if (when.date() != QDate::currentDate()) {
        return when.toString(u"yyyy-MM-dd HH:mm"_s);
    }
    return when.toString(today == Precision::Seconds ? u"HH:mm:ss"_s : u"HH:mm"_s);
}

QString dicomDateText(const QString& date)
{
    return date.size() == 8 ? QString(date.left(4) + u'-' + date.mid(4, 2) + u'-' + date.mid(6)) : date;
}

// PN: groups by '=', alphabetic, ideographic, phonetic; components by '^' (PS3.5 6.2.1).
QString personNameText(const QString& name)
{
    const auto groups = name.split(u'=');
    const bool hasIdeographic = groups.size() > 1 && !groups[1].trimmed().isEmpty();
    auto text = hasIdeographic ? groups[1] : groups[0];
    return text.replace(u'^', u' ').simplified();
}

QString sexText(const QString& sex)
{
    //: Patient's Sex: male
    const auto male = QCoreApplication::translate("Format", "M");
    //: Patient's Sex: female
    const auto female = QCoreApplication::translate("Format", "F");
    //: Patient's Sex: other
    const auto other = QCoreApplication::translate("Format", "O");
    return sex == u"M" ? male : sex == u"F" ? female : sex == u"O" ? other : sex;
}

QString printable(const QString& text)
{
    QString safe = text;
    for (QChar& c : safe) {
        const bool isFormat = c.category() == QChar::Other_Format && c != u'\u200D';
        if (c.category() == QChar::Other_Control || isFormat) {
            c = QChar::ReplacementCharacter;
        }
    }
    return safe;
}

} // namespace radpost::app
