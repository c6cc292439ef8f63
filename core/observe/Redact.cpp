#include "core/observe/Redact.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
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

} // namespace radpost::observe
