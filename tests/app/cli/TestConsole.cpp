#include "app/cli/Console.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <thread>
#include <vector>

using namespace radpost;
using namespace radpost::cli;
using namespace Qt::StringLiterals;

namespace {

// A console over two temporary files.
class Fixture final
{
public:
    explicit Fixture(const ConsoleOptions& options)
        : console(m_out, m_err)
    {
        console.setOptions(options);
    }
    ~Fixture()
    {
        console.clearProgress();
        std::fclose(m_out);
        std::fclose(m_err);
    }
    Q_DISABLE_COPY_MOVE(Fixture)

    QByteArray out() const { return textOf(m_out); }
    QByteArray err() const { return textOf(m_err); }

private:
    static QByteArray textOf(std::FILE* file)
    {
        QByteArray text;
        std::rewind(file);
        for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
            text += static_cast<char>(c);
        }
        return text;
    }

    std::FILE* m_out = std::tmpfile();
    std::FILE* m_err = std::tmpfile();

public:
    Console console;
};

constexpr ConsoleOptions kPlain{false, false, false, 80};
constexpr ConsoleOptions kTerminal{false, false, true, 40};
constexpr ConsoleOptions kJson{true, false, true, 80};

// What a terminal shows after @p bytes: understands what Console uses.
QStringList screenAfter(const QByteArray& bytes)
{
    static const QRegularExpression letter(u"[A-Za-z]"_s);
    QStringList lines{QString()};
    qsizetype row = 0;
    const auto text = QString::fromUtf8(bytes);
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\n') {
            if (++row == lines.size()) {
                lines.append(QString());
            }
        } else if (text[i] == u'\x1b') {
            const auto end = text.indexOf(letter, i);
            const auto count = text.mid(i + 2, end - i - 2).toInt();
            if (text[end] == u'A') {
                row -= count;
            } else {
                lines = lines.first(row + 1); // "J", which always follows "\r" here
                lines[row].clear();
            }
            i = end;
        } else if (text[i] != u'\r') {
            lines[row] += text[i];
        }
    }
    return lines;
}

} // namespace

class TestConsole : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resultsAndRemarksGoToTheirOwnStreams()
    {
        Fixture fixture(kPlain);
        fixture.console.line(u"结果"_s);
        fixture.console.note(u"note"_s);
        QCOMPARE(fixture.out(), QByteArray("结果\n"));
        QCOMPARE(fixture.err(), "note\n"_ba);
    }

    void withJsonOnlyEventsGoOut()
    {
        Fixture fixture(kJson);
        fixture.console.line(u"text"_s);
        fixture.console.note(u"note"_s);
        fixture.console.setProgress({u"progress"_s});
        fixture.console.event(u"done"_s, {{u"n"_s, 1}});
        fixture.console.error(makeError(ErrorCode::NotDicom, u"x"_s));
        const auto lines = fixture.out().trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(QJsonDocument::fromJson(lines[0]).object()[u"event"_s].toString(), u"done"_s);
        const auto error = QJsonDocument::fromJson(lines[1]).object();
        QCOMPARE(error[u"event"_s].toString(), u"error"_s);
        QCOMPARE(error[u"code"_s].toInt(), static_cast<int>(ErrorCode::NotDicom));
        QCOMPARE(fixture.err(), QByteArray());
    }

    void withoutJsonThereAreNoEvents()
    {
        Fixture fixture(kPlain);
        fixture.console.event(u"done"_s);
        QCOMPARE(fixture.out(), QByteArray());
    }

    void anErrorNeverStandsAsANumberAlone()
    {
        Fixture fixture(kPlain);
        fixture.console.error(makeError(ErrorCode::CalledAeNotRecognised, u"detail\x1b[2J"_s));
        const auto text = fixture.err();
        QVERIFY(text.contains("does not know the AE title"));
        QVERIFY(text.contains("CalledAeNotRecognised 212"));
        QVERIFY(text.contains("detail"));
        QVERIFY(!text.contains('\x1b'));
    }

    void progressIsShownOnTerminalsOnly()
    {
        Fixture plain(kPlain);
        plain.console.setProgress({u"10 %"_s});
        QCOMPARE(plain.err(), QByteArray());
        Fixture terminal(kTerminal);
        terminal.console.setProgress({u"10 %"_s});
        QCOMPARE(terminal.err(), "10 %"_ba);
    }

    void progressStaysInPlace()
    {
        Fixture fixture(kTerminal);
        fixture.console.setProgress({u"a 1"_s, u"b 1"_s});
        fixture.console.setProgress({u"a 2"_s, u"b 2"_s});
        fixture.console.note(u"a note"_s);
        fixture.console.setProgress({u"a 3"_s});
        QCOMPARE(screenAfter(fixture.err()), QStringList({u"a note"_s, u"a 3"_s}));
    }

    void theSameProgressIsNotWrittenTwice()
    {
        Fixture fixture(kTerminal);
        fixture.console.setProgress({u"a"_s});
        const auto before = fixture.err();
        fixture.console.setProgress({u"a"_s});
        QCOMPARE(fixture.err(), before);
    }

    void progressIsTakenAwayWithoutATrace()
    {
        Fixture fixture(kTerminal);
        fixture.console.setProgress({u"a"_s, u"b"_s});
        fixture.console.clearProgress();
        QCOMPARE(screenAfter(fixture.err()), QStringList(QString()));
    }

    void progressNeverWrapsTheTerminal()
    {
        Fixture fixture(kTerminal);
        fixture.console.setProgress({QString(100, u'王')});
        QVERIFY(QString::fromUtf8(fixture.err()).size() <= 20);
    }

    void quietKeepsResultsAndProblems()
    {
        Fixture fixture({false, true, true, 80});
        fixture.console.setProgress({u"a"_s});
        fixture.console.note(u"note"_s);
        fixture.console.line(u"result"_s);
        fixture.console.complain(u"problem"_s);
        QCOMPARE(fixture.out(), "result\n"_ba);
        QCOMPARE(fixture.err(), "problem\n"_ba);
    }

    void linesOfManyThreadsStayWhole()
    {
        Fixture fixture(kTerminal);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&fixture, t] {
                for (int i = 0; i < 100; ++i) {
                    fixture.console.setProgress({QString::number(t)});
                    fixture.console.line(u"whole line"_s);
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(fixture.out(), QByteArray("whole line\n").repeated(400));
    }
};

QTEST_GUILESS_MAIN(TestConsole)
#include "TestConsole.moc"
