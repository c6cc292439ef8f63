#include "app/common/Sentences.h"

namespace radpost::app {

namespace {

/// The blank stands in the glyph already, whatever language the next sentence is in.
bool endsFullWidth(QStringView text)
{
    return !text.isEmpty() && QStringView(u"。！？；：，、”）】》").contains(text.back());
}

} // namespace

QString sentences(const QStringList& parts)
{
    QString text;
    for (const auto& part : parts) {
        const QString sentence = part.trimmed();
        if (!sentence.isEmpty() && !text.isEmpty() && !endsFullWidth(text)) {
            text += u' ';
        }
        text += sentence;
    }
    return text;
}

QString labelled(const QString& label, const QString& text)
{
    //: %1: a label, such as the name of a destination; %2: what is said of it
    return Sentences::tr("%1: %2").arg(label, text);
}

QString enumerated(const QStringList& parts)
{
    //: between the parts of an enumeration
    return parts.join(Sentences::tr(", "));
}

} // namespace radpost::app
