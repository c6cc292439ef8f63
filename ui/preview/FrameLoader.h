#pragma once

#include "core/base/Result.h"
#include "core/dicom/RenderedFrame.h"

#include "ui/common/Background.h"

#include <QObject>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace radpost::ui {

using LoadedFrame = std::shared_ptr<const Result<dicom::FrameRendering>>;

/// Has frames rendered off the GUI thread: one at a time, the newest wish next, and neighbours when there is no wish. A
/// wish that was overtaken before its turn is never rendered. Pictures are kept up to a bound. GUI thread.
class FrameLoader final : public QObject
{
    Q_OBJECT

public:
    using Render = std::function<Result<dicom::FrameRendering>(const dicom::FrameRequest&)>;

    static constexpr qint64 kMostKeptBytes = 64 * 1024 * 1024;
    static constexpr size_t kMostKept = 32;

    /// @p render blocks; it is called on one thread at a time.
    explicit FrameLoader(Render render, QObject* parent = nullptr);

    /// loaded() follows, at once when the picture is kept. Takes the place of the wish before.
    void want(const dicom::FrameRequest& request);
    /// Renders these too while nothing is wanted, in this order.
    void foresee(std::vector<dicom::FrameRequest> requests);
    /// Nothing is wanted any more.
    void drop();
    /// Forgets wishes and pictures; what is under way is dropped when it ends.
    void clear();

    /// A wish has no answer yet.
    [[nodiscard]] bool isBusy() const { return m_wanted.has_value(); }

Q_SIGNALS:
    /// The answer to the last want(), and to no other.
    void loaded(const radpost::dicom::FrameRequest& request, const radpost::ui::LoadedFrame& frame);

private:
    struct Kept
    {
        dicom::FrameRequest request;
        LoadedFrame frame;
        qint64 bytes = 0;
    };

    void next();
    void start(const dicom::FrameRequest& request);
    void take(const dicom::FrameRequest& request, int epoch, LoadedFrame frame);
    void keep(const dicom::FrameRequest& request, const LoadedFrame& frame);
    [[nodiscard]] LoadedFrame kept(const dicom::FrameRequest& request);

    Render m_render;
    std::optional<dicom::FrameRequest> m_wanted;
    std::deque<dicom::FrameRequest> m_foreseen;
    std::deque<Kept> m_kept; ///< the one used last in front
    qint64 m_keptBytes = 0;
    bool m_isRendering = false;
    int m_epoch = 0;
    Background m_background; // last: its threads end before the rest goes
};

} // namespace radpost::ui
