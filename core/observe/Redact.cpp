#include "core/observe/Redact.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSysInfo>

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::observe {

namespace {

constexpr qsizetype kDigits = 10;

QByteArray makeKey()
{
    auto key = QSysInfo::machineUniqueId();
    if (key.isEmpty()) {
        std::array<quint32, 4> random{};
        QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
        key = QByteArray(reinterpret_cast<const char*>(random.data()), sizeof(random));
    }
    return "radpost.redact:"_ba + key;
}

template <typename Mark>
QString replaced(const QString& text, const QRegularExpression& what, Mark mark)
{
    QString made;
    qsizetype at = 0;
    for (auto matches = what.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        made += QStringView(text).sliced(at, match.capturedStart() - at);
        made += mark(match);
        at = match.capturedEnd();
    }
    made += QStringView(text).sliced(at);
    return made;
}

QString withoutPaths(const QString& text)
{
    // Of "/…", "C:\…", "\\server\…" and "file:…": in quotation marks to their end, else to the end of the line.
    static const QString begin = uR"((?:file:/|/|[A-Za-z]:[\\/]|\\\\))"_s;
    static const QString quoted = uR"re("(%1(?:[^"\\]|\\.)*)")re"_s.arg(begin);
    static const QString bare = uR"re((?<![\w:/.\\])(%1[^\s"].*))re"_s.arg(begin);
    static const QRegularExpression path(
        u"(?:%1|%2)"_s.arg(quoted, bare), QRegularExpression::DotMatchesEverythingOption);
    return replaced(text, path, [](const QRegularExpressionMatch& match) -> QString {
        return u"path "_s + redact(match.hasCaptured(1) ? match.captured(1) : match.captured(2));
    });
}

QString withoutUids(const QString& text)
{
    static const QRegularExpression uid(uR"((?<![\w.])[0-2](?:\.\d+){4,}(?!\w))"_s);
    return replaced(text, uid, [](const QRegularExpressionMatch& match) -> QString {
        const auto found = match.captured();
        return found.startsWith(u"1.2.840.10008."_s) ? found : redact(found);
    });
}

} // namespace

QString redact(QStringView identifier)
{
    static const auto key = makeKey();
    if (identifier.isEmpty()) {
        return {};
    }
    const auto mac = QMessageAuthenticationCode::hash(identifier.toUtf8(), key, QCryptographicHash::Sha256);
    return u'#' + QString::fromLatin1(mac.toHex().left(kDigits));
}

QString maskedText(const QString& line)
{
    return withoutUids(withoutPaths(line));
}

} // namespace radpost::observe
