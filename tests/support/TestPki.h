#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>
#include <memory>

namespace radpost::test {

/// Certificates for one test, made on the spot in a temporary folder: elliptic-curve keys, a root and what it signs.
class TestPki final
{
public:
    /// A PEM certificate and its key.
    struct Identity
    {
        QString certificateFile;
        QString keyFile;
    };

    struct Wish
    {
        QString commonName = QStringLiteral("localhost");
        QStringList names{QStringLiteral("DNS:localhost"), QStringLiteral("IP:127.0.0.1")}; ///< of the SAN
        std::chrono::hours begins{-1};                                                      ///< from now
        std::chrono::hours ends{24};                                                        ///< from now
        bool selfSigned = false;
        QByteArray keyPassPhrase{}; ///< empty: the key file is not encrypted
    };

    TestPki();
    ~TestPki();
    Q_DISABLE_COPY_MOVE(TestPki)

    /// The root's certificate, for TlsSettings::caFile.
    [[nodiscard]] QString caFile() const;

    /// A fresh key and a certificate that the root signed.
    [[nodiscard]] Identity issue(const Wish& wish);

    [[nodiscard]] QString folder() const { return m_folder.path(); }

private:
    struct Root;

    QTemporaryDir m_folder;
    std::unique_ptr<Root> m_root;
    int m_serial = 1;
};

} // namespace radpost::test
