#include "app/cli/Roff.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

bool isHan(QChar c)
{
    return c.script() == QChar::Script_Han;
}

QString escaped(QChar c)
{
    switch (c.unicode()) {
    case u'\\':
        return u"\\e"_s;
    case u'-':
        return u"\\-"_s;
    case u'"':
        return u"\\(dq"_s;
    case u'~':
        return u"\\(ti"_s;
    case u'\n':
        return u" "_s;
    default:
        return c;
    }
}

// A line that begins with one of these would be a request.
QString asText(const QString& roff)
{
    return roff.startsWith(u'.') || roff.startsWith(u'\'') ? QString(u"\\&"_s + roff) : roff;
}

// After a mark like a wide comma too, never before one.
bool mayBreak(QChar before, QChar after)
{
    return isHan(after) && (isHan(before) || before.unicode() >= 0x3000);
}

} // namespace

QString roffWord(const QString& text)
{
    QString roff;
    for (const auto c : text) {
        roff += escaped(c);
    }
    return asText(roff);
}

QString roffText(const QString& text)
{
    QString roff;
    QChar before;
    for (const auto c : text) {
        if (mayBreak(before, c)) {
            roff += u"\\:"_s;
        }
        roff += escaped(c);
        before = c;
    }
    return asText(roff);
}

} // namespace radpost::cli
