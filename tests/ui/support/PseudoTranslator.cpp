#include "tests/ui/support/PseudoTranslator.h"

#include <QRegularExpression>

#include <cstring>

using namespace Qt::StringLiterals;

namespace radpost::test {

namespace {

const QString kPlain = u"aceginosuyzACEGINOSUYZ"_s;
const QString kAccented = u"áçéğíñóšúýžÁÇÉĞÍÑÓŠÚÝŽ"_s;
const QString kFilling = u" éñóúš"_s; // a word of its own, so that what breaks into lines can

QString accented(QString text)
{
    for (auto& c : text) {
        if (const auto at = kPlain.indexOf(c); at >= 0) {
            c = kAccented[at];
        }
    }
    return text;
}

} // namespace

PseudoTranslator::PseudoTranslator(Qt::LayoutDirection direction)
    : m_direction(direction)
{
    if (!m_english.load(u":/i18n/radpost_en.qm"_s)) {
        qFatal("no English catalogue");
    }
}

QString PseudoTranslator::translate(const char* context, const char* source, const char* note, int n) const
{
    if (std::strcmp(source, "QT_LAYOUT_DIRECTION") == 0) {
        return m_direction == Qt::RightToLeft ? u"RTL"_s : u"LTR"_s;
    }
    const auto english = m_english.translate(context, source, note, n);
    return pseudo(english.isNull() ? QString::fromUtf8(source) : english);
}

QString PseudoTranslator::pseudo(const QString& text)
{
    static const QRegularExpression kept(u"%L?[0-9n]+|%L?n|<[^>]*>|&[a-z]+;"_s);
    QString made;
    qsizetype letters = 0;
    qsizetype end = 0;
    for (const auto& match : kept.globalMatch(text)) {
        made += accented(text.mid(end, match.capturedStart() - end)) + match.captured();
        letters += match.capturedStart() - end;
        end = match.capturedEnd();
    }
    made += accented(text.mid(end));
    letters += text.size() - end;
    QString filling;
    while (filling.size() * 10 < letters * 4) {
        filling += kFilling;
    }
    return made + filling.left((letters * 4 + 9) / 10);
}

bool PseudoTranslator::isAccented(QChar c)
{
    return kAccented.contains(c);
}

} // namespace radpost::test
