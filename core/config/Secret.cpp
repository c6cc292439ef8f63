#include "core/config/Secret.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

constexpr qint64 kMaxSecretBytes = 65'535; // the length fields of PS3.7 D.3.3.7 have 16 bits

Result<QByteArray> fromFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::ConfigValue, u"file:"_s + path + u": "_s + file.errorString());
    }
    auto secret = file.read(kMaxSecretBytes + 1);
    if (secret.endsWith('\n')) {
        secret.chop(secret.endsWith("\r\n") ? 2 : 1);
    }
    return secret;
}

} // namespace

Result<QByteArray> resolveSecret(const QString& reference)
{
    Result<QByteArray> secret = fail(ErrorCode::ConfigValue, u"neither \"env:NAME\" nor \"file:PATH\""_s);
    if (reference.startsWith(u"env:")) {
        secret = qgetenv(reference.sliced(4).toLocal8Bit().constData());
    } else if (reference.startsWith(u"file:")) {
        secret = fromFile(reference.sliced(5));
    }
    if (secret && (secret->isEmpty() || secret->size() > kMaxSecretBytes)) {
        return fail(ErrorCode::ConfigValue, reference + u": the secret is empty or too long"_s);
    }
    return secret;
}

} // namespace radpost::config
