#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// What docs/dev/architecture.md allows.
struct Law
{
    QHash<QString, QSet<QString>> mayUse; // module of core/ -> modules
    QSet<QString> openHeaders;            // what app/ and ui/ may include beside engine and base
};

QString between(const QString& text, const QString& name)
{
    const qsizetype begin = text.indexOf(u"<!-- %1: begin -->"_s.arg(name));
    const qsizetype end = text.indexOf(u"<!-- %1: end -->"_s.arg(name));
    return begin < 0 || end < begin ? QString() : text.mid(begin, end - begin);
}

QStringList quoted(const QString& text)
{
    static const QRegularExpression ticks(u"`([^`]+)`"_s);
    QStringList words;
    for (const auto& match : ticks.globalMatch(text)) {
        words.append(match.captured(1));
    }
    return words;
}

Law parseLaw(const QString& document)
{
    Law law;
    for (const QString& line : between(document, u"module table"_s).split(u'\n')) {
        const QStringList cells = line.split(u'|');
        const QStringList name = cells.size() == 5 ? quoted(cells[1]) : QStringList();
        if (name.size() == 1) {
            const QStringList uses = quoted(cells[3]);
            law.mayUse.insert(name[0], QSet<QString>(uses.begin(), uses.end()));
        }
    }
    const QStringList open = quoted(between(document, u"open headers"_s));
    law.openHeaders = QSet<QString>(open.begin(), open.end());
    return law;
}

QString textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

bool isForeign(const QString& header)
{
    static const QRegularExpression foreign(
        u"^(dcmtk/|openssl/|toml\\+\\+|tomlplusplus|sqlite3|archive\\.h|archive_entry\\.h|zlib\\.h|iconv\\.h|httplib\\.h|QtSql|QSql)"_s);
    return foreign.match(header).hasMatch();
}

// What ui/ never touches itself: the ledger, the wire.
bool isBehindTheEngine(const QString& header)
{
    static const QRegularExpression wire(u"^(QTcp|QUdp|QSsl|QLocalSocket|QtNetwork|sys/socket\\.h|netdb\\.h)"_s);
    return isForeign(header) || wire.match(header).hasMatch();
}

/// The broken rule when the file at @p path (from the root of the source tree) includes @p header; empty when none is.
QString brokenRule(const Law& law, const QString& path, const QString& header)
{
    const QStringList from = path.split(u'/');
    const QStringList to = header.split(u'/');
    const bool inCore = from[0] == u"core";
    const bool privateFile = path.endsWith(u".cpp") || path.endsWith(u"_p.h");
    if (inCore && !privateFile && isForeign(header)) {
        return u"a public header shows a library's types"_s;
    }
    if (inCore && (to[0] == u"app" || to[0] == u"ui" || to[0] == u"tests")) {
        return u"core knows its users"_s;
    }
    if (from[0] == u"ui" && isBehindTheEngine(header)) {
        return u"ui/ has no SQL, no DCMTK and no sockets of its own"_s;
    }
    if (to[0] != u"core" || to.size() < 3) {
        return {};
    }
    const bool sameModule = inCore && from[1] == to[1];
    if (header.endsWith(u"_p.h") && !sameModule) {
        return u"a private header of another module"_s;
    }
    if (!inCore) {
        const bool allowed = to[1] == u"engine" || to[1] == u"base" || law.openHeaders.contains(header);
        return allowed ? QString() : u"%1/ sees engine, base and open headers only"_s.arg(from[0]);
    }
    if (!law.mayUse.contains(from[1])) {
        return u"module %1 has no row in the table"_s.arg(from[1]);
    }
    const bool allowed = sameModule || to[1] == u"base" || law.mayUse[from[1]].contains(to[1]);
    return allowed ? QString() : u"%1 may not use %2"_s.arg(from[1], to[1]);
}

QStringList violations(const Law& law, const QString& path, const QString& source)
{
    static const QRegularExpression include(
        u"^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"_s, QRegularExpression::MultilineOption);
    QStringList found;
    for (const auto& match : include.globalMatch(source)) {
        const QString rule = brokenRule(law, path, match.captured(1));
        if (!rule.isEmpty()) {
            found.append(path + u": " + match.captured(1) + u": " + rule);
        }
    }
    return found;
}

/// True when following the arrows from @p module leads back to it.
bool isInCycle(const Law& law, const QString& module)
{
    QSet<QString> seen;
    QStringList todo = law.mayUse[module].values();
    while (!todo.isEmpty()) {
        const QString next = todo.takeLast();
        if (next == module) {
            return true;
        }
        if (!seen.contains(next)) {
            seen.insert(next);
            todo += law.mayUse[next].values();
        }
    }
    return false;
}

} // namespace

class TestModuleTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = qEnvironmentVariable("RADPOST_SOURCE_DIR");
        m_law = parseLaw(textOf(m_root + u"/docs/dev/architecture.md"));
        QVERIFY(m_law.mayUse.size() >= 9);
        QVERIFY(!m_law.openHeaders.isEmpty());
        for (const QString& header : m_law.openHeaders) {
            QVERIFY2(QFile::exists(m_root + u'/' + header), qPrintable(header));
        }
    }

    void theTableNamesTheFoldersOfCoreAndHasNoCycle()
    {
        const QStringList folders = QDir(m_root + u"/core").entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QVERIFY(folders.size() >= 3);
        for (const QString& folder : folders) {
            QVERIFY2(m_law.mayUse.contains(folder), qPrintable(folder));
        }
        for (auto row = m_law.mayUse.cbegin(); row != m_law.mayUse.cend(); ++row) {
            QVERIFY2(!isInCycle(m_law, row.key()), qPrintable(row.key()));
        }
    }

    void everyIncludeFollowsTheTable()
    {
        int files = 0;
        QStringList found;
        for (const QString& top : {u"core"_s, u"app"_s, u"ui"_s}) {
            QDirIterator walk(m_root + u'/' + top, {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
            while (walk.hasNext()) {
                const QString path = walk.next();
                found += violations(m_law, path.mid(m_root.size() + 1), textOf(path));
                ++files;
            }
        }
        QVERIFY2(files > 10, "the source tree was not found");
        QVERIFY2(found.isEmpty(), qPrintable(u"\n"_s + found.join(u'\n')));
    }

    void aBreachIsFound_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("isBreach");
        const auto row = [](const char* title, const char* path, const char* line, bool isBreach) {
            QTest::newRow(title) << QString::fromLatin1(path) << QString::fromLatin1(line) << isBreach;
        };
        row("arrow up", "core/net/X.cpp", "#include \"core/engine/Engine.h\"", true);
        row("sibling", "core/queue/X.h", "#include \"core/net/Socket.h\"", true);
        row("in the row", "core/net/X.cpp", "#include \"core/dicom/InstanceHeader.h\"", false);
        row("base is always allowed", "core/dicom/X.cpp", "#include \"core/base/Result.h\"", false);
        row("own module", "core/net/X.cpp", "#include \"core/net/Socket_p.h\"", false);
        row("another's private header", "core/engine/X.cpp", "#include \"core/net/Socket_p.h\"", true);
        row("unknown module", "core/misc/X.cpp", "#include \"core/net/Socket.h\"", true);
        row("DCMTK in a public header", "core/dicom/X.h", "#include <dcmtk/dcmdata/dctk.h>", true);
        row("DCMTK in a private header", "core/dicom/X_p.h", "#include <dcmtk/dcmdata/dctk.h>", false);
        row("OpenSSL in a public header", "core/net/X.h", "#include <openssl/ssl.h>", true);
        row("SQL in a public header", "core/store/X.h", "  #  include <QSqlDatabase>", true);
        row("SQL in a source file", "core/store/X.cpp", "#include <QSqlDatabase>", false);
        row("core knows app", "core/engine/X.cpp", "#include \"app/cli/Main.h\"", true);
        row("app sees engine", "app/cli/X.cpp", "#include \"core/engine/Engine.h\"", false);
        row("app sees an open header", "app/cli/X.cpp", "#include \"core/config/Destination.h\"", false);
        row("app sees the network", "app/cli/X.cpp", "#include \"core/net/Socket.h\"", true);
        row("ui has a socket", "ui/jobs/X.cpp", "#include <QTcpSocket>", true);
        row("ui has SQL", "ui/jobs/X.cpp", "#include <QSqlQuery>", true);
        row("ui sees the facade", "ui/jobs/X.cpp", "#include \"core/engine/Engine.h\"", false);
        row("ui sees the ledger", "ui/jobs/X.cpp", "#include \"core/store/Ledger.h\"", true);
    }

    void aBreachIsFound()
    {
        QFETCH(QString, path);
        QFETCH(QString, line);
        QFETCH(bool, isBreach);
        QCOMPARE(violations(m_law, path, u"#pragma once\n"_s + line + u'\n').size(), isBreach ? 1 : 0);
    }

    void aCycleIsFound()
    {
        const Law law = parseLaw(
            u"<!-- module table: begin -->\n| `a` | x | `b` |\n| `b` | x | `a` |\n<!-- module table: end -->"_s);
        QVERIFY(isInCycle(law, u"a"_s));
    }

private:
    QString m_root;
    Law m_law;
};

QTEST_GUILESS_MAIN(TestModuleTable)
#include "TestModuleTable.moc"
