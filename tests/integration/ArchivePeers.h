#pragma once

#include "core/net/ContextPlan.h"
#include "core/net/EchoScu.h"
#include "core/net/Socket.h"
#include "core/net/StoreHandler.h"
#include "core/net/StoreScu.h"
#include "core/net/implementation.h"
#include "tests/support/PeerProcess.h"
#include "tests/support/SampleFiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <array>

namespace radpost::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace net;

inline void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("cannot write %s", qPrintable(path));
    }
}

inline QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What the server answers: head and body, empty when it gave none.
inline QByteArray post(quint16 port, const QByteArray& path, const QByteArray& body)
{
    const auto socket = Socket::connect(u"127.0.0.1"_s, port, Deadline(30s), {});
    const QByteArray request = "POST " + path +
        " HTTP/1.0\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    const std::array<ConstBytes, 1> parts{net::asBytes(request)};
    if (!socket || !(*socket)->write(parts, 30s, {})) {
        return {};
    }
    QByteArray answer;
    Bytes buffer(64 * 1024);
    for (;;) {
        const auto got = (*socket)->read(buffer, Deadline(60s), {});
        if (!got || *got == 0) {
            return answer;
        }
        answer += toByteArray(ConstBytes(buffer).first(*got));
    }
}

inline bool isOk(const QByteArray& answer)
{
    return answer.startsWith("HTTP/1.") && answer.mid(8, 5).trimmed().startsWith("200");
}

/// An Orthanc with an empty database that knows our receiver as the modality "radpost".
class Orthanc final
{
public:
    [[nodiscard]] bool start(const QString& receiverPort)
    {
        writeFile(m_folder.filePath(u"orthanc.json"_s),
            R"({"StorageDirectory":"%1/db","IndexDirectory":"%1/db",
            "DicomPort":%2,"HttpPort":%3,"RemoteAccessAllowed":false,"AuthenticationEnabled":false,
            "DicomAet":"ORTHANC","DicomCheckCalledAet":false,"Plugins":[],
            "DicomModalities":{"radpost":["RADPOST","127.0.0.1",%4]}})"_ba
                .replace("%1", QFile::encodeName(m_folder.path()))
                .replace("%2", QByteArray::number(m_dicomPort))
                .replace("%3", QByteArray::number(m_httpPort))
                .replace("%4", receiverPort.toLatin1()));
        return m_process.startServer(u"/usr/sbin/Orthanc"_s, {m_folder.filePath(u"orthanc.json"_s)}, m_dicomPort) &&
            m_process.awaitOutput("Orthanc has started");
    }

    [[nodiscard]] quint16 dicomPort() const { return m_dicomPort; }
    [[nodiscard]] QByteArray post(const QByteArray& path, const QByteArray& body) const
    {
        return test::post(m_httpPort, path, body);
    }
    [[nodiscard]] QByteArray output() { return m_process.output(); }

private:
    QTemporaryDir m_folder;
    const quint16 m_dicomPort = freePort();
    const quint16 m_httpPort = freePort();
    PeerProcess m_process;
};

/// DCMTK's archive, which moves to our receiver by the AE title RADPOST.
class Dcmqrscp final
{
public:
    [[nodiscard]] bool start(const QString& receiverPort, const QStringList& options = {})
    {
        const auto configuration = m_folder.filePath(u"dcmqrscp.cfg"_s);
        writeFile(configuration,
            "NetworkTCPPort = %1\nMaxPDUSize = 16384\nMaxAssociations = 16\n"
            "HostTable BEGIN\nradpost = (RADPOST, localhost, %3)\nHostTable END\n"
            "VendorTable BEGIN\nVendorTable END\n"
            "AETable BEGIN\nARCHIVE %2 RW (500, 1024mb) ANY\nAETable END\n"_ba.replace("%1", QByteArray::number(m_port))
                .replace("%2", QFile::encodeName(storage()))
                .replace("%3", receiverPort.toLatin1()));
        return QDir(m_folder.path()).mkdir(u"db"_s) &&
            m_process.startServer(u"dcmqrscp"_s, options + QStringList{u"-c"_s, configuration}, m_port);
    }

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] bool says(const QByteArray& text) { return m_process.awaitOutput(text); }
    [[nodiscard]] QString storage() const { return m_folder.filePath(u"db"_s); }
    [[nodiscard]] QByteArray output() { return m_process.output(); }

private:
    QTemporaryDir m_folder;
    const quint16 m_port = freePort();
    PeerProcess m_process;
};

inline AssociateRq requestFor(std::vector<ProposedContext> contexts)
{
    AssociateRq request;
    request.calledAeTitle = "ARCHIVE";
    request.callingAeTitle = "RADPOST";
    request.applicationContext = kDicomApplicationContext.toByteArray();
    request.contexts = std::move(contexts);
    request.user.maxLength = 16384;
    request.user.implementationClassUid = kImplementationClassUid.toByteArray();
    return request;
}

inline Result<std::unique_ptr<Association>> associate(quint16 port, const AssociateRq& request)
{
    auto socket = Socket::connect(u"127.0.0.1"_s, port, Deadline(30s), {});
    if (!socket) {
        return fail(socket.error());
    }
    auto association = std::make_unique<Association>(std::move(*socket), Role::Requestor, AssociationTimeouts{});
    return association->request(request, {}).map([&] { return std::move(association); });
}

inline Result<> echo(quint16 port, const std::optional<UserIdentityRq>& identity = {})
{
    auto request = requestFor({{1, {kVerificationSopClass.toByteArray()}, {{"1.2.840.10008.1.2"}}}});
    request.user.identity = identity;
    const auto association = associate(port, request);
    if (!association) {
        return fail(association.error());
    }
    const auto echoed = EchoScu(**association).echo({});
    return echoed ? (*association)->release({}) : fail(echoed.error());
}

/// Sends all as they are. @return how many the peer stored.
inline int deliver(quint16 port, const std::vector<Sample>& samples)
{
    std::vector<ContextNeed> needs;
    for (const Sample& sample : samples) {
        needs.push_back({sample.header.sopClassUid, sample.header.transferSyntaxUid});
    }
    const auto plan = ContextPlan::make(needs).front();
    auto association = associate(port, requestFor(plan.contexts()));
    if (!association) {
        return 0;
    }
    int stored = 0;
    StoreScu scu(std::move(*association));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        StoreRequest request;
        request.path = samples[i].path;
        request.dataSetOffset = samples[i].header.dataSetOffset;
        request.dataSetLength = samples[i].header.dataSetLength;
        request.contextId =
            plan.choose(needs[i], scu.association().accepted().contexts, Conversion::Forbidden).contextId;
        request.sopClassUid = samples[i].header.sopClassUid;
        request.sopInstanceUid = samples[i].header.sopInstanceUid;
        const auto response = scu.submit(request, {}).and_then([&] { return scu.awaitResponse({}); });
        stored += response && response->status == kStatusSuccess ? 1 : 0;
    }
    scu.close();
    return stored;
}

} // namespace radpost::test
