#include "core/dicom/DecodeComplaints_p.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/oflog/oflog.h>
#include <dcmtk/oflog/spi/logevent.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace radpost::dicom {

namespace {

thread_local bool t_listening = false;
thread_local QString t_firstLoss;
thread_local QString t_firstError;

// Of libijg (jerror.h) and of DCMTK's own RLE and JPEG-LS decoders; the others of their messages are harmless.
constexpr std::string_view kLossMessages[] = {"premature end", "Premature end", "bad Huffman code", "instead of RST",
    "Inconsistent progression", "insufficient data", "Insufficient data", "corrupted"};

class ComplaintAppender final : public dcmtk::log4cplus::Appender
{
public:
    void close() override {}

protected:
    void append(const dcmtk::log4cplus::spi::InternalLoggingEvent& event) override
    {
        if (!t_listening) {
            return;
        }
        const auto& message = event.getMessage();
        const std::string_view text(message.data(), message.size());
        const bool isLoss = std::any_of(std::begin(kLossMessages), std::end(kLossMessages),
            [text](std::string_view part) { return text.find(part) != std::string_view::npos; });
        const bool isError = event.getLogLevel() >= dcmtk::log4cplus::ERROR_LOG_LEVEL;
        const QString copy = QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
        t_firstLoss = isLoss && t_firstLoss.isEmpty() ? copy : t_firstLoss;
        t_firstError = isError && t_firstError.isEmpty() ? copy : t_firstError;
    }
};

} // namespace

DecodeComplaints::DecodeComplaints()
{
    t_firstLoss.clear();
    t_firstError.clear();
    t_listening = true;
}

DecodeComplaints::~DecodeComplaints()
{
    t_listening = false;
}

QString DecodeComplaints::firstLoss() const
{
    return t_firstLoss;
}

QString DecodeComplaints::firstError() const
{
    return t_firstError;
}

void DecodeComplaints::install()
{
    OFLog::configure(OFLogger::WARN_LOG_LEVEL);
    auto root = dcmtk::log4cplus::Logger::getRoot();
    root.removeAllAppenders();
    root.addAppender(dcmtk::log4cplus::SharedAppenderPtr(new ComplaintAppender));
}

} // namespace radpost::dicom
