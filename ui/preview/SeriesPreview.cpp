#include "ui/preview/SeriesPreview.h"

#include "core/engine/FramePreview.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/preview/PictureView.h"
#include "ui/preview/PreviewNotice.h"
#include "ui/preview/PreviewTexts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kPage = 10;
constexpr int kLongestSide = 2048; ///< no pane is larger, and a radiograph need not be copied whole
constexpr std::chrono::milliseconds kPatience{200};
constexpr int kKeyDistance = 16; ///< what a key does to the window, in pixels of dragging

FrameLoader::Render engineRender()
{
    auto preview = std::make_shared<engine::FramePreview>();
    return [preview](const dicom::FrameRequest& request) { return preview->render(request); };
}

QImage imageOf(const dicom::RenderedFrame& frame)
{
    const auto format = frame.isColor ? QImage::Format_RGB888 : QImage::Format_Grayscale8;
    const int stride = frame.width * (frame.isColor ? 3 : 1);
    // Shares the bytes: they live as long as the copy of the QByteArray.
    auto* bytes = new QByteArray(frame.pixels);
    return QImage(
        reinterpret_cast<const uchar*>(bytes->constData()), frame.width, frame.height, stride, format,
        [](void* held) { delete static_cast<QByteArray*>(held); }, bytes);
}

/// To the right the window gets wider, downwards darker: as in every viewer.
dicom::Window draggedWindow(const dicom::Window& from, QPoint distance)
{
    const double step = std::max(from.width, 1.0) / 256;
    return {from.center + distance.y() * step, std::max(from.width + distance.x() * step * 2, 1.0)};
}

} // namespace

SeriesPreview::SeriesPreview(QWidget* parent)
    : SeriesPreview(engineRender(), parent)
{
}

SeriesPreview::SeriesPreview(FrameLoader::Render render, QWidget* parent)
    : QWidget(parent)
    , m_loader(std::move(render))
{
    build();
    connectView();
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] { m_view->setBusyText(tr("Loading…")); });
    connect(&m_loader, &FrameLoader::loaded, this,
        [this](const dicom::FrameRequest& /*request*/, const LoadedFrame& frame) { take(frame); });
    onLanguage(*this, [this] { setTexts(); });
    setState(State::Empty);
}

void SeriesPreview::build()
{
    m_title = makeText(u"strong"_s);
    m_view = new PictureView;
    m_notice = new PreviewNotice;
    auto* picture = new QWidget;
    m_stack = new QStackedLayout(picture);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_notice);
    m_facts = makeText(u"small"_s);
    m_note = makeText(u"muted"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addWidget(m_title);
    column->addWidget(picture, 1);
    column->addWidget(buildSlices());
    column->addWidget(buildWindow());
    column->addWidget(m_facts);
    column->addWidget(m_note);
}

QWidget* SeriesPreview::buildSlices()
{
    m_sliceRow = new QWidget;
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setPageStep(kPage);
    m_slider->installEventFilter(this);
    m_position = makeLabel(u"muted"_s);
    auto* row = new QHBoxLayout(m_sliceRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * metrics::kUnit);
    row->addWidget(m_slider, 1);
    row->addWidget(m_position);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) { showSlice(value - 1); });
    return m_sliceRow;
}

QWidget* SeriesPreview::buildWindow()
{
    m_windowRow = new QWidget;
    m_presets = new QComboBox;
    m_presets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_presets->setMinimumContentsLength(8);
    m_reset = makeIconButton(u"reset"_s);
    auto* row = new QHBoxLayout(m_windowRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kUnit);
    row->addWidget(m_presets, 1);
    row->addWidget(m_reset);
    connect(m_presets, &QComboBox::activated, this, [this](int index) {
        if (const auto* shown = frame(); shown && index >= 0) {
            setWindow(presetsFor(*shown)[static_cast<size_t>(index)].window);
        }
    });
    connect(m_reset, &QToolButton::clicked, this, [this] { setWindow(dicom::FileWindow{}); });
    return m_windowRow;
}

void SeriesPreview::connectView()
{
    connect(m_view, &PictureView::stepped, this, [this](int slices) { showSlice(m_index + slices); });
    connect(m_view, &PictureView::doubleClicked, this, [this] { setWindow(dicom::FileWindow{}); });
    connect(m_view, &PictureView::dragBegan, this, [this] { beginDrag(); });
    connect(m_view, &PictureView::dragged, this, [this](QPoint distance) { drag(distance); });
    connect(m_view, &PictureView::dragEnded, this, [this] {
        m_dragFrom.reset();
        foresee();
    });
    connect(m_notice->againButton(), &QPushButton::clicked, this, [this] { request(); });
}

void SeriesPreview::setTexts()
{
    m_view->setAccessibleName(tr("Picture"));
    m_view->setToolTip(
        tr("Drag for brightness and contrast, turn the wheel for slices; a double click takes the window "
           "of the file."));
    m_view->setAccessibleDescription(tr("Up, Down, Page Up, Page Down, Home and End go through the slices; Left and "
                                        "Right change the contrast, Shift with Up and Down the brightness; R takes the "
                                        "window of the file."));
    m_slider->setAccessibleName(tr("Slice"));
    m_presets->setAccessibleName(tr("Window"));
    m_presets->setPlaceholderText(tr("Set by hand"));
    setIconText(*m_reset, tr("Window of the file (R)"));
    if (!m_view->picture().isNull() && m_loader.isBusy() && !m_patience.isActive()) {
        m_view->setBusyText(tr("Loading…"));
    }
    setState(m_state);
}

void SeriesPreview::setSeries(PreviewSeries series)
{
    SliceSequence slices(std::move(series.instances));
    int index = -1;
    if (series.title == m_seriesTitle && m_index >= 0) {
        const auto slice = m_slices.at(m_index);
        index = slices.indexOf(slice.instance->path, slice.frame);
    }
    const bool staysPut = index >= 0;
    if (!staysPut) {
        clear();
    }
    m_slices = std::move(slices);
    m_seriesTitle = series.title;
    m_title->setText(series.title);
    setNote(series.note);
    {
        const QSignalBlocker silent(m_slider);
        m_slider->setRange(1, std::max(m_slices.count(), 1));
    }
    m_index = staysPut ? index : m_slices.middle();
    if (staysPut) {
        m_shownIndex = m_shown ? index : -1;
        setState(m_state);
    } else {
        request();
    }
}

void SeriesPreview::clear()
{
    m_loader.clear();
    m_slices = {};
    m_seriesTitle.clear();
    m_title->clear();
    m_index = m_shownIndex = -1;
    m_direction = 1;
    m_window = dicom::FileWindow{};
    m_shown.reset();
    m_noPicture.reset();
    m_dragFrom.reset();
    m_view->setPicture({}, 1);
    setNote({});
    setState(State::Empty);
}

void SeriesPreview::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void SeriesPreview::showSlice(int index)
{
    const int nearest = std::clamp(index, 0, std::max(m_slices.count() - 1, 0));
    if (m_slices.count() == 0 || nearest == m_index) {
        return;
    }
    m_direction = nearest > m_index ? 1 : -1;
    m_index = nearest;
    request();
}

dicom::FrameRequest SeriesPreview::requestFor(int index) const
{
    const auto slice = m_slices.at(index);
    return {slice.instance->path, slice.frame, m_window, kLongestSide};
}

void SeriesPreview::request()
{
    if (m_index < 0) {
        setState(State::Empty);
        return;
    }
    const auto* instance = m_slices.at(m_index).instance;
    m_noPicture = dicom::foreseenNoPicture(instance->sopClassUid.toLatin1(), instance->transferSyntaxUid.toLatin1());
    if (m_noPicture) {
        m_loader.drop();
        m_shown.reset();
        setState(State::NoPicture);
        return;
    }
    m_patience.start();
    setState(State::Loading);
    m_loader.want(requestFor(m_index));
}

void SeriesPreview::take(const LoadedFrame& loaded)
{
    m_shown = loaded;
    m_shownIndex = m_index;
    if (!*loaded) {
        setState(State::Error);
        return;
    }
    if (const auto* none = std::get_if<dicom::NoPicture>(&**loaded)) {
        m_noPicture = *none;
        setState(State::NoPicture);
        return;
    }
    const auto& picture = std::get<dicom::RenderedFrame>(**loaded);
    m_view->setPicture(imageOf(picture), picture.pixelAspect);
    setState(State::Picture);
    if (!m_dragFrom) {
        foresee();
    }
}

void SeriesPreview::foresee()
{
    std::vector<dicom::FrameRequest> requests;
    for (const int distance : {1, -1, 2, 3}) {
        const int index = m_index + distance * m_direction;
        if (m_state == State::Picture && index >= 0 && index < m_slices.count()) {
            requests.push_back(requestFor(index));
        }
    }
    m_loader.foresee(std::move(requests));
}

const dicom::RenderedFrame* SeriesPreview::frame() const
{
    return m_shown && *m_shown ? std::get_if<dicom::RenderedFrame>(&**m_shown) : nullptr;
}

std::optional<dicom::Window> SeriesPreview::window() const
{
    const auto* shown = frame();
    return shown ? shown->window : std::nullopt;
}

QString SeriesPreview::factsText() const
{
    return m_facts->text();
}

QString SeriesPreview::positionText() const
{
    return m_position->text();
}

void SeriesPreview::setState(State state)
{
    m_state = state;
    const auto* shown = frame();
    const bool isPicture = state == State::Picture || (state == State::Loading && (shown || !m_shown));
    showInStack(isPicture ? static_cast<QWidget*>(m_view) : m_notice);
    if (state != State::Loading) {
        m_patience.stop();
        m_view->setBusyText({});
    }
    {
        const QSignalBlocker silent(m_slider);
        m_slider->setValue(m_index + 1);
    }
    const QLocale locale;
    m_sliceRow->setVisible(m_slices.count() > 1);
    m_position->setText(tr("%1 / %2").arg(locale.toString(m_index + 1), locale.toString(m_slices.count())));
    m_title->setVisible(!m_title->text().isEmpty());
    m_windowRow->setVisible(isPicture && shown && !shown->isColor);
    if (isPicture && shown) {
        showPicture(*shown);
    } else {
        m_view->setCorners({}, {});
        showMessage();
    }
    if (state != State::Loading) {
        Q_EMIT this->shown();
    }
}

void SeriesPreview::showInStack(QWidget* widget)
{
    const auto* before = m_stack->currentWidget();
    const bool hadFocus = before->hasFocus();
    m_stack->setCurrentWidget(widget);
    if (hadFocus && before != widget) {
        widget->setFocus(); // keys go on where they were
    }
}

void SeriesPreview::showPicture(const dicom::RenderedFrame& frame)
{
    const QLocale locale;
    const QString place = tr("Slice %1/%2").arg(locale.toString(m_shownIndex + 1), locale.toString(m_slices.count()));
    m_view->setCorners(m_slices.count() > 1 ? place : QString(), windowText(frame, m_window));
    m_facts->setText(factsOf(frame));
    m_facts->show();
    showPresets();
}

void SeriesPreview::showPresets()
{
    const auto presets = presetsFor(*frame());
    QStringList names;
    int current = -1;
    for (size_t i = 0; i < presets.size(); ++i) {
        names << presets[i].name;
        current = presets[i].window == m_window ? static_cast<int>(i) : current;
    }
    QStringList before;
    for (int i = 0; i < m_presets->count(); ++i) {
        before << m_presets->itemText(i);
    }
    if (names != before) { // not under the hand of somebody who chooses
        m_presets->clear();
        m_presets->addItems(names);
    }
    m_presets->setCurrentIndex(current);
}

void SeriesPreview::showMessage()
{
    QString facts;
    if (m_index >= 0) {
        const auto* instance = m_slices.at(m_index).instance;
        facts = QStringList{sopClassName(instance->sopClassUid), transferSyntaxName(instance->transferSyntaxUid)}.join(
            u" · "_s);
    }
    m_facts->setText(facts);
    m_facts->setVisible(!facts.isEmpty());
    if (m_state == State::Error) {
        m_notice->show(PreviewNotice::Kind::Trouble, messageOf(m_shown->error()));
    } else if (m_state == State::NoPicture && m_noPicture) {
        m_notice->show(PreviewNotice::Kind::Other, messageOf(*m_noPicture));
    } else if (m_state == State::Empty) {
        m_notice->show(PreviewNotice::Kind::Nothing,
            {tr("No series selected"), tr("Select a series to see its images here."), {}});
    }
}

void SeriesPreview::setWindow(const dicom::WindowChoice& window)
{
    m_window = window;
    if (m_index >= 0) {
        request();
    }
}

void SeriesPreview::beginDrag()
{
    const auto* shown = frame();
    if (!shown || shown->isColor) {
        return;
    }
    // Where a VOI LUT was at work, dragging begins from all values.
    const dicom::Window all{(shown->minimum + shown->maximum) / 2, std::max(shown->maximum - shown->minimum, 1.0)};
    const auto* asked = std::get_if<dicom::Window>(&m_window); // may not be shown yet
    m_dragFrom = asked ? *asked : shown->window.value_or(all);
}

void SeriesPreview::drag(QPoint distance)
{
    if (m_dragFrom) {
        setWindow(draggedWindow(*m_dragFrom, distance));
    }
}

bool SeriesPreview::handleWindowKey(const QKeyEvent& event)
{
    const bool isShifted = event.modifiers().testFlag(Qt::ShiftModifier);
    QPoint distance;
    switch (event.key()) {
    case Qt::Key_Left:
        distance.setX(-kKeyDistance);
        break;
    case Qt::Key_Right:
        distance.setX(kKeyDistance);
        break;
    case Qt::Key_Up:
        distance.setY(isShifted ? -kKeyDistance : 0);
        break;
    case Qt::Key_Down:
        distance.setY(isShifted ? kKeyDistance : 0);
        break;
    default:
        break;
    }
    if (distance.isNull()) {
        return false;
    }
    beginDrag();
    drag(distance);
    m_dragFrom.reset();
    return true;
}

bool SeriesPreview::handleKey(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Up:
        showSlice(m_index - 1);
        return true;
    case Qt::Key_Down:
        showSlice(m_index + 1);
        return true;
    case Qt::Key_PageUp:
        showSlice(m_index - kPage);
        return true;
    case Qt::Key_PageDown:
        showSlice(m_index + kPage);
        return true;
    case Qt::Key_Home:
        showSlice(0);
        return true;
    case Qt::Key_End:
        showSlice(m_slices.count() - 1);
        return true;
    case Qt::Key_R:
        setWindow(dicom::FileWindow{});
        return true;
    default:
        return false;
    }
}

void SeriesPreview::keyPressEvent(QKeyEvent* event)
{
    if (!handleWindowKey(*event) && !handleKey(*event)) {
        QWidget::keyPressEvent(event);
    }
}

bool SeriesPreview::eventFilter(QObject* watched, QEvent* event)
{
    // A slider goes up with Up; the slices go on with Down, as everywhere.
    if (watched == m_slider && event->type() == QEvent::KeyPress && handleKey(*static_cast<QKeyEvent*>(event))) {
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace radpost::ui
