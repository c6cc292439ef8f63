#include "core/config/Csv.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

class CsvReader final
{
public:
    explicit CsvReader(const QString& text)
        : m_text(text)
        , m_separator(separatorOf(text))
    {
    }

    Result<std::vector<CsvRow>> read()
    {
        while (m_at < m_text.size()) {
            if (!readRow()) {
                return fail(ErrorCode::ConfigSyntax, u"line %1: a quote is not closed"_s.arg(m_row.line));
            }
            if (m_row.cells != QStringList(QString())) {
                m_rows.push_back(m_row);
            }
        }
        return std::move(m_rows);
    }

private:
    static QChar separatorOf(const QString& text)
    {
        const auto firstLine = QStringView(text).first(std::max<qsizetype>(text.indexOf(u'\n'), 0));
        return firstLine.count(u';') > firstLine.count(u',') ? u';' : u',';
    }

    bool readRow()
    {
        m_row = {m_line, {}};
        for (;;) {
            if (!readCell()) {
                return false;
            }
            if (m_at >= m_text.size()) {
                return true;
            }
            const QChar end = m_text[m_at++];
            if (end == u'\n') {
                ++m_line;
                return true;
            }
        }
    }

    bool readCell()
    {
        if (m_at < m_text.size() && m_text[m_at] == u'"') {
            return readQuoted();
        }
        const auto begin = m_at;
        while (m_at < m_text.size() && m_text[m_at] != m_separator && m_text[m_at] != u'\n') {
            ++m_at;
        }
        auto cell = QStringView(m_text).sliced(begin, m_at - begin);
        m_row.cells.append((cell.endsWith(u'\r') ? cell.chopped(1) : cell).toString());
        return true;
    }

    bool readQuoted()
    {
        QString cell;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == u'"') {
                if (m_at + 1 >= m_text.size() || m_text[m_at + 1] != u'"') {
                    return finishQuoted(cell);
                }
                ++m_at;
            }
            m_line += m_text[m_at] == u'\n' ? 1 : 0;
            cell += m_text[m_at];
        }
        return false;
    }

    // After the closing quote comes the separator, the end of the line or of the text.
    bool finishQuoted(const QString& cell)
    {
        ++m_at;
        if (m_at < m_text.size() && m_text[m_at] == u'\r') {
            ++m_at;
        }
        m_row.cells.append(cell);
        return m_at >= m_text.size() || m_text[m_at] == m_separator || m_text[m_at] == u'\n';
    }

    const QString& m_text;
    const QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
    CsvRow m_row;
    std::vector<CsvRow> m_rows;
};

} // namespace

Result<std::vector<CsvRow>> parseCsv(const QByteArray& bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8); // takes a byte order mark away
    const QString text = decoder(bytes);
    if (decoder.hasError()) {
        return fail(ErrorCode::ConfigSyntax, u"the file is not UTF-8"_s);
    }
    return CsvReader(text).read();
}

QByteArray csvRow(const QStringList& cells)
{
    QStringList quoted;
    for (auto cell : cells) {
        const bool needsQuotes = std::any_of(cell.cbegin(), cell.cend(),
            [](QChar c) { return c == u',' || c == u';' || c == u'"' || c == u'\n' || c == u'\r'; });
        if (needsQuotes) {
            cell.replace(u"\""_s, u"\"\""_s);
            cell = u'"' + cell + u'"';
        }
        quoted.append(cell);
    }
    return (quoted.join(u',') + u"\r\n"_s).toUtf8();
}

} // namespace radpost::config
