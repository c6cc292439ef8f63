#include "ui/activity/ReceiptView.h"

#include "ui/activity/ReceiptFile.h"
#include "ui/common/Backend.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"

#include "app/common/ReceiptWords.h"
#include "core/queue/ReceiptWriter.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QShortcut>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kFileKey = u"file"_s;

template <typename List>
void shorten(List& list)
{
    if (list.size() > ReceiptView::kMostRows) {
        list.resize(ReceiptView::kMostRows);
    }
}

/// Counts stay whole; only tables are cut.
bool shorten(queue::Receipt& receipt)
{
    const auto rows = [&receipt]() -> qsizetype {
        return receipt.rejected.size() + receipt.warnings.size() + receipt.unfinished.size() + receipt.skipped.size() +
            receipt.duplicates.size() + receipt.associations.size();
    };
    const auto before = rows();
    shorten(receipt.rejected);
    shorten(receipt.warnings);
    shorten(receipt.unfinished);
    shorten(receipt.associations);
    return rows() != before;
}

Result<queue::Receipt> receiptOf(const engine::Engine& engine, JobId job, ReceiptView::Patients patients)
{
    auto receipt = engine.receipt(job);
    const bool isMasked = patients == ReceiptView::Patients::Masked;
    return receipt && isMasked ? Result<queue::Receipt>(queue::withoutPatients(*std::move(receipt))) : receipt;
}

} // namespace

ReceiptView::ReceiptView(Backend& backend, JobId job, Patients patients, QWidget* parent)
    : QWidget(parent)
    , m_backend(backend)
    , m_job(job)
    , m_patients(patients)
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_text(new QTextBrowser)
    , m_back(makePlainButton(u"back"_s))
    , m_copy(makePlainButton(u"copy"_s))
    , m_print(makePlainButton(u"print"_s))
    , m_save(makePrimaryButton({}))
{
    m_header->addLeading(m_back);
    for (auto* button : {m_copy, m_print, m_save}) {
        m_header->addAction(button);
    }
    m_text->setProperty("role", u"paper"_s);
    m_text->setOpenLinks(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    column->setSpacing(4 * metrics::kUnit);
    column->addWidget(m_header);
    column->addWidget(m_problems);
    column->addWidget(m_text, 1);
    connect(m_back, &QPushButton::clicked, this, &ReceiptView::left);
    connect(m_copy, &QPushButton::clicked, this, &ReceiptView::copy);
    connect(m_print, &QPushButton::clicked, this, &ReceiptView::print);
    connect(m_save, &QPushButton::clicked, this, &ReceiptView::askSave);
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &ReceiptView::left);
    onLanguage(*this, [this] { retranslate(); });
}

void ReceiptView::retranslate()
{
    m_header->setTitle(tr("Receipt"));
    m_header->setSubtitle(tr("Job %1").arg(m_job.value));
    m_back->setText(tr("Back"));
    m_copy->setText(tr("Copy"));
    m_print->setText(tr("Print…"));
    m_save->setText(tr("Save…"));
    m_text->setAccessibleName(tr("Receipt"));
    load();
}

void ReceiptView::load()
{
    struct Page
    {
        QString html;
        QString fileName;
        bool isShortened = false;
    };
    m_backend.run(
        this,
        [job = m_job, patients = m_patients](engine::Engine& engine) {
            return receiptOf(engine, job, patients).map([](queue::Receipt receipt) {
                const bool isShortened = shorten(receipt);
                return Page{QString::fromUtf8(queue::receiptHtml(receipt, app::ReceiptWords())),
                    receiptFileName(receipt), isShortened};
            });
        },
        [this](const Result<Page>& page) {
            if (!page) {
                m_problems->show(kFileKey, errorNotice(page.error()));
                return;
            }
            m_fileName = page->fileName;
            show(page->html);
            if (page->isShortened) {
                Notice notice;
                notice.heading = [] {
                    return tr("Only the beginning of long lists is shown; a saved file holds all.");
                };
                m_problems->show(u"short"_s, std::move(notice));
            }
            Q_EMIT loaded();
        });
}

void ReceiptView::show(const QString& html)
{
    m_text->setHtml(html);
}

QString ReceiptView::text() const
{
    return m_text->toPlainText();
}

void ReceiptView::copy()
{
    QGuiApplication::clipboard()->setText(text());
    Notice notice;
    notice.kind = BannerKind::Good;
    notice.heading = [] { return tr("The receipt was copied as text."); };
    m_problems->show(kFileKey, std::move(notice));
}

void ReceiptView::print()
{
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    auto* dialog = new QPrintDialog(printer.get(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, printer] { printOn(printer); });
    dialog->open();
}

void ReceiptView::printOn(const std::shared_ptr<QPrinter>& printer)
{
    m_backend.run(
        this,
        [job = m_job, patients = m_patients, printer](engine::Engine& engine) {
            return receiptOf(engine, job, patients).and_then([&](const queue::Receipt& receipt) -> Result<> {
                return printReceipt(receipt, *printer) ? Result<>() : fail(ErrorCode::FileWriteFailed, u"printer"_s);
            });
        },
        [this](const Result<>& printed) {
            if (!printed) {
                m_problems->show(kFileKey, errorNotice(printed.error(), [] { return tr("Nothing was printed."); }));
            }
        });
}

void ReceiptView::askSave()
{
    auto* dialog = new QFileDialog(this, tr("Save the receipt"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QList<std::pair<QString, QString>> kinds{{tr("Document (*.pdf)"), u"pdf"_s},
        {tr("Web page (*.html)"), u"html"_s}, {tr("Table for spreadsheets (*.csv)"), u"csv"_s},
        {tr("For programs (*.json)"), u"json"_s}};
    QStringList filters;
    for (const auto& [filter, ending] : kinds) {
        filters.append(filter);
    }
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(u"pdf"_s);
    const QString name = m_fileName.isEmpty() ? u"radpost-%1"_s.arg(m_job.value) : m_fileName;
    dialog->selectFile(name + u".pdf"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, kinds](const QString& chosen) {
        for (const auto& [filter, ending] : kinds) {
            if (filter == chosen) {
                dialog->setDefaultSuffix(ending);
            }
        }
    });
    connect(dialog, &QFileDialog::fileSelected, this, &ReceiptView::saveTo);
    dialog->open();
}

void ReceiptView::saveTo(const QString& path)
{
    const auto format = receiptFormat(path);
    if (!format) {
        const auto error = makeError(ErrorCode::InvalidArgument, path);
        m_problems->show(
            kFileKey, errorNotice(error, [] { return tr("The name must end in .pdf, .html, .csv or .json."); }));
        return;
    }
    m_backend.run(
        this,
        [job = m_job, patients = m_patients, path, format = *format](engine::Engine& engine) {
            return receiptOf(engine, job, patients).and_then([&](const queue::Receipt& receipt) {
                return writeReceipt(receipt, path, format);
            });
        },
        [this, path](const Result<>& written) {
            if (!written) {
                m_problems->show(
                    kFileKey, errorNotice(written.error(), [] { return tr("The receipt was not saved."); }));
                return;
            }
            Notice notice;
            notice.kind = BannerKind::Good;
            notice.heading = [path] { return tr("The receipt was saved as %1.").arg(path); };
            m_problems->show(kFileKey, std::move(notice));
        });
}

} // namespace radpost::ui
