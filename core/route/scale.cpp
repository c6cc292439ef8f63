#include "core/route/CompiledTest_p.h"

#include <QDate>
#include <QTime>

#include <cmath>

namespace radpost::route {

namespace {

bool allDigits(QStringView text)
{
    for (const QChar c : text) {
        if (c < u'0' || c > u'9') {
            return false;
        }
    }
    return !text.isEmpty();
}

std::optional<double> numberOf(QStringView text)
{
    bool isNumber = false;
    const double number = text.trimmed().toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

// YYYYMMDD (PS3.5 6.2), YYYY.MM.DD of ACR-NEMA, YYYY-MM-DD as people write it.
std::optional<QDate> dateOf(QStringView text)
{
    QString digits = text.trimmed().toString();
    if (digits.size() == 10 && (digits[4] == u'-' || digits[4] == u'.') && digits[7] == digits[4]) {
        digits.remove(7, 1).remove(4, 1);
    }
    if (digits.size() != 8 || !allDigits(digits)) {
        return std::nullopt;
    }
    const QDate date(digits.left(4).toInt(), digits.mid(4, 2).toInt(), digits.right(2).toInt());
    return date.isValid() ? std::optional(date) : std::nullopt;
}

// Seconds of the day; HH, HHMM, HHMMSS, HHMMSS.FFFFFF (PS3.5 6.2), with colons as people write it.
std::optional<double> timeOf(QStringView text)
{
    QString digits = text.trimmed().toString();
    digits.remove(u':');
    const auto dot = digits.indexOf(u'.');
    const QString whole = dot < 0 ? digits : digits.left(dot);
    const QString fraction = dot < 0 ? QString() : digits.mid(dot + 1);
    const bool isShaped = allDigits(whole) && whole.size() <= 6 && whole.size() % 2 == 0 &&
        (dot < 0 || (whole.size() == 6 && allDigits(fraction) && fraction.size() <= 6));
    if (!isShaped) {
        return std::nullopt;
    }
    const int hours = whole.left(2).toInt();
    const int minutes = whole.mid(2, 2).toInt(); // nothing is 0
    const int seconds = whole.mid(4, 2).toInt();
    if (hours > 23 || minutes > 59 || seconds > 60) {
        return std::nullopt;
    }
    return hours * 3600.0 + minutes * 60.0 + seconds + (dot < 0 ? 0.0 : digits.mid(dot).prepend(u'0').toDouble());
}

// Seconds since 1970, by the clock of the place; an offset from UTC is taken off where one is given.
std::optional<double> dateTimeOf(QStringView text)
{
    QString value = text.trimmed().toString();
    double offset = 0;
    const auto sign = std::max(value.lastIndexOf(u'+'), value.size() > 14 ? value.lastIndexOf(u'-') : -1);
    if (sign >= 8 && value.size() - sign == 5 && allDigits(QStringView(value).sliced(sign + 1))) {
        offset = value.mid(sign + 1, 2).toInt() * 3600.0 + value.mid(sign + 3).toInt() * 60.0;
        offset = value[sign] == u'-' ? -offset : offset;
        value.truncate(sign);
    }
    const qsizetype dateLength = value.size() >= 10 && (value[4] == u'-' || value[4] == u'.') ? 10 : 8;
    const auto date = dateOf(QStringView(value).first(std::min(dateLength, value.size())));
    QString rest = value.mid(dateLength);
    if (rest.startsWith(u'T') || rest.startsWith(u' ')) {
        rest.remove(0, 1);
    }
    const auto time = rest.isEmpty() ? std::optional(0.0) : timeOf(rest);
    if (!date || !time) {
        return std::nullopt;
    }
    return static_cast<double>(date->toJulianDay() - QDate(1970, 1, 1).toJulianDay()) * 86'400.0 + *time - offset;
}

// "018Y" in days.
std::optional<double> ageOf(QStringView text)
{
    text = text.trimmed();
    if (text.size() < 2 || text.size() > 4 || !allDigits(text.chopped(1))) {
        return std::nullopt;
    }
    const double count = text.chopped(1).toInt();
    switch (text.back().toUpper().unicode()) {
    case u'D':
        return count;
    case u'W':
        return count * 7;
    case u'M':
        return count * 365.25 / 12;
    case u'Y':
        return count * 365.25;
    default:
        return std::nullopt;
    }
}

} // namespace

Scale scaleOf(const QByteArray& vr)
{
    if (vr == "DA") {
        return Scale::Date;
    }
    if (vr == "TM") {
        return Scale::Time;
    }
    if (vr == "DT") {
        return Scale::DateTime;
    }
    if (vr == "AS") {
        return Scale::Age;
    }
    const QByteArrayList numbers{"IS", "DS", "US", "SS", "UL", "SL", "UV", "SV", "FL", "FD"};
    return numbers.contains(vr) ? Scale::Number : Scale::None;
}

std::optional<double> onScale(QStringView text, Scale scale)
{
    switch (scale) {
    case Scale::None:
    case Scale::Number:
        return numberOf(text);
    case Scale::Date: {
        const auto date = dateOf(text);
        return date ? std::optional(static_cast<double>(date->toJulianDay())) : std::nullopt;
    }
    case Scale::Time:
        return timeOf(text);
    case Scale::DateTime:
        return dateTimeOf(text);
    case Scale::Age:
        return ageOf(text);
    }
    return std::nullopt;
}

} // namespace radpost::route
