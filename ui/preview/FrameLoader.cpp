#include "ui/preview/FrameLoader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

qint64 bytesOf(const LoadedFrame& frame)
{
    const auto* picture = *frame ? std::get_if<dicom::RenderedFrame>(&**frame) : nullptr;
    return picture ? picture->pixels.size() : 0;
}

} // namespace

FrameLoader::FrameLoader(Render render, QObject* parent)
    : QObject(parent)
    , m_render(std::move(render))
    , m_background(u"preview"_s, 1)
{
}

void FrameLoader::want(const dicom::FrameRequest& request)
{
    m_foreseen.clear();
    m_wanted = request;
    if (const LoadedFrame frame = kept(request)) {
        m_wanted.reset();
        Q_EMIT loaded(request, frame);
        return;
    }
    next();
}

void FrameLoader::foresee(std::vector<dicom::FrameRequest> requests)
{
    m_foreseen.assign(requests.begin(), requests.end());
    next();
}

void FrameLoader::drop()
{
    m_wanted.reset();
    m_foreseen.clear();
}

void FrameLoader::clear()
{
    ++m_epoch;
    drop();
    m_kept.clear();
    m_keptBytes = 0;
}

void FrameLoader::next()
{
    if (m_isRendering) {
        return;
    }
    if (m_wanted) {
        start(*m_wanted);
        return;
    }
    while (!m_foreseen.empty() && !m_isRendering) {
        const auto request = m_foreseen.front();
        m_foreseen.pop_front();
        if (!kept(request)) {
            start(request);
        }
    }
}

void FrameLoader::start(const dicom::FrameRequest& request)
{
    m_isRendering = true;
    m_background.run(
        this,
        [render = m_render, request] { return std::make_shared<const Result<dicom::FrameRendering>>(render(request)); },
        [this, request, epoch = m_epoch](LoadedFrame frame) { take(request, epoch, std::move(frame)); });
}

void FrameLoader::take(const dicom::FrameRequest& request, int epoch, LoadedFrame frame)
{
    m_isRendering = false;
    if (epoch == m_epoch) {
        keep(request, frame);
        if (m_wanted == request) {
            m_wanted.reset();
            Q_EMIT loaded(request, frame);
        }
    }
    next();
}

void FrameLoader::keep(const dicom::FrameRequest& request, const LoadedFrame& frame)
{
    if (!*frame) {
        return; // the disk may be back the next time
    }
    m_kept.push_front({request, frame, bytesOf(frame)});
    m_keptBytes += m_kept.front().bytes;
    while (m_kept.size() > 1 && (m_kept.size() > kMostKept || m_keptBytes > kMostKeptBytes)) {
        m_keptBytes -= m_kept.back().bytes;
        m_kept.pop_back();
    }
}

LoadedFrame FrameLoader::kept(const dicom::FrameRequest& request)
{
    const auto found = std::find_if(
        m_kept.begin(), m_kept.end(), [&request](const Kept& candidate) { return candidate.request == request; });
    if (found == m_kept.end()) {
        return {};
    }
    std::rotate(m_kept.begin(), found, found + 1);
    return m_kept.front().frame;
}

} // namespace radpost::ui
